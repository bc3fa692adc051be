import { rmSync } from "node:fs";
import { type Aws } from "./aws-client";
import { namesOf } from "../modules/lib/names";
import { projectFile } from "../modules/lib/project-file";
import { type Settings } from "../modules/settings/schema";
import {
  canary,
  fillStores,
  makeHostedZone,
  makeOperatorObjects,
} from "./account";
import { type EmulatorFile, startEmulator } from "./emulator-client";
import { type Existing, inventory, leftOvers } from "./left-overs";
import { findMoto } from "./moto";
import { writeOverrides } from "./overrides";
import { paths } from "./paths";
import { run, until } from "./process";
import { readLog } from "./request-log";
import { type Providers, prepareProviders } from "./provider-mirror";
import { type Report } from "./report";
import { labAccount, writeLabSettings } from "./settings";
import { type SynthesizedStack, synthesize } from "./synthesized";
import {
  type State,
  attributesOf,
  cdktf,
  labEnv,
  planAgain,
  readState,
} from "./terraform";

/** An emulated account that is ready for the first deploy. */
export interface Lab {
  readonly report: Report;
  readonly emulator: EmulatorFile;
  readonly aws: Aws;
  readonly hostedZoneId: string;
  readonly providers: Providers;
  readonly env: NodeJS.ProcessEnv;
  readonly stacks: readonly string[];
  /** What exists before any deploy. */
  readonly before: readonly Existing[];
  /** Ends when `npm run state` has ended. */
  readonly stateScript: Promise<void>;
  settings: Settings;
}

/** Emulator, operator's objects, settings, providers: everything but the stacks. */
export async function openLab(
  report: Report,
  stacks: readonly string[],
): Promise<Lab> {
  rmSync(paths.output, { recursive: true, force: true });
  rmSync(paths.logs, { recursive: true, force: true });
  const { python, notice } = await findMoto();
  report.say(notice);
  const first = writeLabSettings({ retain: false });
  const { region } = first;
  const emulator = await startEmulator({
    python,
    region,
    accountId: labAccount,
    deployerRole: first.access.deployer,
  });
  report.say(`emulated AWS at ${emulator.endpoint}`);
  const aws: Aws = {
    endpoint: emulator.endpoint,
    region,
    accountId: labAccount,
  };

  const hostedZoneId = await makeHostedZone(
    aws,
    first.wave.hostname.split(".").slice(1).join("."),
  );
  const settings = writeLabSettings({ retain: false, hostedZoneId });
  await makeOperatorObjects(aws, settings);

  const synthesized = await synthesize([...stacks, "workloads"], labEnv(aws));
  const providers = prepareProviders(synthesized);
  providers.notices.forEach((text) => {
    report.notice(text);
  });
  const env = labEnv(aws, providers);
  const stateScript = makeStateBucket(report, settings, env);
  await untilBucketStands(stateScript);
  return {
    report,
    emulator,
    aws,
    hostedZoneId,
    providers,
    env,
    stacks,
    before: await inventory(aws),
    settings,
    stateScript,
  };
}

/** `npm run state -- --yes`. Its own state is a file; one of an earlier run speaks of an emulator that has ended. */
async function makeStateBucket(
  report: Report,
  settings: Settings,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const { prefix } = namesOf(settings);
  rmSync(projectFile(".state", prefix), { recursive: true, force: true });
  const step = "state";
  const script = ["scripts/run.mjs", "scripts/state.ts", "--yes"];
  const result = await run(process.execPath, script, { step, env });
  report.check("npm run state", result.code === 0, failureOf(step, result));
}

/** The bucket can be used a minute before its script ends: the provider then only watches the lifecycle rules settle. */
async function untilBucketStands(script: Promise<void>): Promise<void> {
  let ended = false;
  void script.finally(() => {
    ended = true;
  });
  await until("the state bucket", 180, () => {
    const log = readLog(paths.requestLog);
    const stands =
      log.some(({ operation }) => operation === "CreateAlias") &&
      ["?encryption=", "?lifecycle="].every((part) =>
        log.some(
          ({ method, request }) => method === "PUT" && request.endsWith(part),
        ),
      );
    return stands || ended || undefined;
  });
}

