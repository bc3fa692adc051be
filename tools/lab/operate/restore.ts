import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { namesOf } from "../../../modules/lib/names";
import { projectFile } from "../../../modules/lib/project-file";
import { postgresNameOf } from "../../../modules/core/postgres-store";
import { type Aws, iamCall, queryCall, restCall } from "../aws/client";
import { type Lab } from "../lab";
import { paths } from "../paths";
import { environmentOf } from "../settings";
import { sleep, until } from "../system/process";
import { waveEks } from "./command";
import { checkCopy } from "./restore-copy";

const RDS = "2014-10-31";

const rds = (
  aws: Aws,
  action: string,
  form: Readonly<Record<string, string>>,
): Promise<string> => queryCall(aws, "rds", RDS, action, form);

/**
 * `restore` on an environment of the current line that stands: refusals that change nothing, PostgreSQL with an interruption in
 * the middle, files. The pods of the lab do not run: what the one that copies would run is run here, on two servers.
 */
export async function checkRestore(lab: Lab): Promise<void> {
  const name = postgresNameOf(lab.settings, "postgres");
  await takeSnapshots(lab.aws, name);
  await checkRefusals(lab);
  await checkFiles(lab);
  if (lab.workloads) await checkPostgres(lab, name);
  await checkCopy(lab);
}

/** One of today, and one of another engine. */
async function takeSnapshots(aws: Aws, name: string): Promise<void> {
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
  await sleep(6000);
}

async function checkRefusals(lab: Lab): Promise<void> {
  const cases = [
    [["postgresql"], "did you mean postgres?"],
    [["postgres", "--yes"], "--from"],
    [["postgres", "--from", "lab-nobody", "--yes"], "RDS does not know"],
    [["postgres", "--from", "lab-maria", "--yes"], "a snapshot of mariadb"],
    [["postgres", "--from", "lab-kept"], "give --yes"],
  ] as const;
  for (const [args, said] of cases) {
    const { code, text } = await waveEks(lab, ["restore", ...args]);
    lab.report.check(
      `restore ${args.join(" ")} is refused, and says why`,
      code === 1 && text.includes(said) && !existsSync(recordOf(lab, args[0])),
      text,
    );
  }
  const { code, json } = await waveEks(lab, [
    "restore",
    "postgres",
    "--list",
    "--json",
  ]);
  lab.report.check(
    "restore --list shows the snapshots",
    code === 0 && JSON.stringify(json).includes('"lab-kept"'),
    JSON.stringify(json),
  );
}

const recordOf = ({ settings }: Lab, store: string): string =>
  projectFile(".state", namesOf(settings).prefix, `restore-${store}.json`);

async function checkFiles(lab: Lab): Promise<void> {
  const { aws, settings } = lab;
  const vault = namesOf(settings).of("efs");
  await restCall(aws, "backup", "PUT", "/backup-jobs", {
    BackupVaultName: vault,
    ResourceArn: `arn:aws:elasticfilesystem:${aws.region}:${aws.accountId}:file-system/fs-lab`,
    IamRoleArn: `arn:aws:iam::${aws.accountId}:role/${namesOf(settings).iam("backup")}`,
  });
  const { code, text } = await waveEks(lab, [
    "restore",
    "efs",
    "--from",
    "latest",
    "--yes",
  ]);
  const roles = await iamCall(aws, "ListRoles");
  lab.report.check(
    "restore efs: AWS Backup has restored, as a role that is gone afterwards",
    code === 0 && !roles.includes(`${namesOf(settings).iam("restore")}<`),
    text,
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

async function checkPostgres(lab: Lab, name: string): Promise<void> {
  await interrupted(lab);
  const left = JSON.parse(readFileSync(recordOf(lab, "postgres"), "utf8")) as {
    done: string[];
    stamp: string;
  };
  lab.report.check(
    "a restore that was killed has noted how far it was",
    left.done.includes("keep") && !left.done.includes("remove"),
    JSON.stringify(left),
  );
  const { code, text } = await waveEks(lab, ["restore", "postgres", "--yes"]);
  const instances = await rds(lab.aws, "DescribeDBInstances", {});
  const snapshots = await rds(lab.aws, "DescribeDBSnapshots", {});
  lab.report.check(
    "run again it goes on, and ends: the living database stands, what it was is kept, the one of the past is gone",
    code === 0 &&
      text.includes("done before") &&
      instances.includes(`<DBInstanceIdentifier>${name}<`) &&
      !instances.includes("-past-") &&
      snapshots.includes(`${name}-before-${left.stamp}<`) &&
      !existsSync(recordOf(lab, "postgres")),
    text,
  );
  // A restore that failed has left it, and the end of the line needs its subnets.
  const [, past] =
    /<DBInstanceIdentifier>([^<]*-past-[^<]*)</.exec(instances) ?? [];
  if (past !== undefined)
    await rds(lab.aws, "DeleteDBInstance", {
      DBInstanceIdentifier: past,
      SkipFinalSnapshot: "true",
    });
}

/** Killed as soon as it has kept what was there. */
async function interrupted(lab: Lab): Promise<void> {
  const child = spawn(
    process.execPath,
    [
      join(paths.root, "scripts", "wave-eks.mjs"),
      ...["restore", environmentOf(lab.line), "postgres"],
      ...["--from", "lab-kept", "--yes"],
    ],
    { env: lab.env, stdio: "ignore", detached: true },
  );
  try {
    await until("the first step of the restore", 120, () => {
      const file = recordOf(lab, "postgres");
      return (
        (existsSync(file) && readFileSync(file, "utf8").includes('"keep"')) ||
        undefined
      );
    });
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  }
}
