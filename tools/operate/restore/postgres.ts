import {
  CreateDBSnapshotCommand,
  type DBInstance,
  DeleteDBInstanceCommand,
  ModifyDBInstanceCommand,
  RDSClient,
  RestoreDBInstanceFromDBSnapshotCommand,
  RestoreDBInstanceToPointInTimeCommand,
} from "@aws-sdk/client-rds";
import { withinLimit } from "../../../modules/lib/names";
import { ProblemReport } from "../../../modules/lib/problem";
import { type AwsAccess } from "../aws/clients";
import { storedPassword } from "../aws/stored-password";
import { type Copy, removeCopy, runCopy } from "./copy-job";
import { instanceOf, postgresPoints, snapshotOf } from "./postgres-points";
import { type Step } from "./steps";
import { type RestorePlan, type Store } from "./store";
import { waitFor } from "./wait";
import { type Workload, startStep, stopStep } from "./workload";

/** A PostgreSQL of RDS, and who uses it. */
export interface PostgresInputs {
  /** Name on the command line. */
  readonly store: string;
  readonly aws: AwsAccess;
  /** Identifier of the living instance. */
  readonly name: string;
  /** Name tag of the secret that holds the password of its master. */
  readonly secretName: string;
  readonly users: Workload;
  /** What the pod that copies needs, but for hosts and user. */
  readonly copy: Pick<
    Copy,
    "login" | "namespace" | "nodeSelector" | "pullSecrets" | "ranges"
  > & { readonly databases: Copy["databases"] };
  /** Image with the programs of PostgreSQL, by the major of the living instance. */
  readonly image: (major: string) => string;
  /** What is done where no instance stands: by the settings. */
  readonly anew: (snapshot: string) => RestorePlan;
}

const NAME_LIMIT = 63;

/**
 * A restore of a database that stands: an instance of the past beside it, whose content is copied over. Nothing that Terraform
 * knows is replaced, so endpoint, password, backups and state stay as they are, and Wave is away only while it is copied.
 */
export function postgresStore(inputs: PostgresInputs): Store {
  const rds = inputs.aws.client(RDSClient);
  return {
    name: inputs.store,
    what: `PostgreSQL ${inputs.name}`,
    takesTime: true,
    points: () => postgresPoints(rds, inputs.name),
    plan: async ({ from, stamp, done }) => {
      // It made the database that stands now.
      if (done.includes("key")) return inputs.anew(from);
      const living = await instanceOf(rds, inputs.name);
      const isTime = isMoment(from);
      const snapshot = isTime ? undefined : await snapshotOf(rds, from);
      if (!isTime) refuseUnfit(inputs, from, snapshot, living);
      if (living === undefined) {
        if (isTime) throw nothingStands(inputs.name);
        return inputs.anew(from);
      }
      if (isTime) refuseBadMoment(from, living);
      return planOver(inputs, rds, { living, from, isTime, stamp });
    },
  };
}

/** `2026-01-31T12:00:00Z`. */
const isMoment = (from: string): boolean =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?Z$/.test(from);

const refuse = (given: string, allowed: string, fix: string): ProblemReport =>
  new ProblemReport("restore", [{ path: "--from", given, allowed, fix }]);

const nothingStands = (name: string): ProblemReport =>
  refuse(
    `a moment, and there is no database ${name}`,
    "a snapshot, where the database is gone",
    "name one that --list shows; backups that were retained are restored by the console",
  );

/** What RDS, or the copy, would refuse after half an hour. */
function refuseUnfit(
  { name }: PostgresInputs,
  from: string,
  snapshot: Awaited<ReturnType<typeof snapshotOf>>,
  living: DBInstance | undefined,
): void {
  if (snapshot === undefined)
    throw refuse(
      `${from}, which RDS does not know`,
      "a snapshot of this region, or a moment such as 2026-01-31T12:00:00Z",
      "name one that --list shows",
    );
  if (snapshot.Engine !== "postgres")
    throw refuse(
      `${from}, a snapshot of ${snapshot.Engine ?? "another engine"}`,
      "a snapshot of PostgreSQL",
      "name one that --list shows",
    );
  if (snapshot.Status !== "available")
    throw refuse(
      `${from}, which is ${snapshot.Status ?? "unknown"}`,
      "a snapshot that is available",
      "wait, or name another one",
    );
  if (
    living !== undefined &&
    majorOf(snapshot.EngineVersion) > majorOf(living.EngineVersion)
  )
    throw refuse(
      `${from}, of PostgreSQL ${snapshot.EngineVersion ?? "?"}, and ${name} runs ${living.EngineVersion ?? "?"}`,
      "a snapshot of the same major, or an older one",
      "raise engineVersion in the settings and deploy, then restore",
    );
}

const majorOf = (version = "0"): number => Number(version.split(".")[0]);

function refuseBadMoment(from: string, living: DBInstance): void {
  const latest = living.LatestRestorableTime;
  const at = Date.parse(from);
  const first = Math.max(
    living.InstanceCreateTime?.getTime() ?? 0,
    Date.now() - (living.BackupRetentionPeriod ?? 0) * 86_400_000,
  );
  if (latest !== undefined && at >= first && at <= latest.getTime()) return;
  throw refuse(
    from,
    latest === undefined
      ? "a snapshot: backups are off"
      : `a moment from ${new Date(first).toISOString()} to ${latest.toISOString()}`,
    "name one in between, or a snapshot that --list shows",
  );
}

interface Over {
  readonly living: DBInstance;
  readonly from: string;
  readonly isTime: boolean;
  readonly stamp: string;
}

