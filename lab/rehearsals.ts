import { stateKey } from "../modules/lib/state-location";
import { cdktf } from "./cdktf";
import { holdNext } from "./emulator-client";
import { type Lab } from "./lab";
import { paths } from "./paths";
import { until } from "./process";
import { deleteCalls, readLog } from "./request-log";
import { type SynthesizedStack } from "./synthesized";
import { unlock } from "./state";
import { logOf, prepareStacks } from "./steps";
import { refusesToEnd } from "./terraform";

/** With `retain: true`, a destroy is refused before anything is deleted, in any stack (DEC-02). */
export async function refuseDestroy(lab: Lab): Promise<void> {
  const { report, stacks, env } = lab;
  const synthesized = await prepareStacks(lab, true);
  const from = readLog(paths.requestLog).length;
  const step = "refused-destroy";
  const { result } = await cdktf("destroy", stacks, {
    step: logOf(lab, step),
    env,
    say: (text) => {
      report.say(text);
    },
  });
  report.check(
    "retain: true refuses the destroy",
    result.code !== 0,
    `exit code ${result.code}`,
  );
  // The CLI stops at the first stack; each one has to refuse by itself.
  for (const stack of synthesized)
    report.check(
      `retain: true protects ${stack.id}`,
      await refusesToEnd(stack, env),
    );
  const deletes = deleteCalls(readLog(paths.requestLog, from));
  report.check(
    "retain: true lets no delete call out",
    deletes.length === 0,
    `${deletes.length} delete calls ${deletes.map(({ service, operation }) => `${service} ${operation}`).join(", ")}`.trim(),
  );
}

/**
 * Kills Terraform after the service has stored all generated secrets and before Terraform hears of one: the database, which
 * is made with its secret's value, is not there yet. It waits for the next save of the state: what was made before the first
 * save (20 seconds) is lost to any killed Terraform.
 */
export async function killAfterSecrets(
  lab: Lab,
  synthesized: readonly SynthesizedStack[],
): Promise<void> {
  const { report, stacks, env, aws, settings } = lab;
  const secrets = synthesized.reduce(
    (count, { json: { resource } }) =>
      count +
      Object.keys(resource?.aws_secretsmanager_secret_version ?? {}).length,
    0,
  );
  await holdNext(lab.emulator, "secretsmanager.PutSecretValue", secrets);
  const from = readLog(paths.requestLog).length;
  const kill = new AbortController();
  report.say(
    `cdktf deploy, to be killed when ${secrets} generated secrets are stored`,
  );
  const killed = cdktf("deploy", stacks, {
    step: logOf(lab, "killed-deploy"),
    env,
    say: (text) => {
      report.say(text);
    },
    signal: kill.signal,
  });
  const state = `/${stateKey(settings, "data")}`;
  await until("stored secrets and a saved state", 300, () => {
    const log = readLog(paths.requestLog, from);
    const held = log.flatMap((entry, i) => (entry.held ? [i] : []));
    const saved = log
      .slice((held.at(-1) ?? 0) + 1)
      .some(
        ({ method, request }) =>
          method === "PUT" && request.split("?")[0]?.endsWith(state),
      );
    return held.length === secrets && saved ? true : undefined;
  });
  kill.abort();
  await killed;
  report.check(
    `terraform was killed after ${secrets} secrets were stored and before the database`,
    !databaseMade(from),
  );
  const unlocked: string[] = [];
  for (const stack of synthesized)
    if (await unlock(aws, settings, stack, env)) unlocked.push(stack.id);
  report.say(
    `terraform force-unlock: ${unlocked.join(", ") || "no lock left"}`,
  );
}

/** Whether a run got as far as the database. */
const databaseMade = (from: number): boolean =>
  readLog(paths.requestLog, from).some(
    ({ operation }) => operation === "CreateDBInstance",
  );
