import { join } from "node:path";
import { DATABASES } from "../../../../modules/emg/names";
import { run } from "../../system/process";
import { type PlacedPod } from "../places";
import { secretData } from "../pods";
import { type Postgres } from "../postgres";
import { type World, computed, runPod } from "../world";

/** The Job that makes users and databases: twice, without a password, and what it leaves in the log. */
export async function checkDatabases(
  world: World,
  job: PlacedPod,
  { bin, postgres }: { readonly bin: string; readonly postgres: Postgres },
): Promise<void> {
  const { report } = world;
  for (const time of ["first", "second"]) {
    const { code, lines } = await runPod(`db-init-${time}`, job, bin);
    report.check(
      `emg-db-init exits 0, the ${time} time`,
      code === 0,
      code === 0 ? undefined : `${code}: ${lines.slice(-3).join(" | ")}`,
    );
  }
  const without = await runPod("db-init-empty", job, bin, {
    POSTGRES_PREFECT_PASSWORD: "",
  });
  report.check(
    "emg-db-init fails where a password is empty",
    without.code !== 0,
    `exit code ${without.code}`,
  );
  await checkLogins(world, bin);
  checkLog(world, postgres);
}

/** Each user reaches its own database with TLS, and not the other's. */
async function checkLogins(world: World, bin: string): Promise<void> {
  const { report, ports } = world;
  const secrets = computed(world, {
    api: secretData(world.stack, "emgapi-secret"),
    prefect: secretData(world.stack, "prefect-server-secret"),
  });
  const psql = async (url: string, sql: string) => {
    const { code, lines } = await run(join(bin, "psql"), ["-Atc", sql, url], {
      step: "twin-psql",
      env: { PATH: process.env.PATH },
      quiet: true,
    });
    return code === 0 ? lines.join(",") : `refused: ${lines[0] ?? ""}`;
  };
  const here = (url = "") => url.replace(":5432/", `:${ports.postgres}/`);
  const api = here(secrets.api.DATABASE_URL);
  const prefect = here(secrets.prefect.PREFECT_API_DATABASE_CONNECTION_URL)
    .replace("+asyncpg", "")
    .replace("?ssl=", "?sslmode=");
  for (const [name, url, extension] of [
    [DATABASES.api, api, "ltree"],
    [DATABASES.prefect, prefect, "pg_trgm"],
  ] as const) {
    const found = await psql(
      url,
      `SELECT current_database() || ' ' || extname FROM pg_extension WHERE extname = '${extension}'`,
    );
    report.check(
      `${name} logs in with TLS and has ${extension}`,
      found === `${name} ${extension}`,
      found,
    );
  }
  const plain = await psql(api.replace("require", "disable"), "SELECT 1");
  report.check("no login without TLS", plain.includes("no encryption"), plain);
  const other = await psql(
    prefect.replace(
      `:${ports.postgres}/${DATABASES.prefect}`,
      `:${ports.postgres}/${DATABASES.api}`,
    ),
    "SELECT 1",
  );
  report.check(
    "Prefect's user does not reach the API's database",
    other.includes("permission denied"),
    other,
  );
}

/** PostgreSQL logs what changes definitions, as the parameter group says: that it does is looked at first. */
export function checkLog({ report, secrets }: World, postgres: Postgres): void {
  const log = postgres.log();
  report.check(
    "PostgreSQL logs what changes users and databases",
    /statement: CREATE DATABASE/.test(log) && log.includes("SCRAM-SHA-256$"),
  );
  const passwords = [...secrets.values()].filter((one) => !one.startsWith("{"));
  const found = passwords.filter((one) => log.includes(one));
  report.check(
    `none of ${passwords.length} passwords is in PostgreSQL's log`,
    found.length === 0,
    found.length === 0 ? undefined : `${found.length} of them are`,
  );
}
