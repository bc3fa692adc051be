/**
 * Writes a folder for auditors, or says what changed between two of them.
 *
 *   npm run audit -- <environment> [folder]     default folder: cdktf.out/audit/<environment>; open index.html in it
 *   npm run audit -- --diff <old> <new>         everything that differs: ends with 1 where something does, 2 where one is no such folder
 */
import "./no-token-traces.cjs";
import { instance } from "@viz-js/viz";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { readCommit } from "../tools/audit/report/commit";
import { diffOf, wrapped } from "../tools/audit/diff/report";
import { auditOf } from "../tools/audit/report/files";
import { readFolder, writeFolder } from "../tools/audit/report/folder";
import { synthesizeTraced } from "../tools/audit/report/synth";
import { ProblemReport } from "../modules/lib/problem";
import { displayPath, projectFile } from "../modules/lib/project-file";
import { chooseSettings } from "../modules/settings/choose";
import { loadSettings } from "../modules/load";

const USAGE = `Usage: npm run audit -- <environment> [folder]
       npm run audit -- --diff <old folder> <new folder>`;

async function audit(
  environment: string,
  folder: string | undefined,
): Promise<void> {
  const viz = await instance();
  const variables = { ...process.env, ENVIRONMENT: environment };
  const loaded = loadSettings(variables);
  const { settings, source, notices } = loaded;
  for (const notice of notices) console.log(`Note: ${notice}`);
  const { inventory, tables, files } = auditOf({
    environment,
    source,
    text: readFileSync(chooseSettings(variables).file, "utf8"),
    settings,
    synthesized: synthesizeTraced(settings),
    commit: readCommit(),
    lock: readFileSync(projectFile("package-lock.json"), "utf8"),
    draw: (dot) => viz.renderString(dot, { format: "svg" }),
  });
  const target =
    folder === undefined
      ? projectFile("cdktf.out", "audit", environment)
      : resolve(folder);
  writeFolder(target, files);
  const shown = displayPath(target);
  const broken = inventory.flatMap(({ failed }) => failed).length;
  console.log(
    `${inventory.length} resources, ${tables.length} tables, ${Object.keys(files).length} files of ${source}. Rules broken outside of the register: ${broken}.`,
  );
  if (broken > 0) process.exitCode = 1;
  console.log(
    `Open ${shown.startsWith("..") ? target : shown}/index.html; sha256sum -c MANIFEST checks the files.`,
  );
}

/** Lines are broken for a terminal only: whoever reads them by a program has each change on one. */
function diff(before: string, after: string): void {
  process.exitCode = 2;
  const { text, differs } = diffOf(readFolder(before), readFolder(after));
  console.log(wrapped(text, process.stdout.columns));
  process.exitCode = differs ? 1 : 0;
}

async function run(args: readonly string[]): Promise<void> {
  const [first = process.env.ENVIRONMENT, second, ...more] = args;
  if (first === "--diff" && second !== undefined && more.length === 1) {
    diff(resolve(second), resolve(more[0] ?? ""));
    return;
  }
  if (!first || more.length > 0 || args.some((arg) => arg.startsWith("-")))
    usage();
  else await audit(first, second);
}

function usage(): void {
  console.error(USAGE);
  process.exitCode = 2;
}

run(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof ProblemReport ? error.message : error);
  process.exitCode ||= 1;
});
