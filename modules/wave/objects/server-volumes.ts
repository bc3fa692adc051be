import {
  type DeploymentV1SpecTemplateSpecContainerVolumeMount,
  type DeploymentV1SpecTemplateSpecVolume,
} from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { type WaveSettings } from "../settings/schema";
import { CONFIG_FOLDER } from "../config/config-map";
import { DUMP_FOLDER } from "../config/jvm-options";
import { WAVE_CLAIM, WAVE_CONFIG_MAP } from "./kubernetes-names";
import { hasBuilds } from "../release/line";
import { serverMemory } from "../release/line-defaults";

/** Working directory of Wave. */
export const WORK_FOLDER = "/work";

/** Where Wave's container sees its volumes. */
export function serverMounts(
  settings: WaveSettings,
): DeploymentV1SpecTemplateSpecContainerVolumeMount[] {
  const mounts = [
    { name: "wave-cfg", mountPath: CONFIG_FOLDER, readOnly: true },
    { name: "work", mountPath: WORK_FOLDER },
    { name: "tmp", mountPath: "/tmp" },
    { name: "dumps", mountPath: DUMP_FOLDER },
  ];
  if (!hasBuilds(settings)) return mounts;
  const { mountPath } = settings.wave.build;
  return [{ name: "vol-build", mountPath }, ...mounts];
}

/** Volumes of Wave's pod; the one that builds share only where there are builds. */
export function serverVolumes(
  settings: WaveSettings,
): DeploymentV1SpecTemplateSpecVolume[] {
  const volumes = [
    { name: "wave-cfg", configMap: { name: WAVE_CONFIG_MAP } },
    // Netty's native libraries go to /tmp.
    { name: "work", emptyDir: { sizeLimit: "1Gi" } },
    { name: "tmp", emptyDir: { sizeLimit: "1Gi" } },
    // A dump is as large as the heap at most, and the heap is smaller than the pod.
    { name: "dumps", emptyDir: { sizeLimit: serverMemory(settings) } },
  ];
  if (!hasBuilds(settings)) return volumes;
  return [
    { name: "vol-build", persistentVolumeClaim: { claimName: WAVE_CLAIM } },
    ...volumes,
  ];
}
