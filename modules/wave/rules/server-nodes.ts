import { mebibytes, millicores } from "../../lib/quantity";
import { type Rule, type Warning, when } from "../../settings/rule";
import {
  CONTROLLERS_MI,
  SYSTEM_GROUP,
  roomOfNode,
  systemSize,
} from "../../core/cluster/node-room";
import { podFitProblems } from "../../core/rules/system-nodes";
import { autoscalerOf } from "../../core/cluster/autoscaled-groups";
import { isClassic } from "../release/line";
import { serverMemory } from "../release/line-defaults";
import { type WaveSettings } from "../settings/schema";

const AUTOSCALER_MI = 512;

/** A pod that no node can hold is Pending, and the deploy fails after ten minutes. */
const podsFitNodes: Rule<WaveSettings> = (settings) => {
  const { wave } = settings;
  return [
    ...podFitProblems(
      settings,
      "wave.memory",
      serverMemory(settings),
      "memory",
    ),
    ...(isClassic(settings)
      ? podFitProblems(
          settings,
          "wave.classic.surrealMemory",
          wave.classic.surrealMemory,
          "memory",
        )
      : []),
    ...podFitProblems(settings, "wave.cpuRequest", wave.cpuRequest, "cpu"),
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

/** Pods that run, or the least that do. */
export const replicasOf = ({ wave }: WaveSettings) =>
  wave.autoscaling === undefined
    ? { path: "wave.replicas", replicas: wave.replicas }
    : {
        path: "wave.autoscaling.minReplicas",
        replicas: wave.autoscaling.minReplicas,
      };

const REMEDY = `lower it, wave.memory or wave.cpuRequest, or raise ${SYSTEM_GROUP}.desiredSize or choose larger instances`;

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
        `wave.autoscaling.maxReplicas is ${maxReplicas}, and the system nodes have room for ${slots} pods of Wave: the others stay Pending under load. Lower it, or raise ${SYSTEM_GROUP}.desiredSize or choose larger instances.`,
      ]
    : [];
};

export const serverNodeRules = [podsFitNodes, allPodsFit];
export const serverNodeWarnings = [noRoomToRollOut, noRoomToScaleOut];
