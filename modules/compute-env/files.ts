import { type Construct } from "constructs";
import { createSharedFolders } from "../aws/efs/shared-folders";
import { efsCsiNodeRoleArn } from "../core/controllers/efs-csi-driver";
import { hasOurDriver, lookUpBy } from "../core/controllers/efs-mounts";
import { clientSecurityGroupsOf } from "../core/controllers/given";
import { partitionOf } from "../lib/aws-partition";
import { namesOf } from "../lib/names";
import { readPolicy } from "../lib/policy";
import { SCRATCH_PATH, storageName } from "./names";
import { type Scratch, type ScratchInputs } from "./scratch-inputs";
import { type ComputeEnvSettings } from "./settings/schema";
import { createStorageKey } from "./storage-key";

type Efs = Extract<
  ComputeEnvSettings["computeEnv"]["storage"],
  { readonly kind: "efs" }
>;

const FOLDER = "access-point";

/** A file system of the platform's own: tasks run as root and as any other user, and each is who it is. */
export function createFiles(
  scope: Construct,
  { settings, network, identity, nodeSecurityGroupId }: ScratchInputs,
  { permissions, throughputMode }: Efs,
): Omit<Scratch, "kind"> {
  const { accountId, cluster, computeEnv, region, retain } = settings;
  const partition = partitionOf(region);
  const { build, buildArm64 } = cluster.nodeGroups;
  const name = storageName(settings);
  const { volumeHandles, dependsOn } = createSharedFolders(scope, {
    name,
    description: "EFS mount targets of pipelines",
    folders: { [FOLDER]: { name, path: SCRATCH_PATH, permissions } },
    throughputMode,
    // Its files do not live long: no second storage class, and no backup.
    infrequentAccessAfterDays: "never",
    kmsKeyArn: createStorageKey(scope, settings),
    vpcId: network.vpcId,
    subnetIds: network.privateSubnetIds,
    sourceSecurityGroupId: network.clusterSecurityGroupId,
    // Nodes that are given may be those: builds have no taint.
    buildSecurityGroupId:
      computeEnv.nodes.kind === "existing" &&
      (build ?? buildArm64) !== undefined
        ? network.buildSecurityGroupId
        : undefined,
    clientSecurityGroupIds: clientSecurityGroupsOf(settings),
    nodeSecurityGroupIds:
      nodeSecurityGroupId === undefined
        ? {}
        : { "compute-nodes": nodeSecurityGroupId },
    policyOf: (fileSystem, [accessPoint = ""]) =>
      readPolicy("efs/scratch.json", partition, {
        FILE_SYSTEM_ARN: fileSystem,
        ACCESS_POINT_ARN: accessPoint,
        // Of a driver that is not ours the role is not known: any of this account that signs, as the driver's agents do.
        MOUNT_ROLE_ARN: hasOurDriver(settings)
          ? efsCsiNodeRoleArn(settings)
          : `arn:${partition}:iam::${accountId}:role/*`,
      }),
    lookUpBy: lookUpBy(
      settings,
      identity,
      namesOf(settings).iam("compute-env-files"),
    ),
    partition,
    retain,
  });
  return { volumeHandle: volumeHandles[FOLDER], dependsOn };
}
