import { backupService } from "../../../../../tools/lab/aws/services/backup/backup";
import { Client, errorOf, fakeMoto, world } from "../../support";

const metadata = {
  "file-system-id": "fs-1",
  newFileSystem: "false",
  Encrypted: "true",
};
let backup: Client;
let point: string;

beforeEach(async () => {
  jest.useFakeTimers({ doNotFake: ["nextTick", "setImmediate"] });
  backup = new Client(backupService(world));
  await backup.rest("PUT /backup-vaults/v", {});
  const made = (await backup.rest("PUT /backup-jobs", {
    BackupVaultName: "v",
    ResourceArn: "arn:aws:elasticfilesystem:eu-central-1:1:file-system/fs-1",
    IamRoleArn: "arn:aws:iam::1:role/r",
  })) as { RecoveryPointArn: string };
  point = made.RecoveryPointArn;
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const start = (change: object = {}) =>
  backup.rest("PUT /restore-jobs", {
    RecoveryPointArn: point,
    IamRoleArn: "arn:aws:iam::1:role/r",
    Metadata: metadata,
    ...change,
  }) as Promise<{ RestoreJobId: string }>;
const state = async (id: string) => {
  const { Status } = (await backup.rest(`GET /restore-jobs/${id}`)) as {
    Status: string;
  };
  return Status;
};

test("a job of a role that may is pending, runs and completes", async () => {
  fakeMoto((request) =>
    request.includes("GetRolePolicy")
      ? "elasticfilesystem%3ARestore"
      : "<member>p</member>",
  );
  const { RestoreJobId } = await start();
  expect(await state(RestoreJobId)).toBe("PENDING");
  jest.advanceTimersByTime(2000);
  expect(await state(RestoreJobId)).toBe("RUNNING");
  jest.advanceTimersByTime(10_000);
  expect(await state(RestoreJobId)).toBe("COMPLETED");
});

test("a role that may only back up fails the job", async () => {
  fakeMoto(() => "<PolicyArn>AWSBackupServiceRolePolicyForBackup</PolicyArn>");
  const { RestoreJobId } = await start();
  jest.advanceTimersByTime(2000);
  expect(await state(RestoreJobId)).toBe("FAILED");
});

test("one token is one job, and neither a point nor a file system that is not named is taken", async () => {
  fakeMoto(() => "AWSBackupServiceRolePolicyForRestores");
  const token = { IdempotencyToken: "once" };
  expect(await start(token)).toEqual(await start(token));
  expect(await errorOf(() => start({ RecoveryPointArn: `${point}0` }))).toMatch(
    /^ResourceNotFoundException/,
  );
  expect(await errorOf(() => start({ Metadata: {} }))).toMatch(
    /^InvalidParameterValueException/,
  );
});
