import { controllersOf } from "../../core/controllers/given";
import { type Problem } from "../../lib/problem";
import { type Rule, type Warning, when } from "../../settings/rule";
import { type BuildNodes } from "../objects/nodes";
import { serverMemory } from "../release/line-defaults";
import { hasBuilds, isCurrent } from "../release/line";
import { type WaveSettings } from "../settings/schema";

/** Node selectors of builds, and the architecture that Wave builds there. */
const ARCHITECTURES = { build: "amd64", buildArm64: "arm64" } as const;

/** Labels of given nodes for builds; undefined where builds have a group of ours, or there are none. */
function givenLabels(
  settings: WaveSettings,
  group: BuildNodes,
): Readonly<Record<string, string>> | undefined {
  const { cluster } = settings;
  return cluster.kind === "existing" && hasBuilds(settings)
    ? cluster.nodeSelectors[group]
    : undefined;
}

/** Wave's configuration writes a node selector as `key=value`: it refuses two labels, and one without a value. */
const oneLabel =
  (group: BuildNodes): Rule<WaveSettings> =>
  (settings) => {
    const labels = givenLabels(settings, group);
    if (labels === undefined) return [];
    const entries = Object.entries(labels);
    const isOne = entries.length === 1 && entries.every(([, value]) => value);
    return when(!isOne, () => ({
      path: `cluster.nodeSelectors.${group}`,
      given: shown(labels),
      allowed: "one label with a value: Wave takes no more for its builds",
      fix: "write one label that all nodes for builds have and no other nodes, such as {nodegroup: builders}; its nodes can be given a further one",
    }));
  };

/** A group of ours has a label of its own, and builds go there. */
const oneKindOfNodes =
  (group: BuildNodes): Rule<WaveSettings> =>
  (settings) =>
    when(
      givenLabels(settings, group) !== undefined &&
        settings.cluster.nodeGroups[group] !== undefined,
      (): Problem => ({
        path: `cluster.nodeSelectors.${group}`,
        given: `${shown(givenLabels(settings, group) ?? {})}, beside cluster.nodeGroups.${group}`,
        allowed: "one of the two",
        fix: "remove the one that builds shall not run on",
      }),
    );

/** Builds are made for the architecture of this key, whatever the nodes are. */
const ofArchitecture =
  (group: BuildNodes): Rule<WaveSettings> =>
  (settings) => {
    const given = givenLabels(settings, group)?.["kubernetes.io/arch"];
    const architecture = ARCHITECTURES[group];
    return when(given !== undefined && given !== architecture, () => ({
      path: `cluster.nodeSelectors.${group}`,
      given: `kubernetes.io/arch: ${given ?? ""}`,
      allowed: `nodes of ${architecture}`,
      fix: `write a label of nodes for linux/${architecture}, such as kubernetes.io/arch: ${architecture}`,
    }));
  };

/** One label sends builds of both to the same nodes, and half of them cannot run there. */
const architecturesApart: Rule<WaveSettings> = (settings) => {
  const [amd64, arm64] = (["build", "buildArm64"] as const).map((group) => {
    const labels = givenLabels(settings, group);
    return labels && shown(labels);
  });
  return when(arm64 !== undefined && arm64 === amd64, () => ({
    path: "cluster.nodeSelectors.buildArm64",
    given: `${arm64 ?? ""}, the same as cluster.nodeSelectors.build`,
    allowed: "a label that nodes of arm64 alone have",
    fix: "write another one, such as {kubernetes.io/arch: arm64}",
  }));
};

const shown = (labels: Readonly<Record<string, string>>): string => {
  const entries = Object.entries(labels);
  return entries.length === 0
    ? "{}"
    : entries.map(([key, value]) => `${key}: "${value}"`).join(", ");
};

/** An autoscaler without numbers stays at its least. */
const autoscalingNeedsMetrics: Rule<WaveSettings> = (settings) =>
  when(
    settings.wave.autoscaling !== undefined &&
      controllersOf(settings).metricsServer === "none",
    () => ({
      path: "cluster.controllers.metricsServer",
      given: "none, with wave.autoscaling",
      allowed: "ours or existing: the autoscaler of Wave's pods asks it",
      fix: "write ours, or existing where the cluster has one; or remove wave.autoscaling and write wave.replicas",
    }),
  );

/** The security group of build nodes is ours with a group of ours only. */
const unenforcedPolicies: Warning<WaveSettings> = (settings) => {
  const { cluster } = settings;
  if (cluster.kind !== "existing" || cluster.networkPolicies === "enforced")
    return [];
  const reached = "the Kubernetes API, other pods and the credentials of nodes";
  const builds = !hasBuilds(settings)
    ? ""
    : cluster.nodeGroups.build === undefined
      ? ` Builds run what users write, and would reach Redis, the database, ${reached}: nodes for builds that are given have no security group of ours.`
      : ` Builds run what users write, and would reach ${reached}; from Redis and the database the security group of cluster.nodeGroups.build keeps them.`;
  return [
    `cluster.networkPolicies is notEnforced: every pod of the cluster reaches Wave on its plain port, and Wave's pods reach everything.${builds} Have the CNI enforce network policies, as the VPC CNI of EKS does with enableNetworkPolicy.`,
  ];
};

/** Builds take the room of Wave, and are one escape away from it. */
const sharedNodes: Warning<WaveSettings> = (settings) => {
  const { cluster } = settings;
  const labels = Object.entries(givenLabels(settings, "build") ?? {});
  if (cluster.kind !== "existing" || labels.length === 0) return [];
  const { system } = cluster.nodeSelectors;
  return cluster.nodeGroups.system === undefined &&
    labels.every(([key, value]) => system[key] === value)
    ? [
        "cluster.nodeSelectors.build chooses the nodes of cluster.nodeSelectors.system too: builds, which run what users write, stand beside Wave and take its room. Give nodes for builds a label of their own, or add cluster.nodeGroups.build.",
      ]
    : [];
};

/** Rules of capacity know groups of ours only. */
const unknownNodes: Warning<WaveSettings> = (settings) => {
  const { cluster, wave } = settings;
  if (cluster.kind !== "existing") return [];
  const server = `each pod of Wave asks for ${serverMemory(settings)} and ${wave.cpuRequest} CPU`;
  const parts = [
    ...(cluster.nodeGroups.system === undefined ? [server] : []),
    ...(hasBuilds(settings) && cluster.nodeGroups.build === undefined
      ? [
          `each build for ${wave.build.requestMemory}${isCurrent(settings) ? `, up to ${wave.build.maxRunningJobs} at a time` : ""}`,
        ]
      : []),
  ];
  return parts.length === 0
    ? []
    : [
        `The size of given nodes is not known here (cluster.nodeSelectors): ${parts.join(", ")}. Pods that find no room stay Pending, and the deploy fails after ten minutes.`,
      ];
};

export const existingClusterRules = [
  oneLabel("build"),
  oneLabel("buildArm64"),
  oneKindOfNodes("build"),
  oneKindOfNodes("buildArm64"),
  ofArchitecture("build"),
  ofArchitecture("buildArm64"),
  architecturesApart,
  autoscalingNeedsMetrics,
];
export const existingClusterWarnings = [
  unenforcedPolicies,
  sharedNodes,
  unknownNodes,
];
