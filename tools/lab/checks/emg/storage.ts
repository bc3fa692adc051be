import { VOLUMES } from "../../../../modules/emg/names";
import { type EmgSettings } from "../../../../modules/emg/settings/schema";
import { type EmgCheck, checkSame, objectsIn } from "./check";

interface Claim {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly accessModes: readonly string[];
    readonly volumeName?: string;
  };
  readonly status: { readonly phase: string };
}

interface Volume {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly persistentVolumeReclaimPolicy: string;
    readonly claimRef?: { readonly namespace: string };
    readonly csi?: { readonly driver: string; readonly volumeHandle: string };
  };
}

/** Folders of the API; none without it. */
const foldersOf = ({ emg }: EmgSettings) =>
  emg.api
    ? Object.values(VOLUMES).map((volume) => ({
        ...volume,
        mode: "ReadWriteMany",
      }))
    : [];

/** Claims and volumes, bound to each other, each volume an access point of the file system. */
export async function checkStorage(check: EmgCheck): Promise<void> {
  const { api, settings } = check;
  const folders = foldersOf(settings);
  const claims = await objectsIn<Claim>(check, "api/v1 persistentvolumeclaims");
  checkSame(
    check,
    "claims by name, access mode and volume",
    claims.map(
      ({ metadata, spec, status }) =>
        `${metadata.name} ${spec.accessModes.join()} ${status.phase} ${spec.volumeName ?? ""}`,
    ),
    folders.map(
      ({ claim, mode, volume }) => `${claim} ${mode} Bound ${volume}`,
    ),
  );
  const { items } = (await api.call("GET", "/api/v1/persistentvolumes")) as {
    items: Volume[];
  };
  const own = items.filter(
    ({ spec }) => spec.claimRef?.namespace === settings.emg.namespace,
  );
  checkSame(
    check,
    "volumes stay when their claims go, and are access points",
    own.map(
      ({ metadata, spec }) =>
        `${metadata.name} ${spec.persistentVolumeReclaimPolicy} ${spec.csi?.driver ?? ""} ${/^fs-\w+::fsap-\w+$/.test(spec.csi?.volumeHandle ?? "")}`,
    ),
    folders.map(({ volume }) => `${volume} Retain efs.csi.aws.com true`),
  );
}
