import { BackupPlan } from "@cdktf/provider-aws/lib/backup-plan";
import { BackupSelection } from "@cdktf/provider-aws/lib/backup-selection";
import { BackupVault } from "@cdktf/provider-aws/lib/backup-vault";
import { Construct } from "constructs";
import { type AwsPartition } from "../../lib/aws-partition";
import { type CoreSettings } from "../../core/settings/schema";
import { ServiceRole } from "../iam/service-role";

/** Properties of `DailyBackup`. */
export interface DailyBackupProps {
  /** Name of vault, plan and selection. */
  readonly name: string;
  /** ARNs of what is backed up. */
  readonly resourceArns: readonly string[];
  /** Days to keep a recovery point (BAK-01). */
  readonly retentionDays: number;
  /** Customer managed key of the vault (SEC-B39). */
  readonly kmsKeyArn: string;
  /** Name of the role that AWS Backup works with: unique per account. */
  readonly roleName: string;
  readonly partition: AwsPartition;
  /** Path and permissions boundary of the role. */
  readonly iam: CoreSettings["iam"];
  /**
   * Keep the vault and what is in it. Otherwise a destroy deletes the recovery points too (DEC-03).
   * @default true
   */
  readonly retain?: boolean;
}

/** 05:00 UTC: clear of the nightly export of SurrealDB (BAK-05), which reads the same files. */
const DAILY = "cron(0 5 ? * * *)";

/** Minutes. The provider's default of three hours cancels the first backup of a large file system, day after day. */
const MAY_TAKE = 7 * 24 * 60;

/** Vault, daily plan, and the selection that puts resources under it (SEC-B20). About $0.05 per GB and month. */
export class DailyBackup extends Construct {
  constructor(scope: Construct, id: string, props: DailyBackupProps) {
    super(scope, id);
    const vault = this.createVault(props);
    const plan = this.createPlan(vault, props);
    this.selectResources(plan, props);
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
    { name, retentionDays }: DailyBackupProps,
  ): BackupPlan {
    return new BackupPlan(this, "plan", {
      name,
      rule: [
        {
          ruleName: "daily",
          targetVaultName: vault.name,
          schedule: DAILY,
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
      dependsOn: [...role.rights],
    });
  }

  /** It can back up and not restore: whoever restores brings a role. */
  private createRole(props: DailyBackupProps): ServiceRole {
    return new ServiceRole(this, "role", {
      name: props.roleName,
      description: "Makes the daily backups",
      service: "backup.amazonaws.com",
      partition: props.partition,
      iam: props.iam,
      managedPolicies: ["service-role/AWSBackupServiceRolePolicyForBackup"],
    });
  }
}
