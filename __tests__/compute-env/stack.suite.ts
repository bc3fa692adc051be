import {
  type SettingsChange,
  currentSettings,
  platformsSettings,
} from "../support/settings";
import { type Environment, environmentOf } from "../support/environment";
import { EXISTING_CLUSTER, EXISTING_NETWORK } from "../support/existing";
import { GRAPH_CHECKS } from "../support/graph-checks";
import { schemaProblems } from "../support/kubernetes-schema";
import { STORAGES } from "../support/compute-env";
import {
  type ResourceJson,
  type StackJson,
  onlyResource,
  resourcesOf,
} from "../support/synth";
import {
  type TerraformJson,
  manifestsOf,
} from "../../tools/operate/manifests/manifests";

const EXTERNAL_ID = "5f9c1a52-0d7e-4a83-9b61-2c4d8e7f0a13";

const environmentWith = (change: SettingsChange): Environment =>
  environmentOf(platformsSettings(change));

const ENVIRONMENTS: Readonly<Record<string, Environment>> = {
  "a file system": environmentWith({}),
  "Fusion, mirrors and a token": environmentWith({
    cluster: { autoscaler: undefined },
    registries: [{ host: "registry.example.com", secret: "mirror" }],
    computeEnv: {
      launcher: { kind: "none" },
      storage: STORAGES.fusion,
      serviceAccountToken: true,
      admissionPolicy: true,
      nodes: { minSize: 1 },
    },
  }),
  "nodes, storage and cluster of somebody else": environmentWith({
    network: EXISTING_NETWORK,
    cluster: EXISTING_CLUSTER,
    computeEnv: {
      storage: STORAGES.nfs,
      nodes: { kind: "existing", nodeSelector: { pool: "nextflow" } },
    },
  }),
  "Wave beside it": environmentOf(
    currentSettings({ computeEnv: { launcher: { externalId: EXTERNAL_ID } } }),
  ),
};

const stackOf = (name: keyof typeof ENVIRONMENTS): StackJson => {
  const stack = ENVIRONMENTS[name]?.stacks["compute-env"];
  if (stack === undefined) throw new Error(`no compute-env in ${name}`);
  return stack;
};
const efs = stackOf("a file system");
const fusion = stackOf("Fusion, mirrors and a token");
const given = stackOf("nodes, storage and cluster of somebody else");
const beside = stackOf("Wave beside it");

describe.each(Object.entries(ENVIRONMENTS))("%s", (_name, environment) => {
  test.each(Object.entries(GRAPH_CHECKS))("T-24: %s", (_sentence, check) => {
    expect(check(environment)).toEqual([]);
  });

  test("T-28: the stack comes after network, identity and workloads, and reads the first two", () => {
    const { stacks, order } = environment;
    expect([...(order["compute-env"] ?? [])].sort()).toEqual([
      "identity",
      "network",
      "workloads",
    ]);
    const read = JSON.stringify(stacks["compute-env"]).match(
      /terraform_remote_state\.[a-z-]+/g,
    );
    for (const state of new Set(read))
      expect(state).toMatch(/\.(network|identity)$/);
  });

  test("the Kubernetes API takes every object, and no Role is a ClusterRole", () => {
    const objects = manifestsOf(
      environment.stacks["compute-env"] as TerraformJson,
    ).map(({ object }) => object);
    expect(objects.length).toBeGreaterThan(10);
    expect(schemaProblems(objects).flat()).toEqual([]);
    for (const { kind } of objects) expect(kind).not.toMatch(/^Cluster/);
  });

  test("T-08, T-13: no aws-auth, no access policy, no Secret that Terraform reads", () => {
    const json = JSON.stringify(environment.stacks["compute-env"]);
    expect(json).not.toContain("aws-auth");
    expect(json).not.toContain("aws_eks_access_policy_association");
    expect(json).not.toContain("kubernetes_token");
  });
});

/** What a destroy takes in the one order and not in the other. */
const GOES_BEFORE = [
  ["aws_eks_access_entry", "launcher-entry"],
  ["kubernetes_role_binding_v1", "launcher-user-binding"],
  ["kubernetes_resource_quota_v1", "quota"],
  ["helm_release", "namespace-cleanup"],
  ["kubernetes_persistent_volume_claim_v1", "claim-tower-scratch"],
  ["kubernetes_persistent_volume_v1", "volume-tower-storage"],
] as const;

test.each(GOES_BEFORE)(
  "T-24: the order of a destroy is seen to be another one when %s.%s waits for nothing",
  (type, id) => {
    const environment = structuredClone(ENVIRONMENTS["a file system"]);
    const body = environment?.stacks["compute-env"]?.resource?.[type]?.[id];
    if (environment === undefined || body === undefined)
      throw new Error(`no ${type}.${id}`);
    body.depends_on = [];
    expect(GRAPH_CHECKS["the order of a destroy"]?.(environment)).not.toEqual(
      [],
    );
  },
);

const releaseOf = (stack: StackJson, id: string): ResourceJson | undefined =>
  resourcesOf(stack, "helm_release")[id];
const valuesOf = (release: ResourceJson | undefined): unknown =>
  JSON.parse((release?.values as string[] | undefined)?.[0] ?? "null");

test("T-24: the clean-up runs where the controllers do", () => {
  expect(valuesOf(releaseOf(efs, "namespace-cleanup"))).toMatchObject({
    image: "registry.k8s.io/kubectl:v1.36.0",
    nodeSelector: { service: "wave-system" },
  });
  expect(valuesOf(releaseOf(given, "namespace-cleanup"))).toMatchObject({
    nodeSelector: { nodegroup: "general" },
  });
});

