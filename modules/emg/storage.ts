import { type NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { type Construct } from "constructs";
import { DailyBackup } from "../aws/backup/backup-plan";
import { createSharedFolders } from "../aws/efs/shared-folders";
import { type IdentityOutputs } from "../contracts/identity";
import { type NetworkOutputs } from "../contracts/network";
import { lookUpBy, mountPolicy } from "../core/controllers/efs-mounts";
import { clientSecurityGroupsOf } from "../core/controllers/given";
import { type Dependencies } from "../kubernetes/create-all";
import {
  EFS_MOUNT_OPTIONS,
  type SharedVolume,
  claimOf,
  createSharedVolume,
  efsSource,
  volumeOf,
} from "../kubernetes/shared-volume";
import { partitionOf } from "../lib/aws-partition";
import { namesOf } from "../lib/names";
import { VOLUMES, labelsOf, storageName } from "./names";
import { type ApiSettings, type EmgSettings } from "./settings/schema";

type Folder = keyof typeof VOLUMES;

/** File system of the API. */
export interface Files {
  /** Of each folder, as a volume names it. */
  readonly handles: Readonly<Partial<Record<Folder, string>>>;
  readonly dependsOn: Dependencies;
}

const foldersOf = ({ storage }: ApiSettings): Folder[] =>
  storage.results ? ["data", "results"] : ["data"];

/** Creates the file system, its folders and its backup: each folder is the application's, whoever mounts it. */
export function createFiles(
  scope: Construct,
  {
    settings,
    api,
    network,
    identity,
    keyArn,
  }: {
    readonly settings: EmgSettings;
    readonly api: ApiSettings;
    readonly network: NetworkOutputs;
    readonly identity: Pick<IdentityOutputs, "efsCsiNodeRoleName">;
    readonly keyArn: string;
  },
): Files {
  const { iam, region, retain } = settings;
  const name = storageName(settings);
  const partition = partitionOf(region);
  const { arn, volumeHandles, dependsOn } = createSharedFolders(scope, {
    name,
    description: "EFS mount targets of the EMG API",
    folders: Object.fromEntries(
      foldersOf(api).map((folder) => [
        folder,
        {
          name: `${name}-${folder}`,
          path: `/emg/${folder}`,
          ...api.user,
          permissions: "0750",
        },
      ]),
    ),
    throughputMode: api.storage.throughputMode,
    kmsKeyArn: keyArn,
    vpcId: network.vpcId,
    subnetIds: network.privateSubnetIds,
    sourceSecurityGroupId: network.clusterSecurityGroupId,
    clientSecurityGroupIds: clientSecurityGroupsOf(settings),
    policyOf: (fileSystem, accessPoints) =>
      mountPolicy(settings, fileSystem, accessPoints),
    lookUpBy: lookUpBy(settings, identity, namesOf(settings).iam("emg-files")),
    partition,
    retain,
  });
  new DailyBackup(scope, "backup", {
    name,
    resourceArns: [arn],
    retentionDays: api.storage.backupRetentionDays,
    kmsKeyArn: keyArn,
    roleName: namesOf(settings).iam("emg-backup"),
    iam,
    partition,
    retain,
  });
  return { handles: volumeHandles, dependsOn };
}

/** Creates volumes and claims: for reading and writing all of them, for the driver refuses a volume that is ReadOnlyMany. */
export const createVolumes = (
  scope: Construct,
  { emg }: EmgSettings,
  { handles, dependsOn }: Files,
  namespace: NamespaceV1,
): Dependencies =>
  (Object.keys(VOLUMES) as Folder[]).flatMap((folder) => {
    const handle = handles[folder];
    if (handle === undefined) return [];
    const shared: SharedVolume = {
      ...VOLUMES[folder],
      namespace: emg.namespace,
      labels: labelsOf("api"),
      storageClassName: "emg",
      // Makes claim and volume match: EFS has no size.
      capacity: "10Gi",
      source: efsSource(handle),
      mountOptions: EFS_MOUNT_OPTIONS,
    };
    return createSharedVolume(scope, {
      volume: volumeOf(shared),
      claim: claimOf(shared),
      namespace,
      dependsOn,
    });
  });
