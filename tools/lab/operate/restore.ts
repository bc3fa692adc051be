import { existsSync } from "node:fs";
import { redisName as deliveryRedisName } from "../../../modules/delivery/names";
import { DATABASES, POSTGRES, storageName } from "../../../modules/emg/names";
import { postgresNameOf } from "../../../modules/core/postgres-store";
import { namesOf } from "../../../modules/lib/names";
import { hasDelivery, hasEmg, hasWave } from "../../../modules/schema";
import { isClassic } from "../../../modules/wave/release/line";
import {
  POSTGRES_DATABASE,
  POSTGRES_USER,
  postgresName,
} from "../../../modules/wave/stores/postgres-names";
import { redisName } from "../../../modules/wave/stores/redis-store";
import { iamCall, restCall } from "../aws/client";
import { type Lab } from "../lab";
import { waveEks } from "./command";
import { checkCopy } from "./restore-copy";
import {
  type PostgresOf,
  checkPostgres,
  checkPostgresAnew,
  rds,
  takeSnapshots,
} from "./restore-postgres";
import { recordOf } from "./restore-record";
import {
  type RedisOf,
  checkRedis,
  removeCacheSnapshots,
} from "./restore-redis";
import { checkSurreal } from "./restore-surrealdb";

/** `restore` of every store of a line that stands: refusals that change nothing, interruptions, and contents where they can be seen. */
export async function checkRestore(lab: Lab): Promise<void> {
  if (lab.workloads?.chartRepository === undefined) {
    lab.report.skip("restore", "no cluster that Terraform deploys to");
    return;
  }
  const postgres = postgresOf(lab);
  try {
    await checkFiles(lab);
    for (const redis of redisOf(lab)) await checkRedis(lab, redis);
    if (postgres !== undefined) {
      await takeSnapshots(lab.aws, postgres.name);
      await checkRefusals(lab, postgres.store);
      checkCopy(lab);
      await checkPostgres(lab, postgres);
      await checkPostgresAnew(lab, postgres);
    }
    await checkSurreal(lab);
  } finally {
    await removeSnapshots(lab);
  }
}

function postgresOf({ settings }: Lab): PostgresOf | undefined {
  if (hasWave(settings) && !isClassic(settings))
    return {
      store: "postgres",
      name: postgresName(settings),
      secretName: postgresName(settings),
      namespace: settings.wave.namespace,
      databases: { [POSTGRES_DATABASE]: POSTGRES_USER },
      key: ["data", "postgres", "restoreFrom"],
    };
  if (!hasEmg(settings) || settings.emg.database.kind !== "rds")
    return undefined;
  const { api, prefect } = DATABASES;
  return {
    store: "emg-postgres",
    name: postgresNameOf(settings, POSTGRES),
    secretName: postgresNameOf(settings, "emg-db-master"),
    namespace: settings.emg.namespace,
    databases: {
      [prefect]: prefect,
      ...(settings.emg.api && { [api]: api }),
    },
    key: ["emg", "database", "restoreFrom"],
  };
}

function redisOf({ settings }: Lab): RedisOf[] {
  if (hasWave(settings))
    return [
      {
        store: "redis",
        name: redisName(settings),
        key: ["data", "redis", "restoreFrom"],
      },
    ];
  return hasDelivery(settings) && settings.delivery.stores.redis !== undefined
    ? [
        {
          store: "delivery-redis",
          name: deliveryRedisName(settings),
          key: ["delivery", "stores", "redis", "restoreFrom"],
        },
      ]
    : [];
}

async function checkRefusals(lab: Lab, store: string): Promise<void> {
  const cases = [
    [[`${store}ql`], `did you mean ${store}?`],
    [[store, "--yes"], "--from"],
    [[store, "--from", "lab-nobody", "--yes"], "RDS does not know"],
    [[store, "--from", "lab-maria", "--yes"], "a snapshot of mariadb"],
    [[store, "--from", "lab-kept"], "give --yes"],
  ] as const;
  for (const [args, said] of cases) {
    const { code, text } = await waveEks(lab, ["restore", ...args]);
    lab.report.check(
      `restore ${args.join(" ")} is refused, and says why`,
      code === 1 && text.includes(said) && !existsSync(recordOf(lab, args[0])),
      text.slice(-500),
    );
  }
  const { code, json } = await waveEks(lab, [
    ...["restore", store, "--list", "--json"],
  ]);
  lab.report.check(
    "restore --list shows the snapshots",
    code === 0 && JSON.stringify(json).includes('"lab-kept"'),
    JSON.stringify(json),
  );
}

/** The file system of a line, whose backups have its name. */
function filesOf({ settings }: Lab) {
  if (hasWave(settings))
    return {
      store: "efs",
      vault: namesOf(settings).of("efs"),
      role: namesOf(settings).iam("restore"),
    };
  return hasEmg(settings) && settings.emg.api !== undefined
    ? {
        store: "emg-efs",
        vault: storageName(settings),
        role: namesOf(settings).iam("emg-restore"),
      }
    : undefined;
}

async function checkFiles(lab: Lab): Promise<void> {
  const { aws, settings } = lab;
  const files = filesOf(lab);
  if (files === undefined) return;
  const { store, vault, role } = files;
  await restCall(aws, "backup", "PUT", "/backup-jobs", {
    BackupVaultName: vault,
    ResourceArn: `arn:aws:elasticfilesystem:${aws.region}:${aws.accountId}:file-system/fs-lab`,
    IamRoleArn: `arn:aws:iam::${aws.accountId}:role/${namesOf(settings).iam("backup")}`,
  });
  const { code, text } = await waveEks(lab, [
    ...["restore", store, "--from", "latest", "--yes"],
  ]);
  const roles = await iamCall(aws, "ListRoles");
  lab.report.check(
    `restore ${store}: AWS Backup has restored, as a role that is gone afterwards`,
    code === 0 && !roles.includes(`${role}<`),
    text.slice(-800),
  );
  // A vault with a recovery point stays.
  const { RecoveryPoints } = (await restCall(
    aws,
    "backup",
    "GET",
    `/backup-vaults/${vault}/recovery-points`,
  )) as { RecoveryPoints: { RecoveryPointArn: string }[] };
  for (const { RecoveryPointArn } of RecoveryPoints)
    await restCall(
      aws,
      "backup",
      "DELETE",
      `/backup-vaults/${vault}/recovery-points/${encodeURIComponent(RecoveryPointArn)}`,
    );
}

/** What restores keep stays until somebody deletes it, and would be found at the end of the line. */
async function removeSnapshots({ aws }: Lab): Promise<void> {
  await removeCacheSnapshots(aws);
  const snapshots = await rds(aws, "DescribeDBSnapshots");
  for (const [, DBSnapshotIdentifier = ""] of snapshots.matchAll(
    /<DBSnapshotIdentifier>([^<]*)</g,
  ))
    await rds(aws, "DeleteDBSnapshot", { DBSnapshotIdentifier });
}
