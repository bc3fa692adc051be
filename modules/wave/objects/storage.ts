import { type NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import {
  StorageClassV1,
  type StorageClassV1Config,
} from "@cdktf/provider-kubernetes/lib/storage-class-v1";
import { type Construct } from "constructs";
import { type Controllers } from "../../core/controllers/controllers";
import { type WaveEnvironment } from "../release/release";
import { type Dependencies } from "../../kubernetes/create-all";
import { BUILD_CLAIM, WAVE_CLAIM, WAVE_VOLUME } from "./kubernetes-names";
import { WAVE_APP, labelsOf } from "./labels";
import { type WaveInputs, type WaveParts } from "./objects";
import {
  EFS_DRIVER,
  EFS_MOUNT_OPTIONS,
  type SharedVolume,
  claimOf,
  createSharedVolume,
  efsSource,
  volumeOf,
} from "../../kubernetes/shared-volume";
import { SURREAL_CLAIM, SURREAL_NAME } from "./surrealdb";

/** Name of the class all claims share. */
const STORAGE_CLASS = "efs-wave-sc";

/** EFS has no size; the number is upstream's and only makes claim and volume match. */
const CAPACITY = "500Gi";

/**
 * Class of the EFS volumes: a label, without parameters, because dynamic provisioning would give every claim its own
 * folder, and Wave and its builds have to share one.
 */
export const storageClass: StorageClassV1Config = {
  metadata: { name: STORAGE_CLASS, labels: labelsOf(WAVE_APP, "storage") },
  storageProvisioner: EFS_DRIVER,
  reclaimPolicy: "Retain",
};

/** One claim, and the volume that is made for it and bound to no other. */
export interface StorageClaim {
  readonly claim: string;
  readonly volume: string;
  /** Namespace of the claim. */
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Output of the stack `data` that holds the id of its access point. */
  readonly accessPoint:
    "waveAccessPointId" | "buildAccessPointId" | "surrealAccessPointId";
}

/** The claims of an environment with builds: Wave and its builds see one folder, SurrealDB has its own. */
export function storageClaims(settings: WaveEnvironment): StorageClaim[] {
  const { namespace, buildNamespace } = settings.wave;
  const shared: StorageClaim[] = [
    {
      claim: WAVE_CLAIM,
      volume: WAVE_VOLUME,
      namespace,
      labels: labelsOf(WAVE_APP, "server"),
      accessPoint: "waveAccessPointId",
    },
    {
      claim: BUILD_CLAIM,
      volume: "wave-build-pv",
      namespace: buildNamespace,
      labels: labelsOf(WAVE_APP, "build"),
      accessPoint: "buildAccessPointId",
    },
  ];
  const database: StorageClaim = {
    claim: SURREAL_CLAIM,
    volume: "surreal-pv",
    namespace,
    labels: labelsOf(SURREAL_NAME, "database"),
    accessPoint: "surrealAccessPointId",
  };
  return settings.release.isClassic ? [...shared, database] : shared;
}

/** The EFS volumes and their claims, bound to each other from both sides so that no other claim can take a volume. */
export function storageObjects(
  settings: WaveEnvironment,
  { data }: Pick<WaveInputs, "data">,
): Pick<WaveParts, "volumes" | "claims"> {
  const shared = storageClaims(settings).map((pair) =>
    sharedVolume(pair, data),
  );
  return {
    volumes: Object.fromEntries(
      shared.map((one) => [one.volume, volumeOf(one)]),
    ),
    claims: Object.fromEntries(shared.map((one) => [one.claim, claimOf(one)])),
  };
}

const sharedVolume = (
  { accessPoint, ...pair }: StorageClaim,
  data: WaveInputs["data"],
): SharedVolume => ({
  ...pair,
  storageClassName: STORAGE_CLASS,
  capacity: CAPACITY,
  source: efsSource(`${data.fileSystemId}::${data[accessPoint]}`),
  mountOptions: EFS_MOUNT_OPTIONS,
});

/**
 * Creates class, volumes and claims. Claims go after their pods and before their volumes, and volumes before the driver
 * that unmounts them.
 *
 * @returns the claims; none for Wave Lite, which mounts nothing.
 */
export function createStorage(
  scope: Construct,
  objects: Pick<WaveParts, "volumes" | "claims">,
  { efsCsiDriver }: Controllers,
  namespaces: Readonly<Record<string, NamespaceV1>>,
): Dependencies {
  if (Object.keys(objects.claims).length === 0) return [];
  const ofClass = new StorageClassV1(scope, "storage-class", storageClass);
  return Object.values(objects.claims).map((claim) =>
    createSharedVolume(scope, {
      claim,
      volume: named(objects.volumes, claim.spec.volumeName),
      namespace: named(namespaces, claim.metadata.namespace),
      // A driver that is in the cluster already is not ours to wait for.
      dependsOn:
        efsCsiDriver === undefined ? [ofClass] : [ofClass, efsCsiDriver],
    }),
  );
}

function named<T>(things: Readonly<Record<string, T>>, name = ""): T {
  const thing = things[name];
  if (thing === undefined) throw new Error(`Nothing is called "${name}".`);
  return thing;
}
