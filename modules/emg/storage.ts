import { type NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { type Construct } from "constructs";
import { DailyBackup } from "../aws/backup/backup-plan";
import { backupAlarms } from "../aws/cloudwatch/store-alarms";
import { createSharedFolders } from "../aws/efs/shared-folders";
import { type IdentityOutputs } from "../contracts/identity";
import { type NetworkOutputs } from "../contracts/network";
import { lookUpBy, mountPolicy } from "../core/controllers/efs-mounts";
import { clientSecurityGroupsOf } from "../core/controllers/given";
import { createAlarms } from "../core/observability/alarms";
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
  readonly handles: Readonly<Record<Folder, string>>;
  readonly dependsOn: Dependencies;
}

const FOLDERS = Object.keys(VOLUMES) as Folder[];

/** Whose the files are, whoever mounts. Access points cannot change it, and pods that run would keep the old ones from going. */
const OWNER = { uid: 7123, gid: 1347 };

/** Creates the file system, its folders and its backup: each folder has its owner, whoever mounts it. */
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
      FOLDERS.map((folder) => [
        folder,
        {
          name: `${name}-${folder}`,
          path: `/emg/${folder}`,
          ...OWNER,
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
  const { vaultName } = new DailyBackup(scope, "backup", {
    name,
    resourceArns: [arn],
    retentionDays: api.storage.backupRetentionDays,
    kmsKeyArn: keyArn,
    roleName: namesOf(settings).iam("emg-backup"),
    iam,
    partition,
    retain,
  });
  createAlarms(scope, settings, network, "emg-backup", backupAlarms(vaultName));
  return { handles: volumeHandles, dependsOn };
}

/** Creates volumes and claims: for reading and writing all of them, for the driver refuses a volume that is ReadOnlyMany. */
export const createVolumes = (
  scope: Construct,
  { emg }: EmgSettings,
  { handles, dependsOn }: Files,
  namespace: NamespaceV1,
): Dependencies =>
  FOLDERS.map((folder) => {
    const shared: SharedVolume = {
      ...VOLUMES[folder],
      namespace: emg.namespace,
      labels: labelsOf("api"),
      storageClassName: "emg",
      // Makes claim and volume match: EFS has no size.
      capacity: "10Gi",
      source: efsSource(handles[folder]),
      mountOptions: EFS_MOUNT_OPTIONS,
    };
    return createSharedVolume(scope, {
      volume: volumeOf(shared),
      claim: claimOf(shared),
      namespace,
      dependsOn,
    });
  });
