import {
  createComputeNodes,
  nodeSelectorOf,
  tolerationsOf,
} from "../../modules/compute-env/nodes";
import { NETWORK } from "../support/compute-env";
import { type SettingsChange, platformsSettings } from "../support/settings";
import {
  type StackJson,
  onlyResource,
  resourcesOf,
  synthOne,
} from "../support/synth";

const stackOf = (change: SettingsChange = {}): StackJson =>
  synthOne((stack) => {
    createComputeNodes(stack, {
      settings: platformsSettings(change),
      network: NETWORK,
    });
  });
const stack = stackOf();
const group = onlyResource(stack, "aws_eks_node_group");
const fixed: SettingsChange = {
  cluster: { autoscaler: undefined },
  computeEnv: { nodes: { minSize: 1, desiredSize: 3, maxSize: 6 } },
};

test("T-18: a node group with label and taint of its own, named after the environment", () => {
  expect(group).toMatchObject({
    cluster_name: NETWORK.clusterName,
    node_group_name_prefix: "pipelines-prod-compute-",
    labels: { service: "compute" },
    taint: [{ key: "service", value: "compute", effect: "NO_SCHEDULE" }],
    capacity_type: "ON_DEMAND",
    instance_types: ["m6a.2xlarge", "m5a.2xlarge", "m6i.2xlarge"],
    subnet_ids: ["subnet-a", "subnet-b", "subnet-c"],
    version: "1.35",
  });
});

test("T-18: spot capacity, where the settings say so", () => {
  expect(
    onlyResource(
      stackOf({ computeEnv: { nodes: { capacityType: "SPOT" } } }),
      "aws_eks_node_group",
    ).capacity_type,
  ).toBe("SPOT");
});

test("T-18: pods choose the nodes by what the nodes have", () => {
  const settings = platformsSettings();
  const [taint] = group.taint as { key: string; value: string }[];
  expect(nodeSelectorOf(settings)).toEqual(group.labels);
  expect(tolerationsOf(settings)).toEqual([
    {
      key: taint?.key,
      operator: "Equal",
      value: taint?.value,
      effect: "NoSchedule",
    },
  ]);
});

test("T-18: nodes that exist: nothing is made, selector and tolerations are those of the settings", () => {
  const nodeSelector = { pool: "nextflow" };
  const tolerations = [
    { key: "nextflow", operator: "Exists", effect: "NoSchedule" },
  ] as const;
  const change: SettingsChange = {
    computeEnv: {
      nodes: { kind: "existing", nodeSelector, tolerations: [...tolerations] },
    },
  };
  const settings = platformsSettings(change);
  expect(stackOf(change)).not.toHaveProperty("resource");
  expect(nodeSelectorOf(settings)).toEqual(nodeSelector);
  expect(tolerationsOf(settings)).toEqual(tolerations);
});

test("T-18: the autoscaler starts the nodes from none, and finds the group by our tag", () => {
  expect(group.scaling_config).toEqual({
    min_size: 0,
    desired_size: 0,
    max_size: 6,
  });
  expect(group.lifecycle).toMatchObject({
    ignore_changes: ["scaling_config[0].desired_size"],
  });
  expect(onlyResource(stack, "aws_autoscaling_group_tag").tag).toMatchObject({
    key: "wave-on-eks/autoscaled-by",
    value: NETWORK.clusterName,
  });
});

test("T-18: of a group without nodes the autoscaler knows what the device plugin will add", () => {
  const tagsOf = (change: Parameters<typeof stackOf>[0]) =>
    Object.values(
      resourcesOf(stackOf(change), "aws_autoscaling_group_tag"),
    ).map(({ tag }) => tag);
  const known = {
    key: "k8s.io/cluster-autoscaler/node-template/resources/nextflow.io/fuse",
    value: "5000",
  };
  expect(tagsOf({ computeEnv: { storage: { kind: "fusion" } } })).toMatchObject(
    [{ key: "wave-on-eks/autoscaled-by" }, known],
  );
  const privileged = { kind: "fusion", fuse: "privileged" } as const;
  expect(tagsOf({ computeEnv: { storage: privileged } })).toHaveLength(1);
});

test("T-18: without it Terraform owns the number", () => {
  const alone = stackOf(fixed);
  expect(onlyResource(alone, "aws_eks_node_group").scaling_config).toEqual({
    min_size: 1,
    desired_size: 3,
    max_size: 6,
  });
  expect(alone.resource).not.toHaveProperty("aws_autoscaling_group_tag");
});

