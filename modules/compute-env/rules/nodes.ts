import { autoscalerOf } from "../../core/cluster/autoscaled-groups";
import { SERVICE_LABELS } from "../../core/cluster/node-labels";
import { arnRule } from "../../core/rules/arns";
import { releaseProblems } from "../../core/rules/versions";
import { groupProblems } from "../../core/rules/node-groups";
import { kebab } from "../../lib/names";
import { sizeOf } from "../../lib/instance-type";
import { mebibytes, millicores } from "../../lib/quantity";
import { eachOnce, type Rule, when } from "../../settings/rule";
import { COMPUTE_GROUP } from "../names";
import { type ComputeEnvSettings } from "../settings/schema";

type ComputeEnvRule = Rule<ComputeEnvSettings>;

const PATH = "computeEnv.nodes";

/** What every group of nodes has to keep. */
const soundGroup: ComputeEnvRule = (settings) => {
  const { nodes } = settings.computeEnv;
  if (nodes.kind === "existing") return [];
  const isScaled = autoscalerOf(settings) !== undefined;
  return [
    ...groupProblems(PATH, nodes, isScaled),
    ...releaseProblems(PATH, nodes, settings.cluster.version),
    ...eachOnce(`${PATH}.instanceTypes`, nodes.instanceTypes),
    ...when(nodes.minSize === 0 && !isScaled, () => ({
      path: `${PATH}.minSize`,
      given: "0, without an autoscaler of ours",
      ...(settings.cluster.kind === "created"
        ? {
            allowed: "1 or more; 0 with cluster.autoscaler, which starts nodes",
            fix: "write 1 or more, or add cluster.autoscaler: {}",
          }
        : {
            allowed:
              "at least 1: on a cluster that exists nothing of ours starts nodes",
            fix: "write 1 or more, or nodes that the owner of the cluster scales: kind: existing",
          }),
    })),
  ];
};

/** Launch templates have a name once in a region; groups of the cluster are named in the same way. */
const nameIsTaken: ComputeEnvRule = ({ cluster, computeEnv }) =>
  computeEnv.nodes.kind === "existing"
    ? []
    : Object.keys(cluster.nodeGroups)
        .filter((name) => kebab(name) === COMPUTE_GROUP)
        .map((name) => ({
          path: `cluster.nodeGroups.${name}`,
          given: `the name "${name}", which the group of computeEnv.nodes has`,
          allowed: "any other name",
          fix: "choose another name for this group, such as batch",
        }));

const volumeKey = arnRule<ComputeEnvSettings>(
  ({ computeEnv: { nodes }, region }) => ({
    path: `${PATH}.volumeKmsKeyArn`,
    arn: nodes.kind === "existing" ? undefined : nodes.volumeKmsKeyArn,
    region,
  }),
);

/** Kubernetes refuses a pod with a toleration of another shape: every task would fail. */
const tolerationShapes: ComputeEnvRule = ({ computeEnv: { nodes } }) =>
  nodes.kind === "nodeGroup"
    ? []
    : [
        ...nodes.tolerations.flatMap(({ key, operator, value }, index) => [
          ...when(operator === "Exists" && value !== undefined, () => ({
            path: `${PATH}.tolerations[${index}].value`,
            given: `"${value ?? ""}", with operator Exists`,
            allowed: "no value: Exists is for every value",
            fix: "remove it, or write operator: Equal",
          })),
          ...when(operator === "Equal" && key === undefined, () => ({
            path: `${PATH}.tolerations[${index}]`,
            given: "operator Equal without a key",
            allowed: "a key; only Exists may stand without, for every taint",
            fix: "add the key of the taint, or write operator: Exists",
          })),
        ]),
        ...eachOnce(
          `${PATH}.tolerations`,
          nodes.tolerations.map((toleration) => JSON.stringify(toleration)),
        ),
      ];

/** Tasks would take the room of Wave, its builds and the controllers, which have no others. */
const otherNodes: ComputeEnvRule = ({ computeEnv: { nodes } }) => {
  if (nodes.kind === "nodeGroup") return [];
  const service = nodes.nodeSelector.service ?? "";
  return when(Object.values<string>(SERVICE_LABELS).includes(service), () => ({
    path: `${PATH}.nodeSelector.service`,
    given: `"${service}", nodes of Wave or of the controllers`,
    allowed: "nodes for pipelines",
    fix: "choose other nodes, or kind: nodeGroup",
  }));
};

/** A head pod runs as long as its tasks do: less than two pods is none. */
const quotaHoldsRun: ComputeEnvRule = ({ computeEnv: { quota, defaults } }) => {
  const short = (
    key: "cpu" | "memory" | "pods",
    given: string,
    least: string,
    isShort: boolean,
  ) =>
    when(isShort, () => ({
      path: `computeEnv.quota.${key}`,
      given,
      allowed: `${least} or more: a head pod and one task with computeEnv.defaults, at the same time`,
      fix: "raise it, or lower computeEnv.defaults",
    }));
  const cpu = 2 * millicores(defaults.cpu);
  const memory = 2 * mebibytes(defaults.memory);
  return [
    ...short("cpu", `"${quota.cpu}"`, `${cpu}m`, millicores(quota.cpu) < cpu),
    ...short(
      "memory",
      `"${quota.memory}"`,
      `${memory}Mi`,
      mebibytes(quota.memory) < memory,
    ),
    ...when(quota.pods < 2, () => ({
      path: "computeEnv.quota.pods",
      given: String(quota.pods),
      allowed: "2 or more: a head pod and one task at the same time",
      fix: "raise it",
    })),
  ];
};

/** Nobody starts a node that is large enough. */
const defaultsFitNode: ComputeEnvRule = ({ computeEnv }) => {
  const { defaults, nodes } = computeEnv;
  if (nodes.kind === "existing") return [];
  return nodes.instanceTypes.flatMap((type, index) => {
    const size = sizeOf(type);
    return when(
      size !== undefined &&
        (millicores(defaults.cpu) >= size.cpus * 1000 ||
          mebibytes(defaults.memory) >= size.memoryMi),
      () => ({
        path: `${PATH}.instanceTypes[${index}]`,
        given: `"${type}": ${size?.cpus ?? 0} CPUs, ${size?.memoryMi ?? 0}Mi`,
        allowed: `more than computeEnv.defaults asks for: cpu ${defaults.cpu}, memory ${defaults.memory}`,
        fix: "choose a larger type, or lower computeEnv.defaults: Kubernetes takes some of a node for itself",
      }),
    );
  });
};

export const nodeRules = [
  soundGroup,
  nameIsTaken,
  volumeKey,
  tolerationShapes,
  otherNodes,
  quotaHoldsRun,
  defaultsFitNode,
];
