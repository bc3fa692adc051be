import { BackupPlan } from "@cdktf/provider-aws/lib/backup-plan";
import { BackupSelection } from "@cdktf/provider-aws/lib/backup-selection";
import { BackupVault } from "@cdktf/provider-aws/lib/backup-vault";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { partitionOf } from "../lib/aws-partition";
import { policyJson, readPolicy } from "../lib/policy";

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
  readonly region: string;
  /** The role AWS Backup works with. */
  readonly role: {
    /** Name: unique per account. */
    readonly name: string;
    readonly path: string;
    /** Permissions boundary, if the organization wants one. */
    readonly permissionsBoundaryArn?: string | undefined;
  };
  /**
   * Keep the vault and what is in it. Otherwise a destroy deletes the recovery points too (DEC-03).
   * @default true
   */
  readonly retain?: boolean;
}

/** After the nightly export of SurrealDB (BAK-05), so that the copy holds the newest one's source. UTC. */
const DAILY = "cron(0 5 ? * * *)";

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
    });
  }

  /** The service's own role stays beside it (DEC-10). It can back up and not restore: whoever restores brings a role. */
  private createRole({ role, region }: DailyBackupProps): IamRole {
    const partition = partitionOf(region);
    const created = new IamRole(this, "role", {
      name: role.name,
      path: role.path,
      permissionsBoundary: role.permissionsBoundaryArn,
      assumeRolePolicy: policyJson(
        readPolicy("backup/trust.json", partition, {}),
      ),
      tags: { Name: role.name },
    });
    new IamRolePolicyAttachment(this, "role-backup", {
      role: created.name,
      policyArn: `arn:${partition}:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup`,
    });
    return created;
  }
}
