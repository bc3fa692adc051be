import { laneOf } from "../../../modules/core/versions/lanes";
import { projectFile } from "../../../modules/lib/project-file";

/** What a user types. */
export type CliCommand = "deploy" | "destroy";

/**
 * Arguments of the CLI. It refuses one stack without those it builds on, and to destroy what `workloads` builds on without
 * `workloads`, even when that was never deployed. With the flag that allows it the CLI keeps no order but the given one: the reverse of the deploy's.
 * With `workloads` it needs no flag, and keeps the order itself.
 */
export function argumentsOf(
  command: CliCommand,
  stacks: readonly string[],
): string[] {
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
