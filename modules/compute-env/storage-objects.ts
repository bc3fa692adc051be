import { type PersistentVolumeV1SpecPersistentVolumeSource } from "@cdktf/provider-kubernetes/lib/persistent-volume-v1";
import {
  EFS_MOUNT_OPTIONS,
  type SharedVolume,
  claimOf,
  efsSource,
  volumeOf,
} from "../kubernetes/shared-volume";
import { STORAGE_CLASS, STORAGE_VOLUME } from "./names";
import { labelsOf } from "./objects";
import { type ComputeEnvSettings } from "./settings/schema";

/** Makes claim and volume match: neither EFS nor NFS has a size. */
const CAPACITY = "10Gi";

/**
 * The scratch volume and its claim, for storage that is mounted and made here: `efs` and `nfs`. Fusion needs none, and a
 * claim that somebody else makes is only named. The class is a label that keeps both from every other one.
 *
 * @param volumeHandle `fs-…::fsap-…` of the file system, with `efs`.
 */
export function storageObjects(
  settings: ComputeEnvSettings,
  volumeHandle: string | undefined,
) {
  const shared = sharedVolume(settings, volumeHandle);
  return shared && { volume: volumeOf(shared), claim: claimOf(shared) };
}

function sharedVolume(
  { computeEnv: { namespace, storage } }: ComputeEnvSettings,
  volumeHandle = "",
): SharedVolume | undefined {
  if (storage.kind === "fusion" || storage.kind === "claim") return undefined;
  const source: PersistentVolumeV1SpecPersistentVolumeSource =
    storage.kind === "efs"
      ? efsSource(volumeHandle)
      : { nfs: { server: storage.server, path: storage.path } };
  return {
    volume: STORAGE_VOLUME,
    claim: storage.claimName,
    namespace,
    labels: labelsOf("storage"),
    storageClassName: STORAGE_CLASS,
    capacity: CAPACITY,
    source,
    mountOptions: storage.kind === "efs" ? EFS_MOUNT_OPTIONS : undefined,
  };
}
