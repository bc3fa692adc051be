import { type Problem, ProblemReport } from "../../../modules/lib/problem";
import { displayPath } from "../../../modules/lib/project-file";
import { type RunVariables } from "../../../modules/settings/choose";
import { type ExitCode } from "../cli/command";
import { duration, type Terminal } from "../cli/terminal";
import { type Target } from "../target";
import { type GivenValue } from "./operator-value";
import { type RotationRecord, keepRotation, openRotations } from "./record";
import { type RotatableSecret } from "./rotatable";
import { CALLS, type Calls, type Rotation, nextSteps, runSteps } from "./run";
import { shownStep, stepsFor } from "./steps";
import { readValue } from "./value";

/** How a rotation is asked for. */
export interface RotateOptions {
  readonly valueFile: string | undefined;
  readonly valueProfile: string | undefined;
  readonly yes: boolean;
  readonly variables: RunVariables;
  readonly terminal: Terminal;
}

/**
 * Begins a rotation, or goes on with one.
 *
 * @throws ProblemReport of all that keeps it from being begun; nothing is changed by then.
 */
export async function rotateSecret(
  target: Target,
  secret: RotatableSecret,
  { valueFile, valueProfile, yes, variables, terminal }: RotateOptions,
  calls: Calls = CALLS,
): Promise<ExitCode> {
  const begun = openRotations(target);
  refuseBeside(target, secret, begun);
  const open = begun.find((one) => one.secret === secret.name);
  const text = valueFor(target, secret, open, { valueFile, variables });
  const value =
    text === undefined ? undefined : { text, profile: valueProfile };
  const rotation = prepared(target, secret, open, value);
  say(rotation, open, terminal);
  if (open === undefined) {
    const problems = await calls.problemsBefore(target, secret, terminal);
    if (problems.length > 0)
      throw new ProblemReport(`rotate ${secret.name}`, problems);
  }
  const question = `${open === undefined ? "Rotate" : "Go on with"} ${secret.name} of ${target.environment} (account ${target.settings.accountId})?`;
  if (!yes && !(await terminal.confirm(question, "--yes"))) return 1;
  const start = Date.now();
  keepRotation(target, rotation.record);
  const code = await runSteps(rotation, terminal, calls);
  if (code === 0) {
    terminal.print(
      `${secret.name} is rotated, in ${duration((Date.now() - start) / 1000)}.`,
    );
    for (const line of nextSteps(rotation)) terminal.print(line);
  }
  terminal.result({
    environment: target.environment,
    secret: secret.name,
    rotated: code === 0,
    steps: rotation.steps.length,
    done: rotation.record.done,
  });
  return code;
}

/** @throws ProblemReport while another rotation deploys the same stacks. */
function refuseBeside(
  { environment }: Target,
  secret: RotatableSecret,
  begun: readonly RotationRecord[],
): void {
  const beside = begun.filter(
    (one) =>
      one.secret !== secret.name &&
      one.stacks.some((stack) => secret.stacks.includes(stack)),
  );
  if (beside.length === 0) return;
  throw new ProblemReport(
    `rotate ${environment}`,
    beside.map((one) => ({
      path: one.secret,
      given: `a rotation that was begun at ${one.begun} and has not ended`,
      allowed: `one rotation at a time of what ${one.stacks.join(" and ")} deploy`,
      fix: `end it: \`npx wave-eks rotate ${environment} ${one.secret}\``,
    })),
  );
}

/** @throws ProblemReport where a value is missing, is not wanted, or has the wrong shape. */
function valueFor(
  { environment }: Target,
  secret: RotatableSecret,
  open: RotationRecord | undefined,
  { valueFile, variables }: Pick<RotateOptions, "valueFile" | "variables">,
): string | undefined {
  const problem = (given: string, allowed: string, fix: string): Problem => ({
    path: "--value-file",
    ...{ given, allowed, fix },
  });
  if (secret.kind === "generated") {
    if (valueFile === undefined) return undefined;
    throw new ProblemReport(`rotate ${environment}`, [
      problem(valueFile, `nothing: the password is generated`, "leave it out"),
    ]);
  }
  if (valueFile !== undefined) return readValue(secret, valueFile, variables);
  if (open !== undefined && open.done > 0) return undefined;
  throw new ProblemReport(`rotate ${environment}`, [
    problem(
      "nothing",
      `a file with {${secret.keys.map((key) => `"${key}": "…"`).join(", ")}}, or - for stdin`,
      `\`npx wave-eks rotate ${environment} ${secret.name} --value-file <file>\``,
    ),
  ]);
}

/** With a value that is given anew an operator's secret begins with its first step again. */
function prepared(
  target: Target,
  secret: RotatableSecret,
  open: RotationRecord | undefined,
  value: GivenValue | undefined,
): Rotation {
  const record: RotationRecord = open ?? {
    secret: secret.name,
    stacks: secret.stacks,
    begun: new Date().toISOString(),
    to: secret.kind === "generated" ? secret.version + 1 : 0,
    done: 0,
  };
  if (value !== undefined) record.done = 0;
  const steps = stepsFor(secret, record.to);
  return { target, secret, steps, record, value };
}

/** What will be done, and what it interrupts. */
function say(
  { target, secret, steps, record }: Rotation,
  open: RotationRecord | undefined,
  terminal: Terminal,
): void {
  if (open !== undefined)
    terminal.print(
      `The rotation of ${secret.name} that was begun at ${open.begun} goes on.`,
    );
  terminal.print(
    `${secret.name} (${secret.setting}, ${displayPath(target.file)}). What it interrupts: ${secret.interrupts}.`,
  );
  steps.forEach(({ step }, index) => {
    terminal.print(
      `  ${index + 1}. ${shownStep(step)}${index < record.done ? " (done)" : ""}`,
    );
  });
  const meanwhile = steps[record.done]?.meanwhile;
  if (open !== undefined && meanwhile !== undefined)
    terminal.print(`Until it is through: ${meanwhile}.`);
}
