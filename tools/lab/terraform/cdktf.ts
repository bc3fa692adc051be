import { join } from "node:path";
import { laneOf } from "../../../modules/core/versions/lanes";
import { projectFile } from "../../../modules/lib/project-file";
import { type RunResult, run } from "../system/process";

/** What a deploy or destroy printed about one stack. */
export interface StackProgress {
  readonly stack: string;
  readonly started: number;
  /** Resources created or destroyed so far. */
  resources: number;
  /** Set when Terraform printed that it is through. */
  seconds?: number;
}

/** What a user types. */
export type Command = "deploy" | "destroy";

export interface CdktfRun {
  readonly result: RunResult;
  readonly progress: readonly StackProgress[];
}

/**
 * Arguments of the CLI. It refuses one stack without those it builds on, and to destroy what `workloads` builds on without
 * `workloads`, even when that was never deployed. With the flag that allows it the CLI keeps no order but the given one: the reverse of the deploy's.
 * With `workloads` it needs no flag, and keeps the order itself.
 */
function argumentsOf(command: Command, stacks: readonly string[]): string[] {
  if (command === "deploy" && stacks.length === 1)
    return [
      command,
      ...stacks,
      "--ignore-missing-stack-dependencies",
      "--auto-approve",
    ];
  if (command === "deploy" || stacks.includes("workloads"))
    return [command, ...stacks, "--auto-approve"];
  return [
    "destroy",
    ...[...stacks].reverse(),
    "--ignore-missing-stack-dependencies",
    "--parallelism",
    "1",
    "--auto-approve",
  ];
}

/** The CLI of the lane of an environment. */
export function cliOf(env: NodeJS.ProcessEnv): string {
  const { folder = ".", cli } = laneOf(env);
  return projectFile(folder, "node_modules", ".bin", cli);
}

/** `cdktf deploy …` or `cdktf destroy …`, as a user types it, with progress. */
export async function cdktf(
  command: Command,
  stacks: readonly string[],
  options: {
    readonly step: string;
    readonly env: NodeJS.ProcessEnv;
    readonly print: (text: string) => void;
    readonly signal?: AbortSignal;
    /** Folder of another version of this project, with a CLI of its own. @default this one */
    readonly project?: string;
  },
): Promise<CdktfRun> {
  const args = argumentsOf(command, stacks);
  options.print(`cdktf ${args.join(" ")}`);
  const follower = new Follower(stacks, options.print);
  const { project } = options;
  const cli = project && join(project, "node_modules", ".bin", "cdktf");
  const result = await run(cli ?? cliOf(options.env), args, {
    step: options.step,
    env: options.env,
    cwd: project,
    signal: options.signal,
    onLine: (line) => {
      follower.read(line);
    },
  });
  return { result, progress: [...follower.progress.values()] };
}

/**
 * Reads the output of the CLI. The first of several lines begins with its stack's name; the others follow at once, after spaces
 * in cdktf, as they are in cdktn.
 */
export class Follower {
  readonly progress = new Map<string, StackProgress>();
  private current: string | undefined;

  constructor(
    private readonly stacks: readonly string[],
    private readonly print: (text: string) => void,
  ) {}

  read(line: string): void {
    this.current =
      this.stacks.find((id) => line.startsWith(`${id}  `)) ?? this.current;
    if (this.current === undefined) return;
    const stack = this.progressOf(this.current, line);
    if (stack) this.follow(stack, line);
  }

  /**
   * A stack's time runs from its first look at a resource: `terraform init` of all stacks comes before. One without resources
   * looks at none.
   */
  private progressOf(stack: string, line: string): StackProgress | undefined {
    if (
      !this.progress.has(stack) &&
      /: (Refreshing state|Reading|Creating)\.\.\.|No changes\. /.test(line)
    )
      this.progress.set(stack, { stack, started: Date.now(), resources: 0 });
    return this.progress.get(stack);
  }

  private follow(stack: StackProgress, line: string): void {
    if (/: (Creation|Destruction) complete after/.test(line)) {
      stack.resources += 1;
      if (stack.resources % 20 === 0)
        this.print(`${stack.stack}: ${stack.resources} resources`);
    }
    const complete = /(Apply|Destroy) complete! Resources: (\d+)/.exec(line);
    if (!complete) return;
    stack.resources = Number(complete[2]);
    stack.seconds = Math.round((Date.now() - stack.started) / 1000);
    this.print(`${stack.stack}: ${line.slice(complete.index).trim()}`);
  }
}
