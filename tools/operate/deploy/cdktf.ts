import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { displayPath, projectFile } from "../../../modules/lib/project-file";
import { duration, type Terminal } from "../cli/terminal";
import { type Target } from "../target";
import { BINARY_NAME, terraformOf } from "../terraform/binary";
import { type CliCommand, argumentsOf, cliOf } from "../terraform/cli";
import { Follower } from "../terraform/follower";
import { interruptCli } from "../terraform/interrupt-cli";
import { Interrupted } from "../terraform/interrupted";
import { lockIn, lockSentence } from "../terraform/lock";
import { type Ended, run } from "../terraform/run";
import { errorsIn } from "../terraform/stacks";

/** How the CLI is run. */
interface CliOptions {
  /** Whether its log goes on from that of another run of the same deploy. @default it begins anew */
  readonly more?: boolean;
}

/** `cdktf deploy` of stacks, or of all. @returns whether each of them printed that it is through. */
export const deployStacks = (
  target: Target,
  stacks: readonly string[] | undefined,
  terminal: Terminal,
  options?: CliOptions,
): Promise<boolean> =>
  runCli("deploy", target, stacks ?? target.stacks, terminal, options);

/** `cdktf destroy` of stacks, or of all. @returns whether each of them printed that it is through. */
export const destroyStacks = (
  target: Target,
  stacks: readonly string[] | undefined,
  terminal: Terminal,
): Promise<boolean> =>
  runCli("destroy", target, stacks ?? target.stacks, terminal);

/** Tells the progress that it did not end well. */
class CutOff extends Error {
  constructor(readonly ended: Ended) {
    super();
  }
}

/** A CLI that ends with 0 says little: it takes a Terraform that was killed for one that succeeded. */
async function runCli(
  command: CliCommand,
  target: Target,
  stacks: readonly string[],
  terminal: Terminal,
  { more = false }: CliOptions = {},
): Promise<boolean> {
  const args = argumentsOf(command, stacks);
  terminal.print(`npx cdktf ${args.join(" ")}`);
  const file = logFile(target, command);
  const log = createWriteStream(file, { flags: more ? "a" : "w" });
  const follower = new Follower(stacks, (text) => {
    terminal.print(`  ${text}`);
  });
  const isThrough = (id: string): boolean =>
    follower.progress.get(id)?.seconds !== undefined;
  const { code, stdout, stderr, interrupted } = await terminal
    .progress(`${command} ${target.environment}`, async (say) => {
      const ended = await run(cliOf(target.env), args, {
        cwd: projectFile("."),
        env: withShell(target.env),
        interrupt: interruptCli,
        onLine: (line) => {
          log.write(`${line}\n`);
          follower.read(line);
          say(shownProgress(follower, stacks));
        },
      });
      if (ended.code !== 0 || !stacks.every(isThrough)) throw new CutOff(ended);
      return ended;
    })
    .catch((error: unknown) => {
      if (error instanceof CutOff) return error.ended;
      throw error;
    });
  log.end();
  const through = stacks.filter(isThrough);
  if (code === 0 && through.length === stacks.length) return true;
  if (interrupted)
    throw new Interrupted(
      interruptedSentence(stacks, through, displayPath(file)),
    );
  const lock = lockIn([...stdout, ...stderr]);
  const cut = stacks.filter((id) => !through.includes(id));
  terminal.print(
    code === 0
      ? `The CLI ended well, but Terraform did not in ${cut.join(", ")}: it was killed.`
      : lock
        ? lockSentence(target, cut[0] ?? "", lock)
        : failedSentence(command, [...stdout, ...stderr]),
  );
  terminal.print(`All it said: ${displayPath(file)}`);
  return false;
}

/** A Terraform that was killed says nothing; the shell that started it ends with 128 and the signal. */
export function failedSentence(
  command: CliCommand,
  lines: readonly string[],
): string {
  const [, code] = /exit code (1[2-9]\d)\b/.exec(lines.join("\n")) ?? [];
  return code !== undefined && Number(code) > 128
    ? `${command} failed: Terraform was killed (signal ${Number(code) - 128}). Look for its lock, and repeat the command`
    : `${command} failed: ${errorsIn(lines)}`;
}

/** What stands after an interrupt: Terraform has ended what it had begun, and written it down. */
export function interruptedSentence(
  stacks: readonly string[],
  through: readonly string[],
  log: string,
): string {
  const rest = stacks.filter((id) => !through.includes(id));
  return [
    `Interrupted. Terraform ended what it had begun.`,
    ...(through.length > 0 ? [`Through: ${through.join(", ")}.`] : []),
    `Not through: ${rest.join(", ")}.`,
    `The same command goes on from there. All it said: ${log}`,
  ].join(" ");
}

/** The CLI does not see that Terraform was killed; a shell between the two tells it. */
const withShell = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...env,
  TERRAFORM_PROGRAM: terraformOf(env),
  [BINARY_NAME]: projectFile("scripts", "run-terraform"),
});

function logFile({ outdir }: Target, command: CliCommand): string {
  mkdirSync(outdir, { recursive: true });
  return join(outdir, `${command}.log`);
}

const shownProgress = (
  { progress }: Follower,
  stacks: readonly string[],
): string =>
  stacks
    .flatMap((id) => progress.get(id) ?? [])
    .filter(({ seconds }) => seconds === undefined)
    .map(
      ({ stack, resources, started }) =>
        `${stack}: ${resources} resources, ${duration((Date.now() - started) / 1000)}`,
    )
    .join(" · ");