function planOver(
  inputs: PostgresInputs,
  rds: RDSClient,
  over: Over,
): RestorePlan {
  const { name, users } = inputs;
  const past = withinLimit(`${name}-past-${over.stamp}`, NAME_LIMIT);
  const kept = `${name}-before-${over.stamp}`;
  return {
    interrupts: `${users.what} is away from step 4 to step 6: minutes, and longer for a large database. Before that, nothing; making the instance of the past takes RDS 10 to 40 minutes.`,
    loses: `What was written to ${name} after ${over.from}. It stays in the snapshot ${kept}.`,
    then: `The snapshot ${kept} stays until you delete it.`,
    steps: [
      keepLiving(rds, name, kept),
      makePast(rds, past, over),
      samePassword(inputs, rds, past),
      stopStep(users),
      copyContent(inputs, rds, past, over.living),
      startStep(users),
      removePast(inputs, rds, past, over.living),
    ],
  };
}

const keepLiving = (rds: RDSClient, name: string, kept: string): Step => ({
  id: "keep",
  does: `keep what is there, as the snapshot ${kept}`,
  run: async () => {
    if ((await snapshotOf(rds, kept)) === undefined)
      await rds.send(
        new CreateDBSnapshotCommand({
          DBInstanceIdentifier: name,
          DBSnapshotIdentifier: kept,
        }),
      );
    await waitFor(`the snapshot ${kept}`, 120, async () =>
      (await snapshotOf(rds, kept))?.Status === "available" ? true : undefined,
    );
  },
});

/** In the living one's subnets and security group: the same pods reach it, and nobody else. */
function makePast(
  rds: RDSClient,
  past: string,
  { living, from, isTime }: Over,
): Step {
  const place = {
    DBInstanceClass: living.DBInstanceClass,
    DBSubnetGroupName: living.DBSubnetGroup?.DBSubnetGroupName,
    VpcSecurityGroupIds: (living.VpcSecurityGroups ?? []).flatMap(
      ({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? [],
    ),
    PubliclyAccessible: false,
    MultiAZ: false,
    DeletionProtection: false,
    Tags: [{ Key: "Name", Value: past }],
  };
  return {
    id: "past",
    does: `make the instance ${past} of ${from}`,
    run: async ({ say }) => {
      if ((await instanceOf(rds, past)) === undefined) {
        if (isTime)
          await rds.send(
            new RestoreDBInstanceToPointInTimeCommand({
              ...place,
              SourceDBInstanceIdentifier: living.DBInstanceIdentifier,
              TargetDBInstanceIdentifier: past,
              RestoreTime: new Date(from),
            }),
          );
        else
          await rds.send(
            new RestoreDBInstanceFromDBSnapshotCommand({
              ...place,
              DBInstanceIdentifier: past,
              DBSnapshotIdentifier: from,
            }),
          );
      }
      await isAvailable(rds, past, say);
    },
  };
}

const isAvailable = (
  rds: RDSClient,
  name: string,
  say: (text: string) => void,
): Promise<true> =>
  waitFor(`the instance ${name}`, 120, async () => {
    const status = (await instanceOf(rds, name))?.DBInstanceStatus;
    if (status !== undefined) say(status);
    return status === "available" ? true : undefined;
  });

/** Its password is that of the past, which nobody may know any more. */
const samePassword = (
  { aws, secretName }: PostgresInputs,
  rds: RDSClient,
  past: string,
): Step => ({
  id: "password",
  does: `give ${past} the password of today`,
  run: async ({ say }) => {
    await rds.send(
      new ModifyDBInstanceCommand({
        DBInstanceIdentifier: past,
        MasterUserPassword: await storedPassword(aws, secretName),
        ApplyImmediately: true,
      }),
    );
    // RDS says `available` for some seconds more before it begins.
    await waitFor(`the change of ${past}`, 5, async () => {
      const { DBInstanceStatus, PendingModifiedValues } =
        (await instanceOf(rds, past)) ?? {};
      return DBInstanceStatus !== "available" ||
        PendingModifiedValues?.MasterUserPassword === undefined
        ? true
        : undefined;
    });
    await isAvailable(rds, past, say);
  },
});

const copyOf = (
  { copy, image }: PostgresInputs,
  living: DBInstance,
  pastHost: string,
): Copy => ({
  ...copy,
  image: image(String(majorOf(living.EngineVersion))),
  pastHost,
  livingHost: living.Endpoint?.Address ?? "",
  port: living.Endpoint?.Port ?? 5432,
  user: living.MasterUsername ?? "",
});

const copyContent = (
  inputs: PostgresInputs,
  rds: RDSClient,
  past: string,
  living: DBInstance,
): Step => ({
  id: "copy",
  does: `copy its content over that of ${inputs.name}, in one transaction for each database, and compare both`,
  run: async ({ say }) => {
    const host = (await instanceOf(rds, past))?.Endpoint?.Address ?? "";
    const password = await storedPassword(inputs.aws, inputs.secretName);
    await runCopy(copyOf(inputs, living, host), password, { say });
  },
});

const removePast = (
  inputs: PostgresInputs,
  rds: RDSClient,
  past: string,
  living: DBInstance,
): Step => ({
  id: "remove",
  does: `remove the pod that copied, and ${past}`,
  run: async () => {
    await removeCopy(copyOf(inputs, living, ""));
    const found = await instanceOf(rds, past);
    if (found !== undefined && found.DBInstanceStatus !== "deleting")
      await rds.send(
        new DeleteDBInstanceCommand({
          DBInstanceIdentifier: past,
          SkipFinalSnapshot: true,
          DeleteAutomatedBackups: true,
        }),
      );
    await waitFor(`the end of ${past}`, 60, async () =>
      (await instanceOf(rds, past)) === undefined ? true : undefined,
    );
  },
});
