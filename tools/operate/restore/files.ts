import {
  BackupClient,
  DescribeRestoreJobCommand,
  ListRecoveryPointsByBackupVaultCommand,
  type RecoveryPointByBackupVault,
  StartRestoreJobCommand,
} from "@aws-sdk/client-backup";
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { partitionOf } from "../../../modules/lib/aws-partition";
import { policyJson, readPolicy } from "../../../modules/lib/policy";
import { ProblemReport } from "../../../modules/lib/problem";
import { type AwsAccess } from "../aws/clients";
import { errorName } from "../aws/errors";
import { type Step } from "./steps";
import { type RecoveryPoint, type RestorePlan, type Store } from "./store";
import { waitFor } from "./wait";

/** A file system with a vault of its own. */
export interface FilesInputs {
  /** Name on the command line. */
  readonly store: string;
  readonly aws: AwsAccess;
  /** Name of the vault, and Name tag of the file system. */
  readonly name: string;
  /** Name of the role that exists while files are restored. */
  readonly roleName: string;
  readonly iam: {
    readonly path: string;
    readonly permissionsBoundaryArn?: string;
  };
}

/**
 * Files come back into the living file system, in a folder of its own: nothing is overwritten, and nobody is interrupted. AWS
 * Backup works as a role that may restore into this one file system, and that exists for this restore only: a standing one
 * would wait for years for whoever may pass it.
 */
export function filesStore(inputs: FilesInputs): Store {
  const backup = inputs.aws.client(BackupClient);
  return {
    name: inputs.store,
    what: `files of ${inputs.name}`,
    points: async () => (await found(backup, inputs.name)).map(pointOf),
    plan: async ({ from, stamp }) => {
      const point = (await found(backup, inputs.name)).find(
        ({ RecoveryPointArn }) => RecoveryPointArn === from,
      );
      if (point === undefined)
        throw new ProblemReport("restore", [
          {
            path: "--from",
            given: `${from}, which the vault ${inputs.name} does not have`,
            allowed: "the ARN of a recovery point of that vault, or latest",
            fix: "name one that --list shows",
          },
        ]);
      return planOf(inputs, backup, point, stamp);
    },
  };
}

/** Newest first; none where there is no vault. */
async function found(
  backup: BackupClient,
  vault: string,
): Promise<RecoveryPointByBackupVault[]> {
  const points: RecoveryPointByBackupVault[] = [];
  let NextToken: string | undefined;
  do {
    try {
      const page = await backup.send(
        new ListRecoveryPointsByBackupVaultCommand({
          BackupVaultName: vault,
          NextToken,
        }),
      );
      points.push(...(page.RecoveryPoints ?? []));
      NextToken = page.NextToken;
    } catch (error) {
      // AWS Backup says so of a vault that is not there.
      if (/^(ResourceNotFound|AccessDenied)/.test(errorName(error))) return [];
      throw error;
    }
  } while (NextToken !== undefined);
  return points.sort(
    (a, b) =>
      (b.CreationDate?.getTime() ?? 0) - (a.CreationDate?.getTime() ?? 0),
  );
}

const pointOf = (point: RecoveryPointByBackupVault): RecoveryPoint => ({
  id: point.RecoveryPointArn ?? "",
  at: point.CreationDate ?? new Date(0),
  size:
    point.BackupSizeInBytes === undefined
      ? "unknown"
      : `${(point.BackupSizeInBytes / 2 ** 20).toFixed(1)} MiB`,
  state: point.Status ?? "unknown",
  usable: point.Status === "COMPLETED",
});

