import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { paths } from "../../paths";
import { type Postgres } from "../postgres";
import { type World } from "../world";
import { checkLog } from "./databases";

const logs = (): string[] =>
  existsSync(paths.logs)
    ? readdirSync(paths.logs)
        .filter((name) => name.startsWith("twin-"))
        .map((name) => join(paths.logs, name))
    : [];

/** Those of earlier runs. */
export function removeLogs(): void {
  for (const file of logs()) rmSync(file);
}

/** Every password that a program was given, and the form in which it is sent. */
export const passwordsOf = (values: Iterable<string>): string[] =>
  [...values].flatMap((value) =>
    value.startsWith("{")
      ? Object.entries(JSON.parse(value) as Record<string, string>)
          .filter(([name]) => /secret|password/i.test(name))
          .map(([, text]) => text)
      : [value],
  );

/** No program writes a password into what it logs, whatever happened to it in this run. */
export function checkLogs(world: World, postgres: Postgres): void {
  const { report, secrets } = world;
  checkLog(world, postgres);
  const passwords = passwordsOf(secrets.values());
  const files = logs();
  const found = files.filter((file) => {
    const text = readFileSync(file, "utf8");
    return passwords.some((one) => text.includes(one));
  });
  report.check(
    `none of ${passwords.length} passwords is in the ${files.length} logs of the programs`,
    found.length === 0 && files.length > 5,
    found.join(", ") || undefined,
  );
}
