import {
  chmodSync,
  cpSync,
  existsSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type Lab } from "../lab";
import { paths } from "../paths";
import { environmentOf, outputOf } from "../settings";
import { prepareStacks } from "../steps/steps";
import { waveEks } from "./command";

/** `deploy` of an environment of which nothing stands, by the command alone. */
export async function deployBeside(lab: Lab): Promise<void> {
  await prepareStacks(lab, false);
  const { code, text } = await waveEks(lab, ["deploy", "--yes"]);
  lab.report.check(
    "deploy: a first deploy, whose stacks wait for each other, is one command of the CLI",
    code === 0 &&
      text.split("npx cdktf deploy ").length === 2 &&
      text.includes("Next:"),
    text.slice(-600),
  );
}

/** Two environments that stand, in one call; afterwards the second one is gone. */
export async function checkTogether(lab: Lab, beside: Lab): Promise<void> {
  const folder = join(paths.root, ".lab", "together");
  rmSync(folder, { recursive: true, force: true });
  const names: string[] = [];
  for (const { line } of [lab, beside]) {
    const environment = environmentOf(line);
    names.push(environment);
    cpSync(outputOf(line), join(folder, environment), {
      recursive: true,
      verbatimSymlinks: true,
    });
  }
  for (const parallel of [1, 2]) await planBoth(lab, folder, names, parallel);
  rmSync(folder, { recursive: true, force: true });
  const { code, text } = await waveEks(beside, ["destroy", "--yes"]);
  beside.report.check(
    "destroy: an environment goes by one command, which says what stays",
    code === 0 && text.includes("Afterwards:"),
    text.slice(-600),
  );
  const nothing = await waveEks(beside, ["status", "--no-drift", "--json"]);
  beside.report.check(
    "destroy: afterwards nothing stands",
    nothing.code === 0 &&
      (nothing.json as { deployed?: boolean } | undefined)?.deployed === false,
    nothing.text.slice(-300),
  );
}

/** Neither has a change, and never more plans run at a time than were allowed. */
async function planBoth(
  lab: Lab,
  folder: string,
  names: readonly string[],
  parallel: number,
): Promise<void> {
  const log = join(folder, `plans-${parallel}.log`);
  const program = join(folder, "counted-terraform");
  writeFileSync(
    program,
    `#!/bin/sh
real="${lab.env.TERRAFORM_BINARY_NAME ?? "terraform"}"
[ "$1" = plan ] || exec "$real" "$@"
echo begin >>"${log}"
"$real" "$@"
code=$?
echo end >>"${log}"
exit $code
`,
  );
  chmodSync(program, 0o755);
  const started = Date.now();
  const { code, json, text } = await waveEks(
    lab,
    ["plan", "--all", "--json", "--parallel", String(parallel)],
    { CDKTF_OUTPUT: folder, TERRAFORM_BINARY_NAME: program },
    { isAll: true },
  );
  const seconds = Math.round((Date.now() - started) / 1000);
  const rows = (json ?? []) as readonly {
    readonly environment: string;
    readonly exitCode: number;
  }[];
  const most = mostAtOnce(
    existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [],
  );
  lab.report.check(
    `plan --all --parallel ${parallel}: no environment has a change, and ${parallel === 1 ? "one is" : "two are"} planned at a time`,
    code === 0 &&
      rows
        .map(({ environment }) => environment)
        .sort()
        .join() === [...names].sort().join() &&
      rows.every(({ exitCode }) => exitCode === 0) &&
      most === parallel,
    `${rows.map(({ environment, exitCode }) => `${environment} ${exitCode}`).join(", ")}; at most ${most} plans at a time, ${seconds} s${code === 0 ? "" : `; ${text.slice(-600)}`}`,
  );
}

/** How many plans ran at a time, at most. */
function mostAtOnce(events: readonly string[]): number {
  let running = 0;
  let most = 0;
  for (const event of events) {
    running += event === "begin" ? 1 : -1;
    most = Math.max(most, running);
  }
  return most;
}
