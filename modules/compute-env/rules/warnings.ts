import { autoscalerOf } from "../../core/cluster/autoscaled-groups";
import { keysWarning } from "../../core/rules/node-groups";
import { sizeOf } from "../../lib/instance-type";
import { type Warning } from "../../settings/rule";
import { hasFusePlugin } from "../facts";
import { type ComputeEnvSettings } from "../settings/schema";

type ComputeEnvWarning = Warning<ComputeEnvSettings>;

const say = (applies: boolean, sentence: string): string[] =>
  applies ? [sentence] : [];

/** Whether Seqera Cloud is what launches. */
export const isSeqeraCloud = ({
  computeEnv: { launcher },
}: ComputeEnvSettings): boolean =>
  launcher.kind === "role" && launcher.trust === "seqera-cloud";

const wayOfPlatform: ComputeEnvWarning = (settings) => {
  const { cluster, computeEnv, network } = settings;
  const isCloud = isSeqeraCloud(settings);
  return [
    ...say(
      isCloud && cluster.kind === "created" && !cluster.endpoint.public,
      "Seqera Cloud does not reach the Kubernetes API: cluster.endpoint.public is false. Open it to the addresses that https://meta.seqera.io lists, or use a Platform of your own in a network that is joined to the VPC.",
    ),
    ...say(
      isCloud && !network.internet,
      "network.internet is false: head pods report to Seqera Cloud, and load plugins of Nextflow from the internet, for which nothing here makes a way.",
    ),
    ...say(
      isCloud && network.internet && !computeEnv.egress.ports.includes(443),
      "computeEnv.egress.ports is without 443: head pods do not reach Seqera Cloud.",
    ),
    ...say(
      computeEnv.launcher.kind === "none" && !computeEnv.serviceAccountToken,
      "computeEnv.launcher is none and there is no token: Platform has no way in until you give it a client certificate, or set computeEnv.serviceAccountToken.",
    ),
  ];
};

const nodesOfTasks: ComputeEnvWarning = (settings) => {
  const { cluster, computeEnv } = settings;
  const { nodes } = computeEnv;
  const isScaled = autoscalerOf(settings) !== undefined;
  if (nodes.kind === "existing")
    return say(
      Object.keys(nodes.nodeSelector).length === 0,
      "computeEnv.nodes.nodeSelector is empty: tasks take the room of everything else on untainted nodes, Wave and controllers included.",
    );
  const sizes = nodes.instanceTypes.map((type) => JSON.stringify(sizeOf(type)));
  return [
    ...say(
      !isScaled,
      `computeEnv.nodes: ${nodes.desiredSize ?? nodes.minSize} × ${nodes.instanceTypes[0] ?? ""} run and cost while nothing is launched, and no others are started: ${cluster.kind === "created" ? "cluster.autoscaler starts and removes them" : "with an autoscaler of the cluster use nodes.kind: existing"}.`,
    ),
    ...say(
      isScaled && new Set(sizes).size > 1,
      "computeEnv.nodes.instanceTypes differ in size: the autoscaler counts with the first, and starts nodes that a task may not fit on.",
    ),
    ...say(
      nodes.capacityType === "SPOT",
      `computeEnv.nodes.capacityType is SPOT: tasks and head pods are lost when AWS takes a node back${nodes.instanceTypes.length === 1 ? ", more often with one instance type" : ""}; pipelines need retries, and a lost head pod is launched again with resume.`,
    ),
    ...say(
      hasFusePlugin(settings) && nodes.amiType.startsWith("BOTTLEROCKET"),
      "computeEnv.storage.fuse: the device plugin was not run on Bottlerocket.",
    ),
    ...keysWarning(
      nodes.volumeKmsKeyArn === undefined
        ? []
        : ["computeEnv.nodes.volumeKmsKeyArn"],
    ),
  ];
};

const isolation: ComputeEnvWarning = ({ cluster, computeEnv }) => [
  ...say(
    computeEnv.storage.kind === "fusion" &&
      computeEnv.storage.fuse === "privileged",
    "computeEnv.storage.fuse is privileged: whoever may launch is root on the node, with every credential on it. devicePlugin needs Nextflow 23.10 or later, and no privileges.",
  ),
  ...say(
    cluster.kind === "existing" && cluster.networkPolicies === "notEnforced",
    "cluster.networkPolicies is notEnforced: tasks reach the VPC, instance metadata and every pod, whatever computeEnv.egress says.",
  ),
];

export const computeEnvWarnings = [wayOfPlatform, nodesOfTasks, isolation];