test("T-18: the nodes' role is their own, and they wait for its permissions and for their group's rules", () => {
  const role = onlyResource(stack, "aws_iam_role");
  expect(role.name).toBe("pipelines-prod-euc1-compute-node");
  expect(group.node_role_arn).toBe("${aws_iam_role.node-role.arn}");
  const needed = [
    "aws_iam_role_policy_attachment",
    "aws_vpc_security_group_ingress_rule",
    "aws_vpc_security_group_egress_rule",
  ].flatMap((type) =>
    Object.keys(resourcesOf(stack, type)).map((id) => `${type}.${id}`),
  );
  expect(group.depends_on).toEqual(expect.arrayContaining(needed));
});

/** What the nodes reach: `<range or group> <ports>`. */
const reached = (change: SettingsChange): string[] =>
  Object.values(
    resourcesOf(stackOf(change), "aws_vpc_security_group_egress_rule"),
  )
    .filter(({ ip_protocol }) => ip_protocol === "tcp")
    .map(
      ({ cidr_ipv4, referenced_security_group_id, from_port, to_port }) =>
        `${String(cidr_ipv4 ?? referenced_security_group_id)} ${String(from_port)}-${String(to_port)}`,
    )
    .sort();
const stored = (
  storage: NonNullable<SettingsChange["computeEnv"]>["storage"],
) => reached({ computeEnv: { storage } });
const usual = ["0.0.0.0/0 443-443", "0.0.0.0/0 80-80", "sg-cluster 53-53"];

test("T-18: nodes have their own group only; the control plane reaches the kubelet, they reach API, DNS, files and the web", () => {
  const [template] = Object.values(resourcesOf(stack, "aws_launch_template"));
  expect(template?.vpc_security_group_ids).toEqual([
    "${aws_security_group.node-access.id}",
  ]);
  const admitted = Object.values(
    resourcesOf(stack, "aws_vpc_security_group_ingress_rule"),
  ).map(
    ({ security_group_id, referenced_security_group_id, from_port }) =>
      `${String(security_group_id)} from ${String(referenced_security_group_id)} ${String(from_port)}`,
  );
  const nodes = "${aws_security_group.node-access.id}";
  expect([...new Set(admitted)].sort()).toEqual(
    [
      `${nodes} from sg-cluster 10250`,
      `sg-cluster from ${nodes} 443`,
      `sg-cluster from ${nodes} 53`,
    ].sort(),
  );
  expect(reached({})).toEqual(
    [
      ...usual,
      ...["10.40.0.0/19", "10.40.32.0/19", "10.40.64.0/19"].map(
        (range) => `${range} 2049-2049`,
      ),
    ].sort(),
  );
});

test("T-26: nodes reach the storage that is given: a server, servers with a name in private networks, any port for a claim", () => {
  const nfs = { kind: "nfs", path: "/export" } as const;
  expect(stored({ ...nfs, server: "10.9.3.4" })).toEqual(
    [...usual, "10.9.3.4/32 2049-2049"].sort(),
  );
  expect(stored({ ...nfs, server: "nfs.example.com" })).toEqual(
    [
      ...usual,
      "10.0.0.0/8 2049-2049",
      "10.40.0.0/16 2049-2049",
      "100.64.0.0/10 2049-2049",
      "172.16.0.0/12 2049-2049",
      "192.168.0.0/16 2049-2049",
    ].sort(),
  );
  expect(stored({ kind: "claim", claimName: "lustre" })).toEqual(
    [...usual, "10.40.0.0/16 1-65535"].sort(),
  );
  expect(stored({ kind: "fusion" })).toEqual(usual);
});

test("T-18: ports of the settings, of registries and of images are open to nodes", () => {
  expect(
    reached({
      registries: [{ host: "registry.example.com:5000", secret: "login" }],
      computeEnv: {
        storage: { kind: "fusion" },
        egress: { ports: [443, 8443] },
        images: { cleanup: "mirror.example.com:5001/kubectl:v1.36.0" },
      },
    }),
  ).toEqual(
    [
      ...usual,
      "0.0.0.0/0 8443-8443",
      "0.0.0.0/0 5000-5000",
      "0.0.0.0/0 5001-5001",
    ].sort(),
  );
});
