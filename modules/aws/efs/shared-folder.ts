import { EfsFileSystemPolicy } from "@cdktf/provider-aws/lib/efs-file-system-policy";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";
import { type AwsPartition } from "../../lib/aws-partition";
import { policyJson, readPolicy } from "../../lib/policy";
import {
  StoreSecurityGroup,
  type StoreSecurityGroupProps,
} from "../network/store-security-group";
import { EfsAccessPoint } from "./efs-access-point";
import { EfsFileSystem, type EfsFileSystemProps } from "./efs-file-system";

/** Properties of `createSharedFolder`. */
export interface SharedFolderProps
  extends
    Omit<EfsFileSystemProps, "securityGroupId" | "infrequentAccessAfterDays">,
    Omit<StoreSecurityGroupProps, "port"> {
  /** Folder that clients see as the root; made at the first mount, and root's. */
  readonly path: string;
  /** Mode of the folder, such as `1777`. */
  readonly permissions: string;
  /** ARN of the role that mounts, or a pattern of such: every mount is signed. */
  readonly mountRoleArn: string;
  /**
   * Role that may look up the mount targets, and the name of its policy: agents do where DNS has none.
   * @default it may already
   */
  readonly lookUpBy?: {
    readonly roleName: string;
    readonly policyName: string;
  };
  /**
   * Partition of the region.
   * @default "aws"
   */
  readonly partition?: AwsPartition;
}

/** A folder, as a volume of Kubernetes names it. */
export interface SharedFolder {
  /** File system and access point: `fs-…::fsap-…`. */
  readonly volumeHandle: string;
  /** Who mounts waits for these, and lets go before they do. */
  readonly dependsOn: readonly ITerraformDependable[];
}

const NFS_PORT = 2049;

/**
 * A file system for pods of many users: each is who it is, root included, by one access point and no other way. Its files do
 * not live long, so that it has no backup and no second storage class.
 */
export function createSharedFolder(
  scope: Construct,
  props: SharedFolderProps,
): SharedFolder {
  const { name, path, permissions } = props;
  const { securityGroupId } = new StoreSecurityGroup(scope, "file-access", {
    ...props,
    port: NFS_PORT,
  });
  const fileSystem = new EfsFileSystem(scope, "file-system", {
    ...props,
    securityGroupId,
    infrequentAccessAfterDays: "never",
  });
  const { fileSystemId, mountTargets } = fileSystem;
  const accessPoint = new EfsAccessPoint(scope, "access-point", {
    name,
    fileSystemId,
    path,
    permissions,
  });
  return {
    volumeHandle: `${fileSystemId}::${accessPoint.accessPointId}`,
    dependsOn: [
      ...mountTargets,
      allowOnly(scope, props, fileSystem, accessPoint),
      ...letLookUp(scope, props, fileSystem),
    ],
  };
}

const allowOnly = (
  scope: Construct,
  { mountRoleArn, partition = "aws" }: SharedFolderProps,
  { fileSystemId, arn }: EfsFileSystem,
  accessPoint: EfsAccessPoint,
): ITerraformDependable =>
  new EfsFileSystemPolicy(scope, "file-policy", {
    fileSystemId,
    policy: policyJson(
      readPolicy("efs/scratch.json", partition, {
        FILE_SYSTEM_ARN: arn,
        ACCESS_POINT_ARN: accessPoint.arn,
        MOUNT_ROLE_ARN: mountRoleArn,
      }),
    ),
  });

const letLookUp = (
  scope: Construct,
  { lookUpBy, partition = "aws" }: SharedFolderProps,
  { arn }: EfsFileSystem,
): ITerraformDependable[] =>
  lookUpBy === undefined
    ? []
    : [
        new IamRolePolicy(scope, "csi-node-policy", {
          name: lookUpBy.policyName,
          role: lookUpBy.roleName,
          policy: policyJson(
            readPolicy("efs-csi/mount-targets.json", partition, {
              FILE_SYSTEM_ARN: arn,
            }),
          ),
        }),
      ];
