import { type NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import {
  PersistentVolumeClaimV1,
  type PersistentVolumeClaimV1Config,
} from "@cdktf/provider-kubernetes/lib/persistent-volume-claim-v1";
import {
  PersistentVolumeV1,
  type PersistentVolumeV1Config,
} from "@cdktf/provider-kubernetes/lib/persistent-volume-v1";
import {
  StorageClassV1,
  type StorageClassV1Config,
} from "@cdktf/provider-kubernetes/lib/storage-class-v1";
import { type Construct } from "constructs";
import { type Controllers } from "../../core/controllers/controllers";
import { type WaveEnvironment } from "../release/release";
import { type Dependencies } from "./create-all";
import { BUILD_CLAIM, WAVE_CLAIM } from "./kubernetes-names";
import { WAVE_APP, labelsOf } from "./labels";
import { MOUNT_OPTIONS } from "./mount-options";
import { type WaveInputs, type WaveParts } from "./objects";
import { replaceTrigger } from "./replace-trigger";
import { SURREAL_CLAIM, SURREAL_NAME } from "./surrealdb";

/** Name of the class all claims share. */
const STORAGE_CLASS = "efs-wave-sc";

/** EFS has no size; the number is upstream's and only makes claim and volume match. */
const CAPACITY = "500Gi";

const EFS_DRIVER = "efs.csi.aws.com";

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
      volume: "wave-app-pv",
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
  const claims = storageClaims(settings);
  return {
    volumes: Object.fromEntries(
      claims.map((one) => [one.volume, volume(one, data)]),
    ),
    claims: Object.fromEntries(claims.map((one) => [one.claim, claim(one)])),
  };
}

function volume(
  pair: StorageClaim,
  data: WaveInputs["data"],
): PersistentVolumeV1Config {
  return {
    metadata: { name: pair.volume, labels: pair.labels },
    spec: [
      {
        accessModes: ["ReadWriteMany"],
        capacity: { storage: CAPACITY },
        volumeMode: "Filesystem",
        storageClassName: STORAGE_CLASS,
        persistentVolumeReclaimPolicy: "Retain",
        mountOptions: MOUNT_OPTIONS,
        claimRef: { name: pair.claim, namespace: pair.namespace },
        persistentVolumeSource: {
          csi: {
            driver: EFS_DRIVER,
            // Without the prefix `efs:`; the handle cannot be changed later.
            volumeHandle: `${data.fileSystemId}::${data[pair.accessPoint]}`,
          },
        },
      },
    ],
  };
}

function claim(pair: StorageClaim): PersistentVolumeClaimV1Config {
  return {
    metadata: {
      name: pair.claim,
      namespace: pair.namespace,
      labels: pair.labels,
    },
    spec: {
      accessModes: ["ReadWriteMany"],
      storageClassName: STORAGE_CLASS,
      volumeName: pair.volume,
      resources: { requests: { storage: CAPACITY } },
    },
    waitUntilBound: true,
  };
}

/**
 * Creates class, volumes and claims. Claims go after their pods and before their volumes, and volumes before the driver
 * that unmounts them, or a destroy waits for a finalizer that nobody removes.
 *
 * A volume that was bound keeps the uid of its claim and is bound to no other. So it is made anew with the namespace of its
 * claim, also after somebody deleted that; its files stay where they are.
 *
 * @returns the claims; none without a driver, which Wave Lite does not need.
 */
export function createStorage(
  scope: Construct,
  objects: Pick<WaveParts, "volumes" | "claims">,
  { efsCsiDriver }: Controllers,
  namespaces: Readonly<Record<string, NamespaceV1>>,
): Dependencies {
  if (efsCsiDriver === undefined) return [];
  const ofClass = new StorageClassV1(scope, "storage-class", storageClass);
  return Object.entries(objects.claims).map(([name, claim]) => {
    const namespace = named(namespaces, claim.metadata.namespace);
    const { uid } = namespace.metadata;
    const volumeName = claim.spec.volumeName ?? "";
    const volume = new PersistentVolumeV1(scope, `volume-${volumeName}`, {
      ...named(objects.volumes, volumeName),
      dependsOn: [ofClass, efsCsiDriver],
      lifecycle: {
        replaceTriggeredBy: [
          replaceTrigger(scope, `namespace-of-${volumeName}`, { uid }),
        ],
      },
    });
    return new PersistentVolumeClaimV1(scope, `claim-${name}`, {
      ...claim,
      dependsOn: [namespace, volume],
    });
  });
}

function named<T>(things: Readonly<Record<string, T>>, name = ""): T {
  const thing = things[name];
  if (thing === undefined) throw new Error(`Nothing is called "${name}".`);
  return thing;
}