/** Writes settings with the wanted retention, synthesizes, and adapts the result to the lab's provider. */
export async function prepareStacks(
  lab: Lab,
  retain: boolean,
): Promise<SynthesizedStack[]> {
  lab.settings = writeLabSettings({ retain, hostedZoneId: lab.hostedZoneId });
  const stacks = await synthesize(lab.stacks, lab.env);
  const dropped = writeOverrides(stacks, lab.providers.standIn);
  if (dropped.length > 0)
    lab.report.say(`left out for the older provider: ${dropped.join(", ")}`);
  return stacks;
}

/** `cdktf deploy`, and the figures of each stack. */
export async function deploy(lab: Lab, step: string): Promise<void> {
  const { report, stacks, env } = lab;
  const { result, progress } = await cdktf("deploy", stacks, {
    step,
    env,
    say: (text) => {
      report.say(text);
    },
  });
  for (const { stack, resources, seconds = 0 } of progress) {
    const row = report.row(stack);
    row.resources = Math.max(row.resources, resources);
    row.seconds = Math.max(row.seconds, seconds);
  }
  if (!report.check(step, result.code === 0, failureOf(step, result)))
    throw new Stop();
}

/** A second plan of every stack finds nothing to do. */
export async function checkPlans(
  lab: Lab,
  stacks: readonly SynthesizedStack[],
  step: string,
): Promise<void> {
  for (const stack of stacks) {
    const changes = await planAgain(stack, lab.env);
    const row = lab.report.row(stack.id);
    row.changes = (row.changes ?? 0) + changes.length;
    lab.report.check(
      `${step}: ${stack.id} is unchanged`,
      changes.length === 0,
      changes.join(", ") || undefined,
    );
  }
}

/** Fills what AWS refuses to delete while it is filled, so that the destroy proves something (DEC-04). */
export async function fill(lab: Lab): Promise<void> {
  const states = await statesOf(lab);
  const texts = (type: string, field: string) =>
    attributesOf(states, type).map((one) => String(one[field]));
  const filled = await fillStores(lab.aws, {
    buckets: texts("aws_s3_bucket", "bucket"),
    repositories: texts("aws_ecr_repository", "name"),
    vaults: texts("aws_backup_vault", "name"),
    backedUpArn: texts("aws_efs_file_system", "arn")[0] ?? "",
    backupRoleArn: texts("aws_iam_role", "arn")[0] ?? "",
  });
  lab.report.check("stores are filled", filled.length > 0, filled.join(", "));
  const leaking = lab.stacks.filter((_, i) => states[i]?.text.includes(canary));
  lab.report.check(
    "no operator's secret in a state",
    leaking.length === 0,
    leaking.join(", ") || undefined,
  );
}

export const statesOf = ({ aws, settings, stacks }: Lab): Promise<State[]> =>
  Promise.all(stacks.map((stack) => readState(aws, settings, stack)));

/** `cdktf destroy`, and what it leaves behind. */
export async function destroy(lab: Lab, step: string): Promise<void> {
  const { report, stacks, env, aws } = lab;
  const states = await statesOf(lab);
  const { result } = await cdktf("destroy", stacks, {
    step,
    env,
    say: (text) => {
      report.say(text);
    },
  });
  if (!report.check(step, result.code === 0, failureOf(step, result)))
    throw new Stop();
  const left = leftOvers(lab.before, await inventory(aws));
  for (const [i, stack] of stacks.entries()) {
    const row = report.row(stack);
    row.leftOvers =
      (row.leftOvers ?? 0) +
      left.filter(({ id }) => states[i]?.text.includes(id)).length;
  }
  report.check(
    `${step}: nothing is left`,
    left.length === 0,
    left.map(({ kind, id }) => `${kind} ${id}`).join(", ") || undefined,
  );
}

/** Ends a run that cannot go on; what failed is in the report. */
export class Stop extends Error {}

function failureOf(
  step: string,
  { code, lines }: { code: number; lines: readonly string[] },
): string | undefined {
  if (code === 0) return undefined;
  const errors = lines.filter((line) => /Error:|error/i.test(line)).slice(0, 8);
  return `exit code ${code}, see .lab/logs/${step}.log\n${errors.join("\n")}`;
}
