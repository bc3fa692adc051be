import { ProblemReport } from "../../../modules/lib/problem";
import { displayPath } from "../../../modules/lib/project-file";
import { sentenceOf } from "../aws/errors";
import { type Terminal } from "../cli/terminal";
import { type ExitCode } from "../cli/command";
import { deployStacks } from "../deploy/cdktf";
import { editSettings } from "../settings-file";
import { type Target } from "../target";
import { Interrupted } from "../terraform/interrupted";
import {
  type Found,
  askHealth,
  lookForOldPassword,
  lookForValue,
  problemsOf,
} from "./after";
import { problemsBefore } from "./before";
import { type GivenValue, goBack, store } from "./operator-value";
import { type RotationRecord, endRotation, keepRotation } from "./record";
import { type RotatableSecret } from "./rotatable";
import { type PlannedStep, type Step, shownStep } from "./steps";

/** A rotation that has begun. */
export interface Rotation {
  readonly target: Target;
  readonly secret: RotatableSecret;
  readonly steps: readonly PlannedStep[];
  readonly record: RotationRecord;
  /** New value of an operator's secret; undefined where it is stored already. */
  readonly value?: GivenValue;
}

/** What a rotation calls outside of this process. */
export interface Calls {
  readonly problemsBefore: typeof problemsBefore;
  readonly deployStacks: typeof deployStacks;
  readonly store: typeof store;
  readonly lookForValue: typeof lookForValue;
  readonly lookForOldPassword: typeof lookForOldPassword;
  readonly askHealth: typeof askHealth;
  /** Longest wait for what a check looks for, and between two looks, in milliseconds. */
  readonly longestMs: number;
  readonly pollMs: number;
}

export const CALLS: Calls = {
  ...{ problemsBefore, deployStacks, store },
  ...{ lookForValue, lookForOldPassword, askHealth },
  longestMs: 15 * 60_000,
  pollMs: 5000,
};

/** Does the steps that are left. Ctrl-C lets the step that runs come to its end. */
export async function runSteps(
  rotation: Rotation,
  terminal: Terminal,
  calls: Calls,
): Promise<ExitCode> {
  const { target, secret, steps, record } = rotation;
  let wasInterrupted = false;
  const isInterrupted = (): boolean => wasInterrupted;
  const interrupt = (): void => {
    if (!isInterrupted())
      terminal.print("Interrupted: this step still comes to its end.");
    wasInterrupted = true;
  };
  process.on("SIGINT", interrupt);
  try {
    while (record.done < steps.length) {
      const planned = steps[record.done];
      if (planned === undefined) break;
      if (isInterrupted()) return leave(rotation, terminal, 130);
      terminal.print(
        `[${record.done + 1}/${steps.length}] ${shownStep(planned.step)}`,
      );
      if (!(await runStep(planned.step, rotation, terminal, calls)))
        return leave(rotation, terminal, isInterrupted() ? 130 : 1);
      record.done += 1;
      keepRotation(target, record);
    }
  } catch (error) {
    const isInterrupt = error instanceof Interrupted;
    if (!isInterrupt && !(error instanceof ProblemReport)) throw error;
    terminal.print(error.message);
    return leave(rotation, terminal, isInterrupt ? 130 : 1);
  } finally {
    process.off("SIGINT", interrupt);
  }
  endRotation(target, secret.name);
  return 0;
}

/** What holds now, and how it goes on. */
function leave(
  { target, secret, steps, record }: Rotation,
  terminal: Terminal,
  code: ExitCode,
): ExitCode {
  if (record.done === 0 && record.versions === undefined) {
    endRotation(target, secret.name);
    terminal.print("Nothing is changed.");
    return code;
  }
  const meanwhile = steps[record.done]?.meanwhile;
  terminal.print(
    [
      `Left before step ${record.done + 1} of ${steps.length}.`,
      ...(meanwhile === undefined ? [] : [`Until it goes on: ${meanwhile}.`]),
      `\`npx wave-eks rotate ${target.environment} ${secret.name}\` goes on there.`,
      ...(secret.kind === "operator" && record.versions !== undefined
        ? [`\n${goBack(target, secret, record.versions)}`]
        : []),
    ].join(" "),
  );
  return code;
}

/** @returns false when it failed, and has said why. @throws ProblemReport of a check. */
async function runStep(
  step: Step,
  rotation: Rotation,
  terminal: Terminal,
  calls: Calls,
): Promise<boolean> {
  const { target, secret, record, value } = rotation;
  switch (step.do) {
    case "write":
      editSettings(target.file, step.key.split("."), step.value);
      return true;
    case "put":
      await calls.store(rotation, value, terminal);
      return true;
    case "deploy":
      return calls.deployStacks(target, [step.stack], terminal);
    case "check": {
      const begun = new Date(record.begun);
      await waitFor(secret, terminal, calls, () =>
        step.what === "retired" && secret.kind === "generated" && secret.store
          ? calls.lookForOldPassword(target, secret.store, secret)
          : calls.lookForValue(target, secret, begun),
      );
      await checkHealth(rotation, terminal, calls);
      return true;
    }
  }
}

/** Asks until everything is right. @throws ProblemReport of what still is not. */
async function waitFor(
  secret: RotatableSecret,
  terminal: Terminal,
  { longestMs, pollMs }: Calls,
  look: () => Promise<Found>,
): Promise<void> {
  const end = Date.now() + longestMs;
  const found = await terminal.progress(
    "ask who has the value",
    async (say) => {
      for (;;) {
        // A question that got no answer is asked again: most of them are about what restarts.
        const seen = await look().catch((error: unknown): Found => ({
          right: [],
          wrong: [sentenceOf(error)],
        }));
        if (seen.wrong.length === 0 || Date.now() > end) return seen;
        say(seen.wrong.join("; "));
        await new Promise((resolve) => setTimeout(resolve, pollMs));
      }
    },
  );
  for (const line of found.right) terminal.print(`  ${line}`);
  if (found.wrong.length > 0)
    throw new ProblemReport(`rotate ${secret.name}`, problemsOf(found, secret));
}

/** Only where Wave reads the secret. */
async function checkHealth(
  { target, secret }: Rotation,
  terminal: Terminal,
  calls: Calls,
): Promise<void> {
  if (!secret.stacks.includes("workloads")) return;
  const found = await calls.askHealth(target);
  for (const line of [...(found?.right ?? []), ...(found?.wrong ?? [])])
    terminal.print(`  ${line}`);
  if (found !== undefined && found.wrong.length > 0)
    throw new ProblemReport(`rotate ${secret.name}`, problemsOf(found, secret));
}

/** What the operator still has to do. */
export function nextSteps({ target, secret, steps }: Rotation): string[] {
  const file = displayPath(target.file);
  const written = steps.flatMap(({ step }) =>
    step.do === "write" ? step.key : [],
  );
  return [
    ...(written.length > 0
      ? [
          `Commit ${file}: it says which password is deployed (${[...new Set(written)].join(", ")}).`,
        ]
      : [
          `Other environments that read ${secret.kind === "operator" ? secret.secretName : secret.name} take the value at their next deploy.`,
        ]),
    ...(secret.setting === "emg.auth.passwordVersion"
      ? ["Give each worker its new password: run worker.sh again."]
      : []),
  ];
}
