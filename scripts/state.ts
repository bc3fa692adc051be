/**
 * Makes the bucket that holds the state of all stacks, once per environment, before the first deploy. Shows the
 * plan and asks; its own state is a file below `.state/`: keep it.
 *
 *   npm run state [-- --yes]
 */
import { spawnSync } from "node:child_process";
import { ProblemReport } from "../modules/lib/problem";
import { displayPath } from "../modules/lib/project-file";
import { loadSettings } from "../modules/load";
import { writeStateStack } from "../modules/state-app";
import { terraformOf } from "../tools/operate/terraform/binary";

const wrong = process.argv.slice(2).filter((argument) => argument !== "--yes");
const yes = process.argv.includes("--yes");

function synthesize(): string {
  const { settings, notices } = loadSettings();
  for (const notice of notices) console.log(`Note: ${notice}`);
  return writeStateStack(settings);
}

function terraform(folder: string, ...args: string[]): boolean {
  console.log(`\nterraform ${args.join(" ")}`);
  const binary = terraformOf();
  const { status, error } = spawnSync(binary, args, {
    cwd: folder,
    stdio: "inherit",
  });
  if (error) console.error(`${binary}: ${error.message}`);
  return status === 0;
}

function run(): boolean {
  if (wrong.length > 0) {
    console.error(
      `Unknown: ${wrong.join(" ")}. Usage: npm run state [-- --yes]`,
    );
    return false;
  }
  const folder = synthesize();
  console.log(`The state bucket, from ${displayPath(folder)}`);
  return (
    terraform(folder, "init", "-input=false") &&
    terraform(folder, "apply", ...(yes ? ["-auto-approve"] : []))
  );
}

try {
  if (!run()) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof ProblemReport)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
