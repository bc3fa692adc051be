import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ProblemReport } from "../../../modules/lib/problem";
import { displayPath, projectFile } from "../../../modules/lib/project-file";
import { type Target, stackFolder } from "../target";
import { terraformOf } from "./binary";
import { Interrupted } from "./interrupted";
import { type Ended, run } from "./run";

/**
 * `terraform <args>` in the folder of a stack.
 *
 * @throws Interrupted when somebody ended it, and it ended by itself.
 * @throws ProblemReport when it cannot be started, or was killed.
 */
export async function terraform(
  target: Pick<Target, "outdir" | "env">,
  stack: string,
  args: readonly string[],
  onLine?: (line: string) => void,
): Promise<Ended> {
  const program = terraformOf(target.env);
  const ended = await run(program, args, {
    cwd: stackFolder(target, stack),
    env: { ...target.env, TF_INPUT: "0", TF_IN_AUTOMATION: "1" },
    onLine,
  }).catch((error: unknown) => {
    throw notStarted(program, error);
  });
  if (ended.interrupted) throw new Interrupted();
  if (ended.signal !== undefined)
    throw killed(target, stack, args[0] ?? "", ended.signal);
  return ended;
}

const notStarted = (program: string, error: unknown): ProblemReport =>
  new ProblemReport("Terraform", [
    {
      path: "TERRAFORM_BINARY_NAME",
      given: `${program}, which cannot be started: ${error instanceof Error ? error.message : String(error)}`,
      allowed: "Terraform, or OpenTofu where the lane has it",
      fix: "install it, or name it by TERRAFORM_BINARY_NAME",
    },
  ]);

/** A killed Terraform says nothing, so its last words would mislead. */
const killed = (
  target: Pick<Target, "outdir">,
  stack: string,
  command: string,
  signal: NodeJS.Signals,
): ProblemReport =>
  new ProblemReport(`terraform ${command}`, [
    {
      path: `stack ${stack}`,
      given: `Terraform was killed by ${signal}`,
      allowed: `a ${command} that runs to its end`,
      fix: `look for who killed it, such as the kernel for want of memory (\`dmesg\`), then repeat: \`terraform ${command}\` in ${displayPath(stackFolder(target, stack))}`,
    },
  ]);

/**
 * Writes the JSON of all stacks of an environment into its folder, by the app command of the CLI.
 *
 * @throws ProblemReport of what the app refuses.
 */
export async function synthesizeTarget(target: Target): Promise<void> {
  const root = projectFile(".");
  const { code, stdout, stderr, interrupted } = await run(
    process.execPath,
    [join(root, "scripts", "app.mjs")],
    { cwd: root, env: { ...target.env, CDKTF_OUTDIR: target.outdir } },
  );
  if (interrupted) throw new Interrupted();
  if (code === 0) return;
  throw new ProblemReport(target.source, [
    {
      path: "synth",
      given: [...stderr, ...stdout].slice(-20).join("\n"),
      allowed: "settings that synthesize",
      fix: `mend what it says; \`ENVIRONMENT=${target.environment} npm run synth\` repeats it`,
    },
  ]);
}

/** What a stack's JSON holds. */
export interface StackJson {
  readonly resource?: Readonly<
    Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>
  >;
  readonly data?: StackJson["resource"];
  readonly output?: Readonly<Record<string, unknown>>;
}

/** The synthesized JSON of a stack. */
export const stackJson = (target: Pick<Target, "outdir">, stack: string) =>
  JSON.parse(
    readFileSync(join(stackFolder(target, stack), "cdk.tf.json"), "utf8"),
  ) as StackJson;

/**
 * `terraform init` of a stack that is synthesized.
 *
 * @throws ProblemReport with what Terraform says.
 */
export async function initStack(
  target: Pick<Target, "outdir" | "env">,
  stack: string,
): Promise<void> {
  const { code, stdout, stderr } = await terraform(target, stack, [
    "init",
    "-no-color",
    "-input=false",
  ]);
  if (code !== 0) throw failed(target, stack, "init", [...stdout, ...stderr]);
}

/** What a stack has put out, by name; nothing for one that was never deployed. Values of sensitive ones are in it: print none. */
export async function outputsOf(
  target: Pick<Target, "outdir" | "env">,
  stack: string,
): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await terraform(target, stack, [
    "output",
    "-json",
    "-no-color",
  ]);
  if (code !== 0) throw failed(target, stack, "output", stderr);
  const outputs = JSON.parse(stdout.join("\n")) as Record<
    string,
    { readonly value: unknown }
  >;
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { value }]) => [name, value]),
  );
}

/** Terraform's own words as a problem of the stack. */
export const failed = (
  target: Pick<Target, "outdir">,
  stack: string,
  command: string,
  lines: readonly string[],
): ProblemReport =>
  new ProblemReport(`terraform ${command}`, [
    {
      path: `stack ${stack}`,
      given: errorsIn(lines),
      allowed: `a ${command} that ends well`,
      fix: `mend what it says; \`terraform ${command}\` in ${displayPath(stackFolder(target, stack))} repeats it`,
    },
  ]);

/** What Terraform says from its first error on, or at its end where it names none, without its frame, as a paragraph. */
export function errorsIn(lines: readonly string[]): string {
  const plain = lines.map((line) => line.replace(/^[│╷╵\s]+/, "").trimEnd());
  const first = plain.findIndex((line) => line.startsWith("Error:"));
  return plain
    .slice(first === -1 ? -12 : first)
    .filter((line) => line !== "")
    .slice(0, 12)
    .join(" ");
}
