import {
  type Answer,
  type Call,
  type Operation,
  AwsError,
  jsonAnswer,
  jsonOf,
} from "../call";
import { restoreOperations } from "./restore-jobs";
import { type BackupTags, type Vault, missing, need } from "./store";
import { type World, arnIn, nextId, now } from "../world";

interface BackupJob {
  readonly BackupVaultName: string;
  readonly ResourceArn: string;
  readonly IamRoleArn: string;
}

export function vaultOperations(world: World, tags: BackupTags): Operation[] {
  const vaults = new Map<string, Vault>();
  const vaultOf = ({ params }: Call): Vault => need(vaults, params.vault);
  return [
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
    ...restoreOperations(world, vaults),
    {
      name: "ListBackupJobs",
      route: "GET /backup-jobs",
      // A job that is started has ended well: what it made is a recovery point.
      answer: () => jsonAnswer({ BackupJobs: [] }),
    },
    {
      name: "StartBackupJob",
      route: "PUT /backup-jobs",
      answer: (call) => startJob(world, vaults, jsonOf(call) as BackupJob),
    },
  ];
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
    BackupSizeInBytes: 6144,
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
