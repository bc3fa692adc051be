/**
 * Writes a folder for auditors, or says what changed between two of them.
 *
 *   npm run audit -- <environment> [folder]     default folder: cdktf.out/audit/<environment>; open index.html in it
 *     --approvals <file>                        who accepted which entry of the registers (docs/auditing.md)
 *     --strict                                  ends with 1 for what nobody accepted, what expired or ended, and broken rules
 *   npm run audit -- --json <folder> [folder]   the stacks of any CDKTF project's cdktf.out, with less; default folder: cdktf.out/audit/json
 *   npm run audit -- --diff <old> <new>         everything that differs: ends with 1 where something does, 2 where one is no such folder
 */
import "./no-token-traces.cjs";
import { instance } from "@viz-js/viz";
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { parseArgs } from "node:util";
import { readAcceptedRisks } from "../tools/audit/accepted-risks";
import { readApprovals } from "../tools/audit/approvals";
import { readExceptions } from "../tools/audit/exceptions";
import { readResult } from "../tools/audit/checkov/result";
import { type Audited } from "../tools/audit/report/audited";
import { strictFailures } from "../tools/audit/report/strict";
import { systemProblem } from "../modules/lib/system-error";
import { readCommit } from "../tools/audit/report/commit";
import { diffOf, wrapped } from "../tools/audit/diff/report";
import { auditOf } from "../tools/audit/report/files";
import { readFolder, writeFolder } from "../tools/audit/report/folder";
import { readStacks } from "../tools/audit/report/json-only";
import { synthesizeTraced } from "../tools/audit/report/synth";
import { ProblemReport } from "../modules/lib/problem";
import { displayPath, projectFile } from "../modules/lib/project-file";
import { chooseSettings } from "../modules/settings/choose";
import { loadSettings } from "../modules/load";

const USAGE = `Usage: npm run audit -- <environment> [folder] [--approvals <file>] [--strict]
       npm run audit -- --json <cdktf.out> [folder]
       npm run audit -- --diff <old folder> <new folder>`;

/** How an environment is audited. */
interface Options {
  readonly folder?: string | undefined;
  readonly approvals?: string | undefined;
  readonly strict?: boolean | undefined;
}

/** Today, or the day that whoever repeats an audit gives as SOURCE_DATE_EPOCH, in seconds (reproducible-builds.org). */
function today({ SOURCE_DATE_EPOCH: epoch } = process.env): string {
  const time =
    epoch === undefined ? new Date() : new Date(Number(epoch) * 1000);
  if (Number.isNaN(time.getTime()))
    throw new ProblemReport("SOURCE_DATE_EPOCH", [
      {
        path: "SOURCE_DATE_EPOCH",
        given: epoch ?? "",
        allowed: "seconds since 1970",
        fix: "write it as `date +%s` does, or unset it",
      },
    ]);
  return time.toISOString().slice(0, 10);
}

async function audit(
  environment: string,
  { folder, approvals, strict }: Options,
): Promise<void> {
  const variables = { ...process.env, ENVIRONMENT: environment };
  const loaded = loadSettings(variables);
  const { settings, source, notices } = loaded;
  for (const notice of notices) console.log(`Note: ${notice}`);
  await write({
    environment,
    source,
    text: readFileSync(chooseSettings(variables).file, "utf8"),
    settings,
    synthesized: synthesizeTraced(settings),
    commit: readCommit(),
    day: today(),
    lock: readFileSync(projectFile("package-lock.json"), "utf8"),
    scanned: readResult(),
    approvals: approvals === undefined ? undefined : approvalsIn(approvals),
    folder,
    strict,
  });
}

/** The JSON alone, of any CDKTF project. */
const auditJson = (from: string, folder?: string): Promise<void> =>
  write({
    ...{
      environment: basename(resolve(from)),
      source: from,
      text: "",
      lock: "",
    },
    synthesized: readStacks(resolve(from)),
    commit: readCommit(),
    day: today(),
    folder: folder ?? projectFile("cdktf.out", "audit", "json"),
  });

async function write({
  folder,
  strict,
  ...audited
}: Audited & Pick<Options, "folder" | "strict">): Promise<void> {
  const viz = await instance();
  const draw = (dot: string) => viz.renderString(dot, { format: "svg" });
  const { inventory, tables, files } = auditOf({ ...audited, draw });
  const target =
    folder === undefined
      ? projectFile("cdktf.out", "audit", audited.environment)
      : resolve(folder);
  writeFolder(target, files);
  const shown = displayPath(target);
  const broken = inventory.flatMap(({ failed }) => failed).length;
  console.log(
    `${inventory.length} resources, ${tables.length} tables, ${Object.keys(files).length} files of ${audited.source}. Rules broken outside of the register: ${broken}.`,
  );
  console.log(
    `Open ${shown.startsWith("..") ? target : shown}/index.html; sha256sum -c MANIFEST checks the files.`,
  );
  const failures = strict ? strictFailures(tables, inventory, today()) : [];
  for (const failure of failures) console.log(`FAILED  ${failure}`);
  if (broken + failures.length > 0) process.exitCode = 1;
}

function approvalsIn(file: string): NonNullable<Audited["approvals"]> {
  const text = readGiven(file);
  const ids = [...readExceptions(), ...readAcceptedRisks()].map(({ id }) => id);
  return { text, entries: readApprovals(text, file, ids, today()) };
}

function readGiven(file: string): string {
  try {
    return readFileSync(resolve(file), "utf8");
  } catch (error) {
    const problem = systemProblem(error, "a file that can be read");
    throw problem ? new ProblemReport("--approvals", [problem]) : error;
  }
}

/** Lines are broken for a terminal only: whoever reads them by a program has each change on one. */
function diff(before: string, after: string): void {
  process.exitCode = 2;
  const { text, differs } = diffOf(readFolder(before), readFolder(after));
  console.log(wrapped(text, process.stdout.columns));
  process.exitCode = differs ? 1 : 0;
}

async function run(args: string[]): Promise<void> {
  const call = callOf(args);
  const [first = process.env.ENVIRONMENT, second, ...more] =
    call?.positionals ?? [];
  const { diff: isDiff, json: isJson, ...options } = call?.values ?? {};
  const hasOptions = Object.keys(options).length > 0;
  if (call === undefined || !first || more.length > 0) usage();
  else if (isJson && !isDiff && !hasOptions) await auditJson(first, second);
  else if (isJson) usage();
  else if (!isDiff) await audit(first, { folder: second, ...options });
  else if (second === undefined || hasOptions) usage();
  else diff(resolve(first), resolve(second));
}

/** What is asked for; undefined for a call that cannot be understood. */
function callOf(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        diff: { type: "boolean" },
        json: { type: "boolean" },
        approvals: { type: "string" },
        strict: { type: "boolean" },
      },
    });
  } catch {
    return undefined;
  }
}

function usage(): void {
  console.error(USAGE);
  process.exitCode = 2;
}

run(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof ProblemReport ? error.message : error);
  process.exitCode ||= 1;
});
