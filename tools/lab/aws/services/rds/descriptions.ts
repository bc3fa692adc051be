import { type Xml } from "../../xml";
import { type TagStore, tagList } from "../query-store";
import { type DbInstance, type DbSubnetGroup, statusOf } from "./store";
import { shownSubnetGroup } from "./subnet-groups";
import { type World } from "../world";

/** Newest minor of a major, as AWS would choose it. */
const newestMinor = "6";

/** AWS answers a minor for a request of a major alone. */
export const wholeVersion = (version: string): string =>
  version.includes(".") ? version : `${version}.${newestMinor}`;

/** An instance as `DescribeDBInstances` answers it. */
export function shownInstance(
  world: World,
  tags: TagStore,
  instance: DbInstance,
  subnets: DbSubnetGroup,
): Xml {
  const { form } = instance;
  const text = (key: string): string | undefined => form.get(key);
  const flag = (key: string): string => form.get(key) ?? "false";
  const major = text("EngineVersion")?.split(".")[0] ?? "17";
  return {
    DBInstanceIdentifier: instance.id,
    DbiResourceId: instance.resourceId,
    DBInstanceArn: instance.arn,
    DBInstanceStatus: statusOf(instance),
    InstanceCreateTime: instance.createdAt.toISOString(),
    LatestRestorableTime: new Date().toISOString(),
    DBInstanceClass: text("DBInstanceClass"),
    Engine: text("Engine"),
    EngineVersion: wholeVersion(text("EngineVersion") ?? major),
    EngineLifecycleSupport:
      text("EngineLifecycleSupport") ?? "open-source-rds-extended-support",
    LicenseModel: "postgresql-license",
    DBName: text("DBName") || undefined,
    MasterUsername: text("MasterUsername"),
    // AWS gives no address before the instance is there.
    ...(statusOf(instance) !== "creating" && {
      Endpoint: endpoint(world, instance),
    }),
    DbInstancePort: 0,
    ...storage(form),
    ...backups(form),
    ...watching(instance),
    AvailabilityZone: text("AvailabilityZone") ?? subnets.subnets[0]?.zone,
    MultiAZ: flag("MultiAZ"),
    ...(flag("MultiAZ") === "true" && {
      SecondaryAvailabilityZone: subnets.subnets[1]?.zone,
    }),
    PubliclyAccessible: flag("PubliclyAccessible"),
    NetworkType: text("NetworkType") ?? "IPV4",
    CustomerOwnedIpEnabled: false,
    DBSubnetGroup: shownSubnetGroup(subnets),
    VpcSecurityGroups: {
      VpcSecurityGroupMembership: instance.securityGroupIds.map(
        (VpcSecurityGroupId) => ({ VpcSecurityGroupId, Status: "active" }),
      ),
    },
    DBParameterGroups: {
      DBParameterGroup: {
        DBParameterGroupName:
          text("DBParameterGroupName") ?? `default.postgres${major}`,
        ParameterApplyStatus: "in-sync",
      },
    },
    OptionGroupMemberships: {
      OptionGroupMembership: {
        OptionGroupName: `default:postgres-${major}`,
        Status: "in-sync",
      },
    },
    IAMDatabaseAuthenticationEnabled: flag("EnableIAMDatabaseAuthentication"),
    DeletionProtection: flag("DeletionProtection"),
    AutoMinorVersionUpgrade: text("AutoMinorVersionUpgrade") ?? "true",
    CACertificateIdentifier:
      text("CACertificateIdentifier") ?? "rds-ca-rsa2048-g1",
    PreferredMaintenanceWindow:
      text("PreferredMaintenanceWindow") ?? "sun:05:00-sun:05:30",
    PendingModifiedValues: Object.fromEntries(instance.pending),
    TagList: tagList(tags, instance.arn),
  };
}

const endpoint = ({ moto }: World, { id, form }: DbInstance): Xml => ({
  Address: `${id}.lab.${moto.region}.rds.amazonaws.com`,
  Port: form.get("Port") ?? "5432",
  HostedZoneId: "Z1RLNUO7B9Q6NB",
});

function storage(form: ReadonlyMap<string, string>) {
  const size = Number(form.get("AllocatedStorage"));
  const largest = Number(form.get("MaxAllocatedStorage") ?? 0);
  const type = form.get("StorageType") ?? "gp2";
  return {
    AllocatedStorage: size,
    ...(largest > size && { MaxAllocatedStorage: largest }),
    StorageType: type,
    // What every gp3 volume has below 400 GiB.
    ...(type === "gp3" && {
      Iops: form.get("Iops") ?? "3000",
      StorageThroughput: form.get("StorageThroughput") ?? "125",
    }),
    StorageEncrypted: form.get("StorageEncrypted") ?? "false",
    KmsKeyId: form.get("KmsKeyId"),
    DedicatedLogVolume: form.get("DedicatedLogVolume") ?? "false",
  };
}

const backups = (form: ReadonlyMap<string, string>) => ({
  BackupRetentionPeriod: form.get("BackupRetentionPeriod") ?? "1",
  PreferredBackupWindow: form.get("PreferredBackupWindow") ?? "03:00-03:30",
  CopyTagsToSnapshot: form.get("CopyTagsToSnapshot") ?? "false",
  BackupTarget: "region",
});

function watching({ form, logTypes }: DbInstance) {
  const insights = form.get("EnablePerformanceInsights") === "true";
  return {
    MonitoringInterval: form.get("MonitoringInterval") ?? "0",
    MonitoringRoleArn: form.get("MonitoringRoleArn"),
    DatabaseInsightsMode: form.get("DatabaseInsightsMode") ?? "standard",
    PerformanceInsightsEnabled: insights,
    ...(insights && {
      PerformanceInsightsKMSKeyId: form.get("PerformanceInsightsKMSKeyId"),
      PerformanceInsightsRetentionPeriod:
        form.get("PerformanceInsightsRetentionPeriod") ?? "7",
    }),
    EnabledCloudwatchLogsExports: { member: logTypes },
  };
}