test("T-13: a token is a chart of ours, and made only when it is asked for", () => {
  expect(releaseOf(efs, "launcher-token")).toBeUndefined();
  expect(valuesOf(releaseOf(fusion, "launcher-token"))).toEqual({
    name: "tower-launcher-token",
    serviceAccount: "tower-launcher-sa",
  });
  expect(efs.output).not.toHaveProperty("token_command");
  expect(fusion.output?.token_command?.value).toContain(
    "get secret tower-launcher-token",
  );
});

test("T-30: an admission policy stands in the namespace when it is asked for, and knows accounts and Secrets", () => {
  expect(releaseOf(efs, "pod-admission-policy")).toBeUndefined();
  expect(releaseOf(fusion, "pod-admission-policy")?.namespace).toBe("tower-nf");
  expect(valuesOf(releaseOf(fusion, "pod-admission-policy"))).toEqual({
    serviceAccounts: ["tower-launcher-sa", "tower-job-sa", "tower-cleanup"],
    closedSecrets: ["registry-logins", "tower-launcher-token"],
    privileged: false,
  });
  const names = (type: string) =>
    Object.values(resourcesOf(fusion, type)).map(
      ({ metadata }) => (metadata as { name: string }).name,
    );
  // Of all accounts the policy leaves out the default one alone, and it closes every Secret that is made here.
  expect(names("kubernetes_service_account_v1").sort()).toEqual([
    "tower-cleanup",
    "tower-job-sa",
    "tower-launcher-sa",
  ]);
  expect(new Set(names("kubernetes_secret_v1"))).toEqual(
    new Set(["registry-logins"]),
  );
});

test("T-30: with privileged FUSE the policy lets privileged pods through, and closes all else", () => {
  const { stacks } = environmentWith({
    computeEnv: { storage: STORAGES.privileged, admissionPolicy: true },
  });
  expect(
    valuesOf(releaseOf(stacks["compute-env"] ?? {}, "pod-admission-policy")),
  ).toMatchObject({ privileged: true });
});

test("T-23: the device plugin has a namespace of its own, closed, on the nodes of pipelines", () => {
  expect(
    resourcesOf(fusion, "kubernetes_namespace_v1")["fuse-namespace"],
  ).toMatchObject({
    metadata: {
      name: "tower-fuse",
      labels: { "pod-security.kubernetes.io/enforce": "privileged" },
    },
    lifecycle: { prevent_destroy: false },
  });
  expect(
    resourcesOf(fusion, "kubernetes_network_policy_v1")["fuse-network-policy"],
  ).toMatchObject({
    metadata: { namespace: "tower-fuse" },
    spec: { pod_selector: {}, policy_types: ["Ingress", "Egress"] },
  });
  expect(onlyResource(fusion, "kubernetes_daemon_set_v1")).toMatchObject({
    metadata: { namespace: "tower-fuse" },
    spec: {
      template: {
        spec: {
          image_pull_secrets: [{ name: "registry-logins" }],
          node_selector: { service: "compute" },
          toleration: [{ key: "service", effect: "NoSchedule" }],
        },
      },
    },
  });
  for (const stack of [efs, given, beside])
    expect(stack.resource).not.toHaveProperty("kubernetes_daemon_set_v1");
});

test("T-12, T-16: with Fusion both accounts have the role, and there is no volume", () => {
  const all = resourcesOf(fusion, "kubernetes_service_account_v1");
  for (const id of ["head-account", "compute-account"])
    expect(all[id]).toMatchObject({
      metadata: {
        annotations: {
          "eks.amazonaws.com/role-arn": "${aws_iam_role.fusion.arn}",
        },
      },
    });
  expect(fusion.resource).not.toHaveProperty("kubernetes_persistent_volume_v1");
});

test("mirrors that ask for a login are logged in to in both namespaces", () => {
  const namespaces = Object.values(
    resourcesOf(fusion, "kubernetes_secret_v1"),
  ).map(({ metadata }) => (metadata as { namespace: string }).namespace);
  expect(namespaces.sort()).toEqual(["tower-fuse", "tower-nf"]);
});

test("no pod is moved where an autoscaler may remove its node, and updates of a fixed group may", () => {
  for (const stack of [efs, given])
    expect(
      onlyResource(stack, "kubernetes_pod_disruption_budget_v1"),
    ).toMatchObject({
      metadata: { namespace: "tower-nf" },
      spec: { min_available: "100000" },
    });
  expect(fusion.resource).not.toHaveProperty(
    "kubernetes_pod_disruption_budget_v1",
  );
});

test("T-28: on a cluster that exists nothing of AWS is made but the launcher's role and entry", () => {
  const types = Object.keys(given.resource ?? {}).filter((type) =>
    type.startsWith("aws_"),
  );
  expect(types.sort()).toEqual([
    "aws_eks_access_entry",
    "aws_iam_role",
    "aws_iam_role_policy",
  ]);
});

test("with retain the namespace refuses the destroy of the stack", () => {
  const { lifecycle } =
    resourcesOf(efs, "kubernetes_namespace_v1")["pipelines-namespace"] ?? {};
  expect(lifecycle).toEqual({ prevent_destroy: true });
  const { stacks } = environmentWith({ retain: false });
  expect(JSON.stringify(stacks)).not.toContain('"prevent_destroy":true');
});

test("T-28: Wave's address is an output where Wave runs, and nowhere else", () => {
  expect(beside.output?.wave_url?.value).toMatch(/^https:\/\/wave\./);
  for (const stack of [efs, fusion, given])
    expect(stack.output).not.toHaveProperty("wave_url");
});
