import { sizeOf } from "../../lib/instance-type";
import { mebibytes, millicores } from "../../lib/quantity";
import { type Rule, type Warning, when } from "../../settings/rule";
import { autoscalerOf } from "../../core/cluster/autoscaled-groups";
import { isClassic } from "../release/line";
import { serverMemory } from "../release/line-defaults";
import { type WaveSettings } from "../settings/schema";

/**
 * What a node keeps for itself: the kubelet's reserve ("Reserved resources" of the EKS user guide), and the agents that run
 * on every node.
 */
export const KEPT = { memoryMi: 1024, cpu: 300 };

/** The controllers, CoreDNS and the metrics server, on all system nodes together. */
const CONTROLLERS_MI = 1536;
const AUTOSCALER_MI = 512;

/** What a pod can have on the smallest instance the group may start; undefined when a type is not known, or the nodes are not ours. */
function roomOfNode({ cluster }: WaveSettings) {
  const { system } = cluster.nodeGroups;
  if (system === undefined) return undefined;
  const sizes = system.instanceTypes.map(sizeOf);
  const known = sizes.filter((size) => size !== undefined);
  if (known.length < sizes.length || known.length === 0) return undefined;
  return {
    memoryMi:
      Math.min(...known.map(({ memoryMi }) => memoryMi)) - KEPT.memoryMi,
    cpu: Math.min(...known.map(({ cpus }) => cpus)) * 1000 - KEPT.cpu,
  };
}

/** System nodes that run; none where they are not ours. */
const systemSize = ({ cluster }: WaveSettings): number =>
  cluster.nodeGroups.system?.desiredSize ?? 0;

const NODES = "cluster.nodeGroups.system";

/** A pod that no node can hold is Pending, and the deploy fails after ten minutes. */
const podsFitNodes: Rule<WaveSettings> = (settings) => {
  const room = roomOfNode(settings);
  if (room === undefined) return [];
  const { wave } = settings;
  const memory = [
    { path: "wave.memory", given: serverMemory(settings) },
    ...(isClassic(settings)
      ? [
          {
            path: "wave.classic.surrealMemory",
            given: wave.classic.surrealMemory,
          },
        ]
      : []),
  ];
  return [
    ...memory.flatMap(({ path, given }) =>
      when(mebibytes(given) > room.memoryMi, () => ({
        path,
        given,
        allowed: `at most ${room.memoryMi}Mi: what the smallest system node has for a pod`,
        fix: `lower it, or choose larger instances for ${NODES}`,
      })),
    ),
    ...when(millicores(wave.cpuRequest) > room.cpu, () => ({
      path: "wave.cpuRequest",
      given: wave.cpuRequest,
      allowed: `at most ${room.cpu}m: what the smallest system node has for a pod`,
      fix: `lower it, or choose larger instances for ${NODES}`,
    })),
  ];
};

/** How many pods of Wave the system nodes hold beside the others; undefined when a type is not known, or not even one fits. */
function slotsOf(settings: WaveSettings): number | undefined {
  const room = roomOfNode(settings);
  const memory = mebibytes(serverMemory(settings));
  const cpu = millicores(settings.wave.cpuRequest);
  if (room === undefined || memory > room.memoryMi || cpu > room.cpu)
    return undefined;
  const desiredSize = systemSize(settings);
  const others =
    CONTROLLERS_MI +
    (autoscalerOf(settings) === undefined ? 0 : AUTOSCALER_MI) +
    (isClassic(settings) ? mebibytes(settings.wave.classic.surrealMemory) : 0);
  // A pod does not stretch over two nodes.
  return Math.min(
    Math.floor(room.memoryMi / memory) * desiredSize,
    Math.floor(room.cpu / cpu) * desiredSize,
    Math.floor((room.memoryMi * desiredSize - others) / memory),
  );
}

const replicasOf = ({ wave }: WaveSettings) =>
  wave.autoscaling === undefined
    ? { path: "wave.replicas", replicas: wave.replicas }
    : {
        path: "wave.autoscaling.minReplicas",
        replicas: wave.autoscaling.minReplicas,
      };

const REMEDY = `lower it, wave.memory or wave.cpuRequest, or raise ${NODES}.desiredSize or choose larger instances`;

const allPodsFit: Rule<WaveSettings> = (settings) => {
  const slots = slotsOf(settings);
  const { path, replicas } = replicasOf(settings);
  const desiredSize = systemSize(settings);
  return when(slots !== undefined && replicas > slots, () => ({
    path,
    given: `${replicas}, each with ${serverMemory(settings)} and ${settings.wave.cpuRequest} CPU`,
    allowed: `at most ${slots ?? 0}: so many have room on ${desiredSize} system nodes beside the other pods`,
    fix: REMEDY,
  }));
};

/** A rollout starts the new pod before it ends an old one. */
const noRoomToRollOut: Warning<WaveSettings> = (settings) => {
  const { path, replicas } = replicasOf(settings);
  return replicas === slotsOf(settings)
    ? [
        `The system nodes have room for ${replicas} pods of Wave (${path}) and no further one: a rollout starts the new pod first, and would wait for ever. To have room, ${REMEDY}.`,
      ]
    : [];
};

/** The autoscaler of pods asks for nodes that nothing adds to this group. */
const noRoomToScaleOut: Warning<WaveSettings> = (settings) => {
  const slots = slotsOf(settings);
  const { minReplicas = 0, maxReplicas = 0 } = settings.wave.autoscaling ?? {};
  return slots !== undefined && minReplicas < slots && maxReplicas > slots
    ? [
        `wave.autoscaling.maxReplicas is ${maxReplicas}, and the system nodes have room for ${slots} pods of Wave: the others stay Pending under load. Lower it, or raise ${NODES}.desiredSize or choose larger instances.`,
      ]
    : [];
};

export const serverNodeRules = [podsFitNodes, allPodsFit];
export const serverNodeWarnings = [noRoomToRollOut, noRoomToScaleOut];
