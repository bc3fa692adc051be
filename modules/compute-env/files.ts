import { EfsFileSystemPolicy } from "@cdktf/provider-aws/lib/efs-file-system-policy";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";
import { EfsAccessPoint } from "../aws/efs/efs-access-point";
import { EfsFileSystem } from "../aws/efs/efs-file-system";
import { StoreSecurityGroup } from "../aws/network/store-security-group";
import { efsCsiNodeRoleArn } from "../core/controllers/efs-csi-driver";
import {
  clientSecurityGroupsOf,
  controllersOf,
} from "../core/controllers/given";
import { partitionOf } from "../lib/aws-partition";
import { namesOf } from "../lib/names";
import { policyJson, readPolicy } from "../lib/policy";
import { SCRATCH_PATH, storageName } from "./names";
import { type Scratch, type ScratchInputs } from "./scratch-inputs";
import { type ComputeEnvSettings } from "./settings/schema";
import { createStorageKey } from "./storage-key";

type Efs = Extract<
  ComputeEnvSettings["computeEnv"]["storage"],
  { readonly kind: "efs" }
>;

const NFS_PORT = 2049;

/**
 * A file system of its own: tasks run as root and as any other user, so root is let in and nobody is made somebody else. Its
 * files do not live long, so that it has no backup and no second storage class.
 */
export function createFiles(
  scope: Construct,
  inputs: ScratchInputs,
  { permissions, throughputMode }: Efs,
): Omit<Scratch, "kind"> {
  const { settings, network } = inputs;
  const name = storageName(settings);
  const fileSystem = new EfsFileSystem(scope, "file-system", {
    name,
    subnetIds: network.privateSubnetIds,
    securityGroupId: createAccess(scope, inputs),
    kmsKeyArn: createStorageKey(scope, settings),
    throughputMode,
    infrequentAccessAfterDays: "never",
    retain: settings.retain,
  });
  const { fileSystemId, mountTargets } = fileSystem;
  const accessPoint = new EfsAccessPoint(scope, "access-point", {
    name,
    fileSystemId,
    path: SCRATCH_PATH,
    permissions,
  });
  return {
    volumeHandle: `${fileSystemId}::${accessPoint.accessPointId}`,
    dependsOn: [
      ...mountTargets,
      allowOnly(scope, settings, fileSystem, accessPoint),
      ...letDriverFindMountTargets(scope, inputs, fileSystem),
    ],
  };
}

/** The group of the mount targets. Nodes mount, not pods. */
function createAccess(
  scope: Construct,
  { settings, network, nodeSecurityGroupId }: ScratchInputs,
): string {
  const { build, buildArm64 } = settings.cluster.nodeGroups;
  const anyNode = settings.computeEnv.nodes.kind === "existing";
  return new StoreSecurityGroup(scope, "file-access", {
    name: storageName(settings),
    description: "EFS mount targets of pipelines",
    vpcId: network.vpcId,
    port: NFS_PORT,
    sourceSecurityGroupId: network.clusterSecurityGroupId,
    // Nodes that are given may be those: builds have no taint.
    buildSecurityGroupId:
      anyNode && (build ?? buildArm64) !== undefined
        ? network.buildSecurityGroupId
        : undefined,
    clientSecurityGroupIds: clientSecurityGroupsOf(settings),
    nodeSecurityGroupIds:
      nodeSecurityGroupId === undefined
        ? {}
        : { "compute-nodes": nodeSecurityGroupId },
  }).securityGroupId;
}

/** Of a driver that is not ours the role is not known: then any of this account that signs, as the driver's agents do. */
function allowOnly(
  scope: Construct,
  settings: ComputeEnvSettings,
  { fileSystemId, arn }: EfsFileSystem,
  accessPoint: EfsAccessPoint,
): ITerraformDependable {
  const { accountId, region } = settings;
  const partition = partitionOf(region);
  return new EfsFileSystemPolicy(scope, "file-policy", {
    fileSystemId,
    policy: policyJson(
      readPolicy("efs/scratch.json", partition, {
        FILE_SYSTEM_ARN: arn,
        ACCESS_POINT_ARN: accessPoint.arn,
        MOUNT_ROLE_ARN:
          controllersOf(settings).efsCsiDriver === "ours"
            ? efsCsiNodeRoleArn(settings)
            : `arn:${partition}:iam::${accountId}:role/*`,
      }),
    ),
  });
}

/** Our driver's agents look up mount targets where DNS has none, and may do so for file systems that are named only. */
function letDriverFindMountTargets(
  scope: Construct,
  { settings, identity }: ScratchInputs,
  { arn }: EfsFileSystem,
): ITerraformDependable[] {
  if (controllersOf(settings).efsCsiDriver !== "ours") return [];
  return [
    new IamRolePolicy(scope, "csi-node-policy", {
      name: namesOf(settings).iam("compute-env-files"),
      role: identity.efsCsiNodeRoleName,
      policy: policyJson(
        readPolicy("efs-csi/mount-targets.json", partitionOf(settings.region), {
          FILE_SYSTEM_ARN: arn,
        }),
      ),
    }),
  ];
}
