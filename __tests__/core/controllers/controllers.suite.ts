import { parse } from "yaml";
import { chartImage } from "../../../modules/kubernetes/helm-release";
import { type SettingsChange } from "../../support/settings";
import { resourcesOf } from "../../support/synth";
import { workloadsJson } from "../../support/workloads";

type Values = Record<string, unknown>;

function releases(change: SettingsChange = {}) {
  const found = resourcesOf(workloadsJson(change), "helm_release");
  const valuesOf = (id: string): Values =>
    parse((found[id]?.values as string[])[0] ?? "") as Values;
  return { found, valuesOf };
}

const example = releases();
const efs = example.valuesOf("efs-csi-driver");
const balancer = example.valuesOf("load-balancer-controller");
const role = (name: string) =>
  `\${data.terraform_remote_state.identity.outputs.${name}_role_arn}`;

test("INF-06, INF-07: both charts, pinned, in kube-system", () => {
  expect(example.found["efs-csi-driver"]).toMatchObject({
    name: "aws-efs-csi-driver",
    chart: "aws-efs-csi-driver",
    version: "4.4.1",
    repository: "https://kubernetes-sigs.github.io/aws-efs-csi-driver",
    namespace: "kube-system",
    create_namespace: false,
  });
  expect(example.found["load-balancer-controller"]).toMatchObject({
    name: "aws-load-balancer-controller",
    chart: "aws-load-balancer-controller",
    version: "3.5.0",
    repository: "https://aws.github.io/eks-charts",
    namespace: "kube-system",
    create_namespace: false,
  });
});

test("the releases wait until their pods answer", () => {
  for (const id of ["efs-csi-driver", "load-balancer-controller"])
    expect(example.found[id]).toMatchObject({ wait: true, timeout: 600 });
});

test("cluster, region and VPC are said, because pods cannot ask the metadata", () => {
  expect(balancer).toMatchObject({
    clusterName: "${data.terraform_remote_state.network.outputs.cluster_name}",
    region: "eu-central-1",
    vpcId: "${data.terraform_remote_state.network.outputs.vpc_id}",
  });
});

test("the controller's account is the one its role trusts", () => {
  expect(balancer.serviceAccount).toEqual({
    create: true,
    name: "aws-load-balancer-controller",
    annotations: {
      "eks.amazonaws.com/role-arn": role("load_balancer_controller"),
    },
  });
});

test("two replicas that are not evicted together", () => {
  expect(balancer).toMatchObject({
    replicaCount: 2,
    podDisruptionBudget: { maxUnavailable: 1 },
  });
});

test("Shield and WAF are off; WAF v2 is on with an ACL", () => {
  expect(balancer).toMatchObject({
    enableShield: false,
    enableWaf: false,
    enableWafv2: false,
  });
  const withAcl = releases({
    wave: {
      ingress: {
        wafAclArn:
          "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/wave/1",
      },
    },
  });
  expect(withAcl.valuesOf("load-balancer-controller").enableWafv2).toBe(true);
});

test("no webhook on Services, and one certificate authority for good", () => {
  expect(balancer).toMatchObject({
    enableServiceMutatorWebhook: false,
    keepTLSSecret: true,
  });
});

test("the default target type stays; the Ingress says ip itself", () => {
  expect(balancer).not.toHaveProperty("defaultTargetType");
});

test("what the controller makes carries our tags", () => {
  expect(balancer.defaultTags).toMatchObject({ environment: "prod" });
});

test("the driver's two accounts have a role each", () => {
  expect(efs.controller).toMatchObject({
    serviceAccount: {
      create: true,
      name: "efs-csi-controller-sa",
      annotations: { "eks.amazonaws.com/role-arn": role("efs_csi_controller") },
    },
  });
  expect(efs.node).toMatchObject({
    serviceAccount: {
      create: true,
      name: "efs-csi-node-sa",
      annotations: { "eks.amazonaws.com/role-arn": role("efs_csi_node") },
    },
  });
});

test("nothing turns encryption in transit off", () => {
  expect(JSON.stringify(efs)).not.toMatch(/encryptInTransit/i);
});

test("deleting an access point never deletes files", () => {
  expect(efs.controller).toMatchObject({ deleteAccessPointRootDir: false });
});

test("the node agent has a memory limit that many mounts fit in", () => {
  expect(efs.node).toMatchObject({ resources: { limits: { memory: "1Gi" } } });
});

test("controllers run on the system nodes, the node agent everywhere", () => {
  const system = { service: "wave-system" };
  expect(balancer.nodeSelector).toEqual(system);
  expect(efs.controller).toMatchObject({ nodeSelector: system });
  expect(efs.node).not.toHaveProperty("nodeSelector");
});

test("charts and all their images can come from a mirror", () => {
  const image = (name: string) => `registry.example.com:5000/${name}:1.2.3`;
  const { found, valuesOf } = releases({
    charts: {
      efsCsiDriver: {
        repository: "oci://registry.example.com/charts",
        image: image("efs"),
        livenessProbeImage: image("probe"),
        nodeDriverRegistrarImage: image("registrar"),
        provisionerImage: image("provisioner"),
      },
      loadBalancerController: { image: image("alb") },
    },
  });
  const parts = (name: string) => ({
    repository: `registry.example.com:5000/${name}`,
    tag: "1.2.3",
  });
  expect(found["efs-csi-driver"]?.repository).toBe(
    "oci://registry.example.com/charts",
  );
  expect(valuesOf("efs-csi-driver")).toMatchObject({
    image: parts("efs"),
    sidecars: {
      livenessProbe: { image: parts("probe") },
      nodeDriverRegistrar: { image: parts("registrar") },
      csiProvisioner: { image: parts("provisioner") },
    },
  });
  expect(valuesOf("load-balancer-controller").image).toEqual(parts("alb"));
});

const digest = `sha256:${"a".repeat(64)}`;
test.each([
  [undefined, {}],
  ["example.com:5000/a/b", { repository: "example.com:5000/a/b" }],
  ["example.com/a:1", { repository: "example.com/a", tag: "1" }],
  [
    `example.com/a:1@${digest}`,
    { repository: "example.com/a:1@sha256", tag: "a".repeat(64) },
  ],
])(
  "chartImage(%s): the chart joins both parts with a colon again",
  (image, parts) => {
    expect(chartImage(image)).toEqual(parts);
  },
);
