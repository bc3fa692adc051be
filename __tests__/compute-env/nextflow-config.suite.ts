import { nextflowConfig } from "../../modules/compute-env/nextflow-config";
import { STORAGES, withComputeEnv } from "../support/compute-env";
import { type SettingsChange } from "../support/settings";

const configOf = (computeEnv: SettingsChange["computeEnv"]) =>
  nextflowConfig(withComputeEnv(computeEnv)).split("\n");

const BEFORE = [
  "k8s {",
  "  computeResourceType = 'Job'",
  "  cpuLimits = false",
  "  pod = [",
];
const ALWAYS = [
  "    [automountServiceAccountToken: false],",
  "    [annotation: 'cluster-autoscaler.kubernetes.io/safe-to-evict', value: 'false'],",
  "    [annotation: 'karpenter.sh/do-not-disrupt', value: 'true'],",
  "  ]",
  "}",
];

const NODES: Readonly<
  Record<
    string,
    { nodes: NonNullable<SettingsChange["computeEnv"]>["nodes"]; pod: string[] }
  >
> = {
  "a node group": {
    nodes: { minSize: 1 },
    pod: [
      "    [nodeSelector: 'service=compute'],",
      "    [toleration: [key: 'service', operator: 'Equal', value: 'compute', effect: 'NoSchedule']],",
    ],
  },
  "any node": { nodes: { kind: "existing" }, pod: [] },
  "nodes with two labels and two taints": {
    nodes: {
      kind: "existing",
      nodeSelector: { pool: "nextflow", "karpenter.sh/nodepool": "big" },
      tolerations: [
        { key: "nextflow", operator: "Exists", effect: "NoSchedule" },
        { operator: "Exists" },
      ],
    },
    pod: [
      "    [nodeSelector: 'pool=nextflow,karpenter.sh/nodepool=big'],",
      "    [toleration: [key: 'nextflow', operator: 'Exists', effect: 'NoSchedule']],",
      "    [toleration: [operator: 'Exists']],",
    ],
  },
  // In a text Nextflow would read a label without a value as `true`.
  "nodes with a label without a value": {
    nodes: {
      kind: "existing",
      nodeSelector: { "example.com/tasks": "", pool: "nextflow" },
    },
    pod: ["    [nodeSelector: ['example.com/tasks': '', pool: 'nextflow']],"],
  },
};

const FUSION: Readonly<Record<keyof typeof STORAGES, string[]>> = {
  efs: [],
  nfs: [],
  claim: [],
  fusion: ["fusion.enabled = true", "fusion.privileged = false"],
  privileged: ["fusion.enabled = true"],
};

const cases = Object.keys(NODES).flatMap((nodes) =>
  (Object.keys(STORAGES) as (keyof typeof STORAGES)[]).map(
    (storage) => [storage, nodes] as const,
  ),
);

test.each(cases)(
  "T-21: Nextflow's configuration with storage %s on %s",
  (storage, nodes) => {
    expect(
      configOf({ storage: STORAGES[storage], nodes: NODES[nodes]?.nodes }),
    ).toEqual([
      ...BEFORE,
      ...(NODES[nodes]?.pod ?? ["no such nodes"]),
      ...ALWAYS,
      ...FUSION[storage],
      "",
    ]);
  },
);
