import { EfsFileSystemPolicy } from "@cdktf/provider-aws/lib/efs-file-system-policy";
import { Construct } from "constructs";
import { DailyBackup } from "../../aws/backup/backup-plan";
import { backupAlarms } from "../../aws/cloudwatch/store-alarms";
import { EfsAccessPoint } from "../../aws/efs/efs-access-point";
import { EfsFileSystem } from "../../aws/efs/efs-file-system";
import { StoreSecurityGroup } from "../../aws/network/store-security-group";
import { type NetworkOutputs } from "../../contracts/network";
import { mountPolicy } from "../../core/controllers/efs-mounts";
import { clientSecurityGroupsOf } from "../../core/controllers/given";
import { createAlarms } from "../../core/observability/alarms";
import { partitionOf } from "../../lib/aws-partition";
import { type NameParts, namesOf } from "../../lib/names";
import { policyJson } from "../../lib/policy";
import { hasOwnBuildNodes } from "../objects/nodes";
import { type WaveEnvironment } from "../release/release";

/** Name tag of the file system. */
export const fileSystemName = (parts: NameParts): string =>
  namesOf(parts).of("efs");

/** Properties of `FileStore`. */
export interface FileStoreProps {
  readonly settings: WaveEnvironment;
  readonly network: NetworkOutputs;
  /** Key of the file system and of its backups. */
  readonly kmsKeyArn: string;
}

const NFS_PORT = 2049;

/** Wave and its builds share one folder as one user, or one could not read the other's files. */
const SHARED_FOLDER = { path: "/wave", uid: 101, permissions: "0750" };

/** SurrealDB has its own folder and user, away from build contexts. Classic only. */
const SURREAL_FOLDER = {
  path: "/surreal-db",
  uid: 65532,
  permissions: "0700",
};

/** Wave's file system, its access points, who may use them, and its backup. */
export class FileStore extends Construct {
  /** Id of the file system. */
  readonly fileSystemId: string;
  /** Access point A: Wave's view of the shared folder. */
  readonly waveAccessPointId: string;
  /** Access point B: the builds' view. A second one, because one pod cannot mount one handle twice. */
  readonly buildAccessPointId: string;
  /** Access point C: SurrealDB's folder. The current line has none; the folder stays on the file system. */
  readonly surrealAccessPointId: string | undefined;

  constructor(scope: Construct, id: string, props: FileStoreProps) {
    super(scope, id);
    const fileSystem = this.createFileSystem(props);
    const wave = this.createAccessPoint(
      "wave",
      fileSystem,
      SHARED_FOLDER,
      props,
    );
    const build = this.createAccessPoint(
      "build",
      fileSystem,
      SHARED_FOLDER,
      props,
    );
    const surreal = props.settings.release.isClassic
      ? this.createAccessPoint("surreal", fileSystem, SURREAL_FOLDER, props)
      : undefined;
    const accessPoints = [wave, build, surreal].filter(
      (point) => point !== undefined,
    );
    this.allowOnly(accessPoints, fileSystem, props);
    this.backUp(fileSystem, props);

    this.fileSystemId = fileSystem.fileSystemId;
    this.waveAccessPointId = wave.accessPointId;
    this.buildAccessPointId = build.accessPointId;
    this.surrealAccessPointId = surreal?.accessPointId;
  }

  private createFileSystem(props: FileStoreProps): EfsFileSystem {
    const { settings, network, kmsKeyArn } = props;
    const name = fileSystemName(settings);
    const { securityGroupId } = new StoreSecurityGroup(this, "access", {
      name,
      description: "EFS mount targets",
      vpcId: network.vpcId,
      port: NFS_PORT,
      sourceSecurityGroupId: network.clusterSecurityGroupId,
      // Their nodes mount it. Redis and the database admit no build. Given nodes have no group of ours.
      buildSecurityGroupId: hasOwnBuildNodes(settings)
        ? network.buildSecurityGroupId
        : undefined,
      clientSecurityGroupIds: clientSecurityGroupsOf(settings),
    });
    return new EfsFileSystem(this, "file-system", {
      name,
      subnetIds: network.privateSubnetIds,
      securityGroupId,
      kmsKeyArn,
      throughputMode: settings.data.efs.throughputMode,
      infrequentAccessAfterDays: settings.data.efs.infrequentAccessAfterDays,
      retain: settings.retain,
    });
  }

  private createAccessPoint(
    who: string,
    { fileSystemId }: EfsFileSystem,
    folder: typeof SHARED_FOLDER,
    { settings }: FileStoreProps,
  ): EfsAccessPoint {
    return new EfsAccessPoint(this, `${who}-access-point`, {
      name: namesOf(settings).of(`efs-${who}`),
      fileSystemId,
      ...folder,
    });
  }

  private allowOnly(
    accessPoints: readonly EfsAccessPoint[],
    { fileSystemId, arn }: EfsFileSystem,
    { settings }: FileStoreProps,
  ): void {
    new EfsFileSystemPolicy(this, "policy", {
      fileSystemId,
      policy: policyJson(
        mountPolicy(
          settings,
          arn,
          accessPoints.map((point) => point.arn),
        ),
      ),
    });
  }

  private backUp(
    { arn }: EfsFileSystem,
    { settings, network, kmsKeyArn }: FileStoreProps,
  ): void {
    const names = namesOf(settings);
    const { vaultName } = new DailyBackup(this, "backup", {
      name: fileSystemName(settings),
      resourceArns: [arn],
      retentionDays: settings.data.efs.backupRetentionDays,
      kmsKeyArn,
      // Clear of the nightly export of SurrealDB, which reads the same files.
      schedule: "cron(0 5 ? * * *)",
      roleName: names.iam("backup"),
      iam: settings.iam,
      partition: partitionOf(settings.region),
      retain: settings.retain,
    });
    createAlarms(this, settings, network, "backup", backupAlarms(vaultName));
  }
}
