import { join } from "node:path";
import {
  type CliCommand,
  argumentsOf,
  cliOf,
} from "../../operate/terraform/cli";
import { Follower, type StackProgress } from "../../operate/terraform/follower";
import { type RunResult, run } from "../system/process";

export interface CdktfRun {
  readonly result: RunResult;
  readonly progress: readonly StackProgress[];
}

/** `cdktf deploy …` or `cdktf destroy …`, as a user types it, with progress. */
export async function cdktf(
  command: CliCommand,
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