function planOf(
  inputs: FilesInputs,
  backup: BackupClient,
  point: RecoveryPointByBackupVault,
  stamp: string,
): RestorePlan {
  const fileSystem = String(point.ResourceArn).replace(/^.*\//, "");
  return {
    interrupts: "Nobody. It takes minutes, and hours for many files.",
    loses:
      "Nothing: the files come into a new folder aws-backup-restore_… in the root of the file system.",
    then: `Move what you miss out of the folder aws-backup-restore_… of ${fileSystem}, from a node or an instance that mounts its root, and remove the folder.`,
    steps: [
      makeRole(inputs, point),
      restoreFiles(inputs, backup, { point, fileSystem, stamp }),
      removeRole(inputs),
    ],
  };
}

const POLICY = "restore";

/** Again is harmless: a role that is there already gets the same permissions. */
const makeRole = (
  { aws, roleName, iam }: FilesInputs,
  point: RecoveryPointByBackupVault,
): Step => ({
  id: "role",
  does: `make the role ${roleName} for AWS Backup, for this restore only`,
  run: async () => {
    const client = aws.client(IAMClient);
    const partition = partitionOf(aws.region);
    await client
      .send(
        new CreateRoleCommand({
          RoleName: roleName,
          Path: iam.path,
          PermissionsBoundary: iam.permissionsBoundaryArn,
          Description: "Puts files back from a backup",
          AssumeRolePolicyDocument: policyJson(
            readPolicy("service-role/trust.json", partition, {
              SERVICE: "backup.amazonaws.com",
            }),
          ),
          Tags: [{ Key: "Name", Value: roleName }],
        }),
      )
      .catch(unless("EntityAlreadyExists"));
    await client.send(
      new PutRolePolicyCommand({
        RoleName: roleName,
        PolicyName: POLICY,
        PolicyDocument: policyJson(
          readPolicy("backup/restore-files.json", partition, {
            FILE_SYSTEM_ARN: point.ResourceArn ?? "",
            KEY_ARN: point.EncryptionKeyArn ?? keysOf(aws),
          }),
        ),
      }),
    );
  },
});

/** Where a recovery point does not say its key. */
const keysOf = ({ region, accountId }: AwsAccess): string =>
  `arn:${partitionOf(region)}:kms:${region}:${accountId}:key/*`;

const unless =
  (name: string) =>
  (error: unknown): undefined => {
    if (errorName(error).startsWith(name)) return undefined;
    throw error;
  };

/** One token for one try: an interrupted run finds its job again instead of starting another. */
const restoreFiles = (
  inputs: FilesInputs,
  backup: BackupClient,
  {
    point,
    fileSystem,
    stamp,
  }: {
    readonly point: RecoveryPointByBackupVault;
    readonly fileSystem: string;
    readonly stamp: string;
  },
): Step => ({
  id: "job",
  does: `restore into ${fileSystem}`,
  run: async ({ record, note, say }) => {
    const tries = Number(record.facts.failedJobs ?? 0);
    const start = new StartRestoreJobCommand({
      RecoveryPointArn: point.RecoveryPointArn,
      IamRoleArn: roleArn(inputs),
      IdempotencyToken: `${stamp}-${tries}`,
      ResourceType: "EFS",
      Metadata: {
        "file-system-id": fileSystem,
        newFileSystem: "false",
        Encrypted: "true",
      },
    });
    const id = await waitFor("a role that AWS Backup can assume", 3, () =>
      backup.send(start).then(
        ({ RestoreJobId }) => RestoreJobId,
        // IAM takes some seconds to tell others of a role.
        (error: unknown) => {
          if (/assume/i.test(String(error))) return undefined;
          throw error;
        },
      ),
    );
    await waitFor(`the restore job ${id}`, 24 * 60, async () => {
      const job = await backup.send(
        new DescribeRestoreJobCommand({ RestoreJobId: id }),
      );
      say(`${job.Status ?? ""} ${job.PercentDone ?? ""}`);
      if (job.Status === "FAILED" || job.Status === "ABORTED") {
        note("failedJobs", String(tries + 1));
        throw new Error(
          `AWS Backup has not restored it (job ${id}): ${job.StatusMessage ?? job.Status}`,
        );
      }
      return job.Status === "COMPLETED" ? true : undefined;
    });
  },
});

const roleArn = ({ aws, roleName, iam }: FilesInputs): string =>
  `arn:${partitionOf(aws.region)}:iam::${aws.accountId}:role${iam.path}${roleName}`;

const removeRole = ({ aws, roleName }: FilesInputs): Step => ({
  id: "no-role",
  does: `remove the role ${roleName}`,
  run: async () => {
    const client = aws.client(IAMClient);
    await client
      .send(
        new DeleteRolePolicyCommand({ RoleName: roleName, PolicyName: POLICY }),
      )
      .catch(unless("NoSuchEntity"));
    await client
      .send(new DeleteRoleCommand({ RoleName: roleName }))
      .catch(unless("NoSuchEntity"));
  },
});
