import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Aws, queryCall } from "../aws/client";
import { type Lab } from "../lab";
import { paths } from "../paths";
import { environmentOf } from "../settings";
import { until } from "../system/process";
import { waveEks } from "./command";
import { isRestored, startServers } from "./local-postgres";
import { planIsEmpty, recordOf, takeKey } from "./restore-record";
import { type PodRun, runPod } from "./restore-pod";
import { valueNamed } from "./secrets-look";

/** A PostgreSQL of a line. */
export interface PostgresOf {
  /** Name on the command line. */
  readonly store: string;
  /** Of the instance. */
  readonly name: string;
  /** Of the secret with the password of its master. */
  readonly secretName: string;
  readonly namespace: string;
  readonly databases: Readonly<Record<string, string>>;
  /** Where the settings say what it is made of. */
  readonly key: readonly string[];
}

export const rds = (
  aws: Aws,
  action: string,
  form: Readonly<Record<string, string>> = {},
): Promise<string> => queryCall(aws, "rds", "2014-10-31", action, form);

/** One of today, and one of another engine. */
export async function takeSnapshots(aws: Aws, name: string): Promise<void> {
  await rds(aws, "CreateDBSnapshot", {
    DBInstanceIdentifier: name,
    DBSnapshotIdentifier: "lab-kept",
  });
  await rds(aws, "LabPutDBSnapshot", {
    DBInstanceIdentifier: name,
    DBSnapshotIdentifier: "lab-maria",
    "Changes.member.1.Key": "Engine",
    "Changes.member.1.Value": "mariadb",
  });
  await until("the snapshot", 60, async () =>
    (
      await rds(aws, "DescribeDBSnapshots", {
        DBSnapshotIdentifier: "lab-kept",
      })
    ).includes(">available<")
      ? true
      : undefined,
  );
}

/**
 * The whole of it, with a kill in the middle: the calls on the emulated RDS, the pod's objects and Wave's pods on the API of Kubernetes, and
 * the program of the pod on this machine, between two servers with contents of their own.
 */
export async function checkPostgres(lab: Lab, of: PostgresOf): Promise<void> {
  const { store, name } = of;
  await interrupted(lab, store);
  const left = JSON.parse(readFileSync(recordOf(lab, store), "utf8")) as {
    done: string[];
    stamp: string;
  };
  lab.report.check(
    `restore ${store}: one that was killed has noted how far it was`,
    left.done.includes("keep") && !left.done.includes("remove"),
    JSON.stringify(left),
  );
  const instance = await rds(lab.aws, "DescribeDBInstances", {
    DBInstanceIdentifier: name,
  });
  const field = (tag: string): string =>
    new RegExp(`<${tag}>([^<]*)<`).exec(instance)?.[1] ?? "";
  const user = field("MasterUsername");
  const servers = startServers({
    ...{ user, databases: of.databases },
    password: await valueNamed(lab, of.secretName),
  });
  if (servers === undefined || lab.workloads === undefined) {
    lab.report.skip(
      `restore ${store} in one piece`,
      "this machine has no PostgreSQL, or the lab no cluster",
    );
    return;
  }
  const { past, living, folder, contents } = servers;
  try {
    const before = contents(living);
    const pod: Promise<PodRun | string> = runPod({
      ...{ api: lab.workloads.api, namespace: of.namespace, folder },
      app: "restore-postgres",
      instead: () => ({ PAST_HOST: past.host, LIVING_HOST: living.host }),
    }).catch(String);
    const { code, text } = await waveEks(lab, ["restore", store, "--yes"]);
    const ran = await pod;
    const instances = await rds(lab.aws, "DescribeDBInstances");
    const snapshots = await rds(lab.aws, "DescribeDBSnapshots");
    lab.report.check(
      `restore ${store}: run again it goes on, and ends: the living database stands, what it was is kept, the one of the past is gone`,
      code === 0 &&
        text.includes("done before") &&
        instances.includes(`<DBInstanceIdentifier>${name}<`) &&
        !instances.includes("-past-") &&
        snapshots.includes(`${name}-before-${left.stamp}<`) &&
        !existsSync(recordOf(lab, store)),
      text.slice(-1500),
    );
    lab.report.check(
      `restore ${store}: the pod was given both servers, and its program has put the content of the past into the living one, which had another`,
      typeof ran !== "string" &&
        ran.code === 0 &&
        ran.env.LIVING_HOST === field("Address") &&
        (ran.env.PAST_HOST ?? "").includes("-past-") &&
        ran.env.PGUSER === user &&
        contents(living) !== before &&
        isRestored(servers),
      typeof ran === "string" ? ran : ran.text,
    );
    await removePast(lab.aws, instances);
  } finally {
    servers.stop();
  }
}

/** A restore that failed has left it, and the end of the line needs its subnets. */
async function removePast(aws: Aws, instances: string): Promise<void> {
  const [, past] =
    /<DBInstanceIdentifier>([^<]*-past-[^<]*)</.exec(instances) ?? [];
  if (past !== undefined)
    await rds(aws, "DeleteDBInstance", {
      DBInstanceIdentifier: past,
      SkipFinalSnapshot: "true",
    });
}

/** Killed as soon as it has kept what was there. */
async function interrupted(lab: Lab, store: string): Promise<void> {
  const child = spawn(
    process.execPath,
    [
      join(paths.root, "scripts", "wave-eks.mjs"),
      ...["restore", environmentOf(lab.line), store],
      ...["--from", "lab-kept", "--yes"],
    ],
    { env: lab.env, stdio: "ignore", detached: true },
  );
  try {
    await until("the first step of the restore", 120, () => {
      const file = recordOf(lab, store);
      return (
        (existsSync(file) && readFileSync(file, "utf8").includes('"keep"')) ||
        undefined
      );
    });
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  }
}

/** A database that is gone is made of a snapshot, by the settings and a deploy. */
export async function checkPostgresAnew(
  lab: Lab,
  { store, name, key }: PostgresOf,
): Promise<void> {
  await rds(lab.aws, "DeleteDBInstance", {
    DBInstanceIdentifier: name,
    SkipFinalSnapshot: "true",
  });
  await until("the end of the database", 120, async () =>
    (await rds(lab.aws, "DescribeDBInstances")).includes(
      `<DBInstanceIdentifier>${name}<`,
    )
      ? undefined
      : true,
  );
  const { code, text } = await waveEks(lab, [
    ...["restore", store, "--from", "lab-kept", "--yes"],
  ]);
  const instances = await rds(lab.aws, "DescribeDBInstances");
  lab.report.check(
    `restore ${store}: a database that is gone is made of the snapshot, by ${key.join(".")} and a deploy`,
    code === 0 &&
      instances.includes(`<DBInstanceIdentifier>${name}<`) &&
      !existsSync(recordOf(lab, store)),
    text.slice(-1500),
  );
  await planIsEmpty(lab, `restore ${store}: afterwards nothing is to do`);
  await takeKey(lab, key);
  await planIsEmpty(lab, `restore ${store}: nor without ${key.join(".")}`);
}
