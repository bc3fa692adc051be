import { EfsFileSystem as AwsEfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

/** Properties of `EfsFileSystem`. */
export interface EfsFileSystemProps {
  /** Value of the Name tag. */
  readonly name: string;
  /** Private subnets that get a mount target, keyed by zone letter. */
  readonly subnetIds: Readonly<Record<string, string>>;
  /** Security group of the mount targets; it lets the nodes in on port 2049. */
  readonly securityGroupId: string;
  /** Customer managed key. EFS cannot change it later. */
  readonly kmsKeyArn: string;
  /**
   * `elastic` bills what is read and written; `bursting` grows with the amount stored.
   * @default "elastic"
   */
  readonly throughputMode?: "elastic" | "bursting";
  /**
   * Days without access before a file moves to Infrequent Access: 7, 14, 30, 60 or 90; `never` for files that do not live long.
   * @default 30
   */
  readonly infrequentAccessAfterDays?: number | "never";
  /**
   * Keep the data when the stack is destroyed.
   * @default true
   */
  readonly retain?: boolean;
}

/**
 * Encrypted regional file system with one mount target per zone. About $0.30 per GB and month
 * in us-east-1, $0.016 for files in Infrequent Access.
 */
export class EfsFileSystem extends Construct {
  /** Id, such as `fs-0123456789abcdef0`. */
  readonly fileSystemId: string;
  readonly arn: string;
  /** Who mounts waits for these, and lets go before they do. */
  readonly mountTargets: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: EfsFileSystemProps) {
    super(scope, id);
    const fileSystem = this.createFileSystem(props);
    this.mountTargets = this.createMountTargets(fileSystem, props);
    this.fileSystemId = fileSystem.id;
    this.arn = fileSystem.arn;
  }

  private createFileSystem(props: EfsFileSystemProps): AwsEfsFileSystem {
    const { name, kmsKeyArn, throughputMode = "elastic" } = props;
    const { infrequentAccessAfterDays = 30, retain = true } = props;
    return new AwsEfsFileSystem(this, "Default", {
      encrypted: true,
      kmsKeyId: kmsKeyArn,
      throughputMode,
      // One block per transition: the API takes a list of single steps.
      lifecyclePolicy:
        infrequentAccessAfterDays === "never"
          ? undefined
          : [
              {
                transitionToIa: `AFTER_${infrequentAccessAfterDays}_DAYS`,
              },
              { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" },
            ],
      tags: { Name: name },
      lifecycle: { preventDestroy: retain },
    });
  }

  private createMountTargets(
    fileSystem: AwsEfsFileSystem,
    { subnetIds, securityGroupId }: EfsFileSystemProps,
  ): EfsMountTarget[] {
    return Object.entries(subnetIds).map(
      ([zone, subnetId]) =>
        new EfsMountTarget(this, `mount-${zone}`, {
          fileSystemId: fileSystem.id,
          subnetId,
          securityGroups: [securityGroupId],
        }),
    );
  }
}
