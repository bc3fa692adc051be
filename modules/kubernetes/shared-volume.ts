import { type NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import {
  PersistentVolumeClaimV1,
  type PersistentVolumeClaimV1Config,
} from "@cdktf/provider-kubernetes/lib/persistent-volume-claim-v1";
import {
  PersistentVolumeV1,
  type PersistentVolumeV1Config,
  type PersistentVolumeV1SpecPersistentVolumeSource,
} from "@cdktf/provider-kubernetes/lib/persistent-volume-v1";
import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";
import { replaceTrigger } from "../lib/replace-trigger";

/** Name of the EFS CSI driver. */
export const EFS_DRIVER = "efs.csi.aws.com";

/**
 * Mount options of EFS volumes. Mounts are signed by the role of the driver's node agent; a file system of ours admits nobody
 * else. TLS is the driver's own default. A mount keeps the options it was made with.
 */
export const EFS_MOUNT_OPTIONS = ["iam"];

/** A volume that pods on all nodes read and write, and the one claim it is made for. */
export interface SharedVolume {
  readonly volume: string;
  readonly claim: string;
  /** Namespace of the claim. */
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Class that both name; it need not exist. */
  readonly storageClassName: string;
  /** Makes claim and volume match; file systems without a size ignore it. */
  readonly capacity: string;
  readonly source: PersistentVolumeV1SpecPersistentVolumeSource;
  /** @default none */
  readonly mountOptions?: readonly string[];
}

/** Source of a volume on EFS. The handle is without the prefix `efs:`, and cannot be changed later. */
export const efsSource = (
  volumeHandle: string,
): PersistentVolumeV1SpecPersistentVolumeSource => ({
  csi: { driver: EFS_DRIVER, volumeHandle },
});

/** The volume, bound to its claim so that no other can take it. Its files stay when it goes. */
export const volumeOf = (shared: SharedVolume): PersistentVolumeV1Config => ({
  metadata: { name: shared.volume, labels: shared.labels },
  spec: [
    {
      accessModes: ["ReadWriteMany"],
      capacity: { storage: shared.capacity },
      volumeMode: "Filesystem",
      storageClassName: shared.storageClassName,
      persistentVolumeReclaimPolicy: "Retain",
      mountOptions: shared.mountOptions && [...shared.mountOptions],
      claimRef: { name: shared.claim, namespace: shared.namespace },
      persistentVolumeSource: shared.source,
    },
  ],
});

/** The claim, which names its volume. */
export const claimOf = (
  shared: SharedVolume,
): PersistentVolumeClaimV1Config => ({
  metadata: {
    name: shared.claim,
    namespace: shared.namespace,
    labels: shared.labels,
  },
  spec: {
    accessModes: ["ReadWriteMany"],
    storageClassName: shared.storageClassName,
    volumeName: shared.volume,
    resources: { requests: { storage: shared.capacity } },
  },
  waitUntilBound: true,
});

/** What `createSharedVolume` creates, and what it needs. */
export interface SharedVolumeProps {
  readonly volume: PersistentVolumeV1Config;
  readonly claim: PersistentVolumeClaimV1Config;
  readonly namespace: NamespaceV1;
  /** What mounts the volume: it goes after the volume, or a destroy waits for a finalizer that nobody removes. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/**
 * Creates volume and claim; the claim goes before the volume.
 *
 * A volume that was bound keeps the uid of its claim and is bound to no other. So it is made anew with the namespace of its
 * claim, also after somebody deleted that; its files stay where they are.
 */
export function createSharedVolume(
  scope: Construct,
  { volume, claim, namespace, dependsOn }: SharedVolumeProps,
): PersistentVolumeClaimV1 {
  const volumeName = volume.metadata.name ?? "";
  const { uid } = namespace.metadata;
  const created = new PersistentVolumeV1(scope, `volume-${volumeName}`, {
    ...volume,
    dependsOn: [...dependsOn],
    lifecycle: {
      replaceTriggeredBy: [
        replaceTrigger(scope, `namespace-of-${volumeName}`, { uid }),
      ],
    },
  });
  return new PersistentVolumeClaimV1(
    scope,
    `claim-${claim.metadata.name ?? ""}`,
    { ...claim, dependsOn: [namespace, created] },
  );
}
