import { BackupPlan } from "@cdktf/provider-aws/lib/backup-plan";
import { BackupSelection } from "@cdktf/provider-aws/lib/backup-selection";
import { BackupVault } from "@cdktf/provider-aws/lib/backup-vault";
import { Construct } from "constructs";
import { type AwsPartition } from "../../lib/aws-partition";
import { type RoleOptions } from "../iam/role";
import { ServiceRole } from "../iam/service-role";

/** Properties of `DailyBackup`. */
export interface DailyBackupProps {
  /** Name of vault, plan and selection. */
  readonly name: string;
  /** ARNs of what is backed up. */
  readonly resourceArns: readonly string[];
  /** Customer managed key of the vault. AWS Backup cannot change it later. */
  readonly kmsKeyArn: string;
  /**
   * Days to keep a recovery point.
   * @default 35
   */
  readonly retentionDays?: number;
  /**
   * When, as a cron expression of AWS, in UTC.
   * @default "cron(0 5 ? * * *)"
   */
  readonly schedule?: string;
  /**
   * Name of the role that AWS Backup works with: unique in the account, at most 64 characters.
   * @default `<name>-backup`
   */
  readonly roleName?: string;
  /**
   * Path and permissions boundary of that role.
   * @default path "/", no boundary
   */
  readonly iam?: RoleOptions;
  /**
   * Partition of the region.
   * @default "aws"
   */
  readonly partition?: AwsPartition;
  /**
   * Keep the vault and what is in it. Otherwise a destroy deletes the recovery points too.
   * @default true
   */
  readonly retain?: boolean;
}

/** Minutes. The provider's default of three hours cancels the first backup of a large file system, day after day. */
const MAY_TAKE = 7 * 24 * 60;

/** Vault, daily plan, and the selection that puts resources under it. About $0.05 per GB and month. */
export class DailyBackup extends Construct {
  /** Name of the vault, which metrics name. */
  readonly vaultName: string;

  constructor(scope: Construct, id: string, props: DailyBackupProps) {
    super(scope, id);
    const vault = this.createVault(props);
    const plan = this.createPlan(vault, props);
    this.selectResources(plan, props);
    this.vaultName = vault.name;
  }

  private createVault({
    name,
    kmsKeyArn,
    retain = true,
  }: DailyBackupProps): BackupVault {
    return new BackupVault(this, "Default", {
      name,
      kmsKeyArn,
      forceDestroy: !retain,
      tags: { Name: name },
      lifecycle: { preventDestroy: retain },
    });
  }

  private createPlan(
    vault: BackupVault,
    {
      name,
      retentionDays = 35,
      schedule = "cron(0 5 ? * * *)",
    }: DailyBackupProps,
  ): BackupPlan {
    return new BackupPlan(this, "plan", {
      name,
      rule: [
        {
          ruleName: "daily",
          targetVaultName: vault.name,
          schedule,
          completionWindow: MAY_TAKE,
          lifecycle: { deleteAfter: retentionDays },
        },
      ],
      tags: { Name: name },
    });
  }

  private selectResources(plan: BackupPlan, props: DailyBackupProps): void {
    const role = this.createRole(props);
    new BackupSelection(this, "selection", {
      name: props.name,
      planId: plan.id,
      iamRoleArn: role.arn,
      resources: [...props.resourceArns],
      dependsOn: [...role.permissions],
    });
  }

  /** It can back up and not restore: whoever restores brings a role. */
  private createRole(props: DailyBackupProps): ServiceRole {
    const { name, roleName = `${name}-backup`, partition, iam } = props;
    return new ServiceRole(this, "role", {
      ...iam,
      name: roleName,
      description: "Makes the daily backups",
      service: "backup.amazonaws.com",
      partition,
      managedPolicies: ["service-role/AWSBackupServiceRolePolicyForBackup"],
    });
  }
}
