import { type Problem } from "../../lib/problem";
import { mebibytes, millicores } from "../../lib/quantity";
import { when } from "../../settings/rule";
import {
  CONTROLLERS_MI,
  SYSTEM_GROUP,
  roomOfNode,
  systemSize,
} from "../cluster/node-room";
import { type PlatformFacts } from "../facts";
import { type CoreSettings } from "../settings/schema";

/** A setting that no system node can give a pod: it would be Pending, and the deploy fails after ten minutes. */
export function podFitProblems(
  settings: CoreSettings,
  path: string,
  given: string,
  resource: "cpu" | "memory",
): Problem[] {
  const { cpu, memoryMi } = roomOfNode(settings) ?? {
    cpu: Infinity,
    memoryMi: Infinity,
  };
  const isMemory = resource === "memory";
  const fits = isMemory
    ? mebibytes(given) <= memoryMi
    : millicores(given) <= cpu;
  return when(!fits, () => ({
    path,
    given,
    allowed: `at most ${isMemory ? `${memoryMi}Mi` : `${cpu}m`}: what the smallest system node has for a pod`,
    fix: `lower it, or choose larger instances for ${SYSTEM_GROUP}`,
  }));
}

/** Pods of all platforms that count theirs, and the controllers, have room together on the system nodes that run. */
export function systemRoomProblems(
  settings: CoreSettings,
  facts: readonly PlatformFacts[],
): Problem[] {
  const room = roomOfNode(settings);
  if (room === undefined) return [];
  const size = systemSize(settings);
  // A pod that no node holds is reported by itself.
  const isTooLarge = facts
    .flatMap(({ systemPods = [] }) => systemPods)
    .some(
      (pod) =>
        mebibytes(pod.memory) > room.memoryMi || millicores(pod.cpu) > room.cpu,
    );
  if (isTooLarge) return [];
  const asked = facts
    .map(({ platform, systemPods = [] }) => ({
      platform,
      memoryMi: sum(systemPods.map((pod) => pod.count * mebibytes(pod.memory))),
      cpu: sum(systemPods.map((pod) => pod.count * millicores(pod.cpu))),
    }))
    .filter(({ memoryMi }) => memoryMi > 0);
  const memoryMi = CONTROLLERS_MI + sum(asked.map((one) => one.memoryMi));
  const cpu = sum(asked.map((one) => one.cpu));
  return when(memoryMi > room.memoryMi * size || cpu > room.cpu * size, () => ({
    path: `${SYSTEM_GROUP}.desiredSize`,
    given: `${size}, with ${room.memoryMi * size}Mi and ${room.cpu * size}m for pods`,
    allowed: `nodes with ${memoryMi}Mi and ${cpu}m: ${asked.map((one) => `${one.platform} asks for ${one.memoryMi}Mi and ${one.cpu}m`).join(", ")}, the controllers for ${CONTROLLERS_MI}Mi`,
    fix: `raise it, or choose larger instances for ${SYSTEM_GROUP}`,
  }));
}

const sum = (all: readonly number[]): number =>
  all.reduce((total, one) => total + one, 0);
