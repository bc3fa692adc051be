import {
  type Answer,
  type Call,
  type ServiceGaps,
  AwsError,
  jsonAnswer,
  jsonOf,
} from "./call";
import { type World, arnIn, nextId, now } from "./world";

interface Vault {
  readonly BackupVaultName: string;
  readonly BackupVaultArn: string;
  readonly CreationDate: number;
  readonly EncryptionKeyArn?: string;
  readonly points: Map<string, Record<string, unknown>>;
  policy?: string;
}

interface Plan {
  readonly BackupPlanId: string;
  readonly BackupPlanArn: string;
  VersionId: string;
  BackupPlan: unknown;
  readonly selections: Map<string, unknown>;
}

interface BackupJob {
  readonly BackupVaultName: string;
  readonly ResourceArn: string;
  readonly IamRoleArn: string;
}

const missing = (what: string): AwsError =>
  new AwsError("ResourceNotFoundException", `${what} not found.`, 400);

function need<T>(map: ReadonlyMap<string, T>, key = ""): T {
  const value = map.get(key);
  if (value === undefined) throw missing(key);
  return value;
}

/** AWS Backup, wholly the lab's own: moto has no selections and no recovery points, and deletes full vaults. */
export function backupGaps(world: World): ServiceGaps {
  const vaults = new Map<string, Vault>();
  const plans = new Map<string, Plan>();
  const tags = new Map<string, Record<string, string>>();
  const vaultOf = ({ params }: Call): Vault => need(vaults, params.vault);
  const planOf = ({ params }: Call): Plan => need(plans, params.plan);

  return {
    service: "backup",
    errors: "json",
    operations: [
      {
        name: "CreateBackupVault",
        route: "PUT /backup-vaults/{vault}",
        answer: (call) => {
          const name = call.params.vault ?? "";
          if (vaults.has(name))
            throw new AwsError("AlreadyExistsException", "Vault exists.");
          const input = jsonOf(call) as {
            EncryptionKeyArn?: string;
            BackupVaultTags?: Record<string, string>;
          };
          const vault: Vault = {
            BackupVaultName: name,
            BackupVaultArn: arnIn(world, "backup", `backup-vault:${name}`),
            CreationDate: now(),
            EncryptionKeyArn: input.EncryptionKeyArn,
            points: new Map(),
          };
          vaults.set(name, vault);
          tags.set(vault.BackupVaultArn, input.BackupVaultTags ?? {});
          return jsonAnswer(shown(vault));
        },
      },
      {
        name: "ListBackupVaults",
        route: "GET /backup-vaults",
        answer: () =>
          jsonAnswer({ BackupVaultList: [...vaults.values()].map(shown) }),
      },
      {
        name: "DescribeBackupVault",
        route: "GET /backup-vaults/{vault}",
        answer: (call) => jsonAnswer(shown(vaultOf(call))),
      },
      {
        name: "DeleteBackupVault",
        route: "DELETE /backup-vaults/{vault}",
        answer: (call) => {
          const vault = vaultOf(call);
          if (vault.points.size > 0)
            throw new AwsError(
              "InvalidRequestException",
              "Backup vault cannot be deleted because it contains recovery points.",
            );
          vaults.delete(vault.BackupVaultName);
          return jsonAnswer({});
        },
      },
      {
        name: "PutBackupVaultAccessPolicy",
        route: "PUT /backup-vaults/{vault}/access-policy",
        answer: (call) => {
          vaultOf(call).policy = (jsonOf(call) as { Policy: string }).Policy;
          return jsonAnswer({});
        },
      },
      {
        name: "GetBackupVaultAccessPolicy",
        route: "GET /backup-vaults/{vault}/access-policy",
        answer: (call) => {
          const vault = vaultOf(call);
          if (vault.policy === undefined) throw missing("Policy");
          return jsonAnswer({ ...shown(vault), Policy: vault.policy });
        },
      },
      {
        name: "DeleteBackupVaultAccessPolicy",
        route: "DELETE /backup-vaults/{vault}/access-policy",
        answer: (call) => {
          vaultOf(call).policy = undefined;
          return jsonAnswer({});
        },
      },
      {
        name: "ListRecoveryPointsByBackupVault",
        route: "GET /backup-vaults/{vault}/recovery-points",
        answer: (call) =>
          jsonAnswer({ RecoveryPoints: [...vaultOf(call).points.values()] }),
      },
      {
        name: "DescribeRecoveryPoint",
        route: "GET /backup-vaults/{vault}/recovery-points/{point+}",
        answer: (call) =>
          jsonAnswer(need(vaultOf(call).points, call.params.point)),
      },
      {
        name: "DeleteRecoveryPoint",
        route: "DELETE /backup-vaults/{vault}/recovery-points/{point+}",
        answer: (call) => {
          if (!vaultOf(call).points.delete(call.params.point ?? ""))
            throw missing("Recovery point");
          return jsonAnswer({});
        },
      },
      {
        name: "StartBackupJob",
        route: "PUT /backup-jobs",
        answer: (call) => startJob(world, vaults, jsonOf(call) as BackupJob),
      },
      {
        name: "CreateBackupPlan",
        route: "PUT /backup/plans",
        answer: (call) => {
          const input = jsonOf(call) as {
            BackupPlan: unknown;
            BackupPlanTags?: Record<string, string>;
          };
          const id = nextId(36);
          const plan: Plan = {
            BackupPlanId: id,
            BackupPlanArn: arnIn(world, "backup", `backup-plan:${id}`),
            VersionId: nextId(12),
            BackupPlan: input.BackupPlan,
            selections: new Map(),
          };
          plans.set(id, plan);
          tags.set(plan.BackupPlanArn, input.BackupPlanTags ?? {});
          return jsonAnswer(shownPlan(plan));
        },
      },
      {
        name: "ListBackupPlans",
        route: "GET /backup/plans",
        answer: () =>
          jsonAnswer({ BackupPlansList: [...plans.values()].map(shownPlan) }),
      },
      {
        name: "GetBackupPlan",
        route: "GET /backup/plans/{plan}",
        answer: (call) => jsonAnswer(shownPlan(planOf(call))),
      },
      {
        name: "UpdateBackupPlan",
        route: "POST /backup/plans/{plan}",
        answer: (call) => {
          const plan = planOf(call);
          plan.BackupPlan = (
            jsonOf(call) as { BackupPlan: unknown }
          ).BackupPlan;
          plan.VersionId = nextId(12);
          return jsonAnswer(shownPlan(plan));
        },
      },
      {
        name: "DeleteBackupPlan",
        route: "DELETE /backup/plans/{plan}",
        answer: (call) => {
          const plan = planOf(call);
          if (plan.selections.size > 0)
            throw new AwsError(
              "InvalidRequestException",
              "Related backup plan selections must be deleted prior to backup plan deletion",
            );
          plans.delete(plan.BackupPlanId);
          return jsonAnswer(shownPlan(plan));
        },
      },
      {
        name: "CreateBackupSelection",
        route: "PUT /backup/plans/{plan}/selections",
        answer: (call) => {
          const SelectionId = nextId(36);
          const { BackupSelection } = jsonOf(call) as {
            BackupSelection: unknown;
          };
          const selection = {
            SelectionId,
            BackupPlanId: call.params.plan,
            CreationDate: now(),
            BackupSelection,
          };
          planOf(call).selections.set(SelectionId, selection);
          return jsonAnswer(selection);
        },
      },
      {
        name: "GetBackupSelection",
        route: "GET /backup/plans/{plan}/selections/{selection}",
        answer: (call) =>
          jsonAnswer(need(planOf(call).selections, call.params.selection)),
      },
      {
        name: "DeleteBackupSelection",
        route: "DELETE /backup/plans/{plan}/selections/{selection}",
        answer: (call) => {
          planOf(call).selections.delete(call.params.selection ?? "");
          return jsonAnswer({});
        },
      },
      {
        name: "ListTags",
        route: "GET /tags/{arn+}",
        answer: ({ params }) =>
          jsonAnswer({ Tags: tags.get(params.arn ?? "") ?? {} }),
      },
      {
        name: "TagResource",
        route: "POST /tags/{arn+}",
        answer: (call) => {
          const { arn = "" } = call.params;
          const { Tags } = jsonOf(call) as { Tags: Record<string, string> };
          tags.set(arn, { ...tags.get(arn), ...Tags });
          return jsonAnswer({});
        },
      },
      {
        name: "UntagResource",
        route: "POST /untag/{arn+}",
        answer: (call) => {
          const { arn = "" } = call.params;
          const { TagKeyList } = jsonOf(call) as { TagKeyList: string[] };
          const kept = Object.entries(tags.get(arn) ?? {}).filter(
            ([key]) => !TagKeyList.includes(key),
          );
          tags.set(arn, Object.fromEntries(kept));
          return jsonAnswer({});
        },
      },
    ],
  };
}

function startJob(
  world: World,
  vaults: ReadonlyMap<string, Vault>,
  { BackupVaultName, ResourceArn, IamRoleArn }: BackupJob,
): Answer {
  const vault = need(vaults, BackupVaultName);
  const RecoveryPointArn = arnIn(
    world,
    "backup",
    `recovery-point:${nextId(36)}`,
  );
  vault.points.set(RecoveryPointArn, {
    RecoveryPointArn,
    BackupVaultName,
    BackupVaultArn: vault.BackupVaultArn,
    ResourceArn,
    ResourceType: "EFS",
    IamRoleArn,
    Status: "COMPLETED",
    CreationDate: now(),
  });
  return jsonAnswer({ BackupJobId: nextId(36), RecoveryPointArn });
}

function shown(vault: Vault): object {
  return {
    ...vault,
    points: undefined,
    policy: undefined,
    NumberOfRecoveryPoints: vault.points.size,
    Locked: false,
  };
}

function shownPlan(plan: Plan): object {
  return { ...plan, selections: undefined, CreationDate: now() };
}
