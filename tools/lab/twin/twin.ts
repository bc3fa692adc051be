import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type EmgSettings } from "../../../modules/emg/settings/schema";
import { readReference } from "../../../modules/lib/image-reference";
import { type Report } from "../report";
import { checkDatabases } from "./checks/databases";
import { checkLogs, removeLogs } from "./checks/logs";
import { runBasic } from "./mode-basic";
import { runLogin } from "./mode-login";
import { type Postgres, parametersOf, startPostgres } from "./postgres";
import {
  type Programs,
  LOCK,
  bringPrograms,
  lockedVersion,
  need,
  versionOf,
} from "./programs";
import { twinSettings } from "./settings";
import { type World, freePorts, makeWorld, place } from "./world";

/**
 * Starts the real programs of the platform `emg` on the loopback address, with arguments and variables of the synthesized
 * stack, and asks them what a user, a worker and a stranger would. Where a program is missing, what needs it is skipped.
 */
export async function runTwin(report: Report): Promise<void> {
  const settings = twinSettings();
  const version = readReference(settings.emg.images.oauth2Proxy).tag ?? "";
  const programs = await bringPrograms(version, process.env, (text) => {
    report.progress(text);
  });
  removeLogs();
  compareVersions(report, settings, programs);
  const world = makeWorld(report.of("oauth2-proxy"), settings, {
    ports: await freePorts(),
    secrets: new Map(),
  });
  const postgres = await startDatabases(world, programs);
  try {
    await runLogin(world, programs, postgres);
    await runBasic(world, programs, postgres);
    if (postgres) checkLogs(world, postgres);
  } finally {
    postgres?.remove();
  }
}

/** Programs of a registry are those of the images; the others are those of the machine, and the report says which. */
function compareVersions(
  report: Report,
  { emg }: EmgSettings,
  programs: Programs,
): void {
  const { images } = emg;
  for (const [found, program, image] of [
    [programs.postgres, "postgres", images.postgresClient],
    [programs.oauth2Proxy, "", images.oauth2Proxy],
    [programs.nginx, "", images.gateway],
  ] as const)
    if ("path" in found)
      report.notice(`${versionOf(join(found.path, program))} for ${image}`);
  const locked = lockedVersion("prefect", readFileSync(LOCK, "utf8"));
  report.check(
    "Prefect of the lock file is the version of the image",
    (readReference(emg.images.prefect).tag ?? "").startsWith(`${locked}-`),
    `${locked}, ${emg.images.prefect}`,
  );
}

/** PostgreSQL with the parameters of the stack, and the Job's databases in it. */
async function startDatabases(
  world: World,
  { postgres: found }: Programs,
): Promise<Postgres | undefined> {
  const { report, stack, ports } = world;
  const bin = need(report, "databases", found);
  if (bin === undefined) return undefined;
  const { job } = place(world, {
    job: { kind: "job", of: "emg-db-init" },
  });
  const { PGUSER: user = "", PGPASSWORD: password = "" } = job.env;
  const parameters = parametersOf(stack);
  report.progress(
    `PostgreSQL with the parameters ${Object.entries(parameters)
      .map(([name, value]) => `${name}=${value}`)
      .join(" ")}`,
  );
  const postgres = await startPostgres({
    ...{ bin: bin[0] ?? "", port: ports.postgres, parameters },
    master: { user, password },
    onEnd: (why) => report.check("PostgreSQL runs", false, why),
  });
  await checkDatabases(world, job, { bin: bin[0] ?? "", postgres });
  return postgres;
}
