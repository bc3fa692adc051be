import { EfsFileSystemPolicy } from "@cdktf/provider-aws/lib/efs-file-system-policy";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";
import { type AwsPartition } from "../../lib/aws-partition";
import { type PolicyDocument, policyJson, readPolicy } from "../../lib/policy";
import {
  StoreSecurityGroup,
  type StoreSecurityGroupProps,
} from "../network/store-security-group";
import { EfsAccessPoint, type EfsAccessPointProps } from "./efs-access-point";
import { EfsFileSystem, type EfsFileSystemProps } from "./efs-file-system";

/** A folder of the file system, with an access point of its own. */
export type Folder = Omit<EfsAccessPointProps, "fileSystemId">;

/** Properties of `createSharedFolders`. */
export interface SharedFoldersProps
  extends
    Omit<EfsFileSystemProps, "securityGroupId">,
    Omit<StoreSecurityGroupProps, "port"> {
  /** By id of the access point. */
  readonly folders: Readonly<Record<string, Folder>>;
  /** Who may mount: policy of the file system, by ARNs of it and of its access points. */
  readonly policyOf: (
    fileSystemArn: string,
    accessPointArns: string[],
  ) => PolicyDocument;
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

/** Folders, as volumes of Kubernetes name them. */
export interface SharedFolders {
  /** ARN of the file system. */
  readonly arn: string;
  /** File system and access point of each folder: `fs-…::fsap-…`. */
  readonly volumeHandles: Readonly<Record<string, string>>;
  /** Who mounts waits for these, and lets go before they do. */
  readonly dependsOn: readonly ITerraformDependable[];
}

const NFS_PORT = 2049;

/** A file system of its own, entered through the access points of its folders and no other way. */
export function createSharedFolders(
  scope: Construct,
  props: SharedFoldersProps,
): SharedFolders {
  const { securityGroupId } = new StoreSecurityGroup(scope, "file-access", {
    ...props,
    port: NFS_PORT,
  });
  const { fileSystemId, arn, mountTargets } = new EfsFileSystem(
    scope,
    "file-system",
    { ...props, securityGroupId },
  );
  const accessPoints = Object.entries(props.folders).map(
    ([id, folder]) =>
      [id, new EfsAccessPoint(scope, id, { ...folder, fileSystemId })] as const,
  );
  const policy = new EfsFileSystemPolicy(scope, "file-policy", {
    fileSystemId,
    policy: policyJson(
      props.policyOf(
        arn,
        accessPoints.map(([, point]) => point.arn),
      ),
    ),
  });
  return {
    arn,
    volumeHandles: Object.fromEntries(
      accessPoints.map(([id, { accessPointId }]) => [
        id,
        `${fileSystemId}::${accessPointId}`,
      ]),
    ),
    dependsOn: [...mountTargets, policy, ...letLookUp(scope, props, arn)],
  };
}

const letLookUp = (
  scope: Construct,
  { lookUpBy, partition = "aws" }: SharedFoldersProps,
  fileSystemArn: string,
): ITerraformDependable[] =>
  lookUpBy === undefined
    ? []
    : [
        new IamRolePolicy(scope, "csi-node-policy", {
          name: lookUpBy.policyName,
          role: lookUpBy.roleName,
          policy: policyJson(
            readPolicy("efs-csi/mount-targets.json", partition, {
              FILE_SYSTEM_ARN: fileSystemArn,
            }),
          ),
        }),
      ];
