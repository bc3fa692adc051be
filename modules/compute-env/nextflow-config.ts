import { nodeSelectorOf, tolerationsOf } from "./nodes";
import { type ComputeEnvSettings } from "./settings/schema";

/** What neither the autoscaler of this project nor Karpenter takes away while a task runs. */
const UNMOVED = {
  "cluster-autoscaler.kubernetes.io/safe-to-evict": "false",
  "karpenter.sh/do-not-disrupt": "true",
};

/**
 * Nextflow's configuration for the nodes and the storage (https://docs.seqera.io/nextflow/reference/process#pod). The options
 * stand in `k8s.pod`, which is merged with those of a process: a process that has its own replaces `process.pod`, and would
 * lose nodes and all.
 */
export function nextflowConfig(settings: ComputeEnvSettings): string {
  const { storage } = settings.computeEnv;
  const pod = [
    ...selectorOf(nodeSelectorOf(settings)),
    ...tolerationsOf(settings).map(
      ({ key, operator, value, effect }) =>
        `toleration: ${groovyMap({ key, operator, value, effect })}`,
    ),
    "automountServiceAccountToken: false",
    ...Object.entries(UNMOVED).map(
      ([key, value]) => `annotation: '${key}', value: '${value}'`,
    ),
  ];
  const lines = [
    "k8s {",
    "  computeResourceType = 'Job'",
    "  cpuLimits = false",
    "  pod = [",
    ...pod.map((option) => `    [${option}],`),
    "  ]",
    "}",
  ];
  if (storage.kind === "fusion") lines.push("fusion.enabled = true");
  if (storage.kind === "fusion" && storage.fuse === "devicePlugin")
    lines.push("fusion.privileged = false");
  return `${lines.join("\n")}\n`;
}

/** As Nextflow documents it; but it takes a label without a value for `true`, unless it is in a map. */
function selectorOf(labels: Readonly<Record<string, string>>): string[] {
  const pairs = Object.entries(labels);
  if (pairs.length === 0) return [];
  return pairs.every(([, value]) => value !== "")
    ? [
        `nodeSelector: '${pairs.map(([key, value]) => `${key}=${value}`).join(",")}'`,
      ]
    : [`nodeSelector: ${groovyMap(labels)}`];
}

const groovyMap = (map: Readonly<Record<string, string | undefined>>): string =>
  `[${Object.entries(map)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${groovyKey(key)}: '${value}'`)
    .join(", ")}]`;

const groovyKey = (key: string): string =>
  /^[a-z]+$/i.test(key) ? key : `'${key}'`;
