import { awsOf } from "../aws/clients";
import { type Terminal } from "../cli/terminal";
import { type Target } from "../target";
import { openRotations } from "./record";
import { type RotatableSecret } from "./rotatable";
import { idsOf, versionOf } from "./stored";

const DAY_MS = 24 * 3600 * 1000;

/** Prints the secrets, with what is known of each. */
export async function listSecrets(
  target: Target,
  secrets: readonly RotatableSecret[],
  terminal: Terminal,
): Promise<void> {
  const begun = openRotations(target).map(({ secret }) => secret);
  const created = await Promise.all(
    secrets.map((secret) => createdOf(target, secret)),
  );
  const rows = secrets.map((secret, index) => ({
    secret: secret.name,
    setting: secret.setting,
    version: secret.kind === "generated" ? secret.version : undefined,
    secretName: secret.kind === "operator" ? secret.secretName : undefined,
    created: created[index]?.toISOString(),
    halfDone: begun.includes(secret.name),
    stacks: secret.stacks,
    interrupts: secret.interrupts,
  }));
  terminal.table(
    ["secret", "setting", "value", "age", "interrupts"],
    rows.map((row) => [
      row.halfDone ? `${row.secret} (half done)` : row.secret,
      row.setting,
      row.secretName ?? `version ${row.version ?? ""}`,
      shownAge(row.created),
      row.interrupts,
    ]),
  );
  terminal.result({ environment: target.environment, secrets: rows });
}

/** When the oldest value of a secret was stored; undefined where Secrets Manager does not say it to this caller. */
async function createdOf(
  target: Target,
  secret: RotatableSecret,
): Promise<Date | undefined> {
  try {
    const aws = awsOf(target);
    const versions = await Promise.all(
      (await idsOf(aws, secret)).map((id) => versionOf(aws, id)),
    );
    const dates = versions.flatMap((one) => one?.created.getTime() ?? []);
    return dates.length === 0 ? undefined : new Date(Math.min(...dates));
  } catch {
    return undefined;
  }
}

function shownAge(created: string | undefined): string {
  if (created === undefined) return "not known";
  const days = Math.floor((Date.now() - Date.parse(created)) / DAY_MS);
  return days === 0 ? "today" : `${days} ${days === 1 ? "day" : "days"}`;
}
