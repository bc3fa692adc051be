import { readFileSync } from "node:fs";
import { projectFile } from "../../../modules/lib/project-file";
import { type Lab } from "../lab";

const PAGE = "docs/upgrade/classic-to-current.md";

/** The kubectl commands that a page prints below a heading, in their order, one line each. */
export function commandsBelow(page: string, heading: string): string[] {
  const [, below = ""] = page.split(`\n## ${heading}\n`);
  const [section = ""] = below.split("\n## ");
  return [...section.matchAll(/```console\n(.*?)```/gs)].flatMap(
    ([, block = ""]) =>
      block
        .replace(/\\\n\s*/g, "")
        .split("\n")
        .filter((line) => line.startsWith("kubectl ")),
  );
}

/** What the upgrade page has people type before the deploy, typed as it stands there. */
export async function prepareUpgrade({
  workloads,
  report,
}: Lab): Promise<void> {
  if (!workloads) return;
  const page = readFileSync(projectFile(PAGE), "utf8");
  const commands = commandsBelow(page, "The window");
  const failed: string[] = [];
  for (const command of commands) {
    report.progress(command);
    const [, ...args] = command.split(/\s+/);
    const { code, stderr } = await workloads.cluster.kubectl.ask(args);
    if (code !== 0) failed.push(`${command}: ${stderr.trim()}`);
  }
  report.check(
    `the ${commands.length} kubectl commands of the upgrade page work as printed`,
    commands.length > 0 && failed.length === 0,
    failed.join("; ") || undefined,
  );
}
