//   npm run checkov [-- <environment>]    what it found is left for npm run audit
//
// Runs checkov over the scan copy of every audited environment, and over the plans that the last run of the lab kept: what
// fails must be what docs/registers/exceptions.yaml names, and what it names must fail. With an environment: over
// that one alone.
import "./no-token-traces.cjs";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { z } from "zod";
import { keptPlans, labCovers } from "../tools/lab/terraform/kept-plans";
import { loadSettings } from "../modules/load";
import { ProblemReport } from "../modules/lib/problem";
import { stackSum, writeResult } from "../tools/audit/checkov/result";
import { readCommit } from "../tools/audit/report/commit";
import { synthesizeTraced } from "../tools/audit/report/synth";
import { type Scan, compare, pathOf } from "../tools/audit/checkov/compare";
import * as checkov from "../tools/audit/checkov/install";
import { coversOf, readExceptions } from "../tools/audit/exceptions";
import { graphOf } from "../tools/audit/graph";
import { scanCopy } from "../tools/audit/report/scan-copy";
import { auditedStacks } from "../tools/audit/permissions/environments";
import { synthesize } from "../tools/audit/synthesized";

const check = z.object({
  check_id: z.string(),
  check_name: z.string(),
  resource: z.string(),
});
/** A scan by the pinned checkov that judged something, could read its file, and was not told to skip a check. */
const report = z.object({
  results: z.object({
    passed_checks: z.array(check).min(1),
    failed_checks: z.array(check),
    skipped_checks: z.array(check).max(0),
    parsing_errors: z.array(z.string()).max(0),
  }),
  summary: z.object({ checkov_version: z.literal(checkov.pinnedCheckov()) }),
});

/** Each file alone: over several, checkov takes a resource of one for the companion of one in another, and passes. */
function scan(program: string, framework: Scan["framework"], text: string) {
  const cwd = mkdtempSync(`${tmpdir()}/wave-checkov-`);
  try {
    writeFileSync(`${cwd}/cdk.tf.json`, text, { mode: 0o600 });
    const args = ["--framework", framework, "-o", "json", "--skip-download"];
    // A home of its own and few variables: checkov reads configuration and keys from both, and would ask PyPI.
    const env = { PATH: process.env.PATH, HOME: cwd, LANG: "C.UTF-8" };
    const output = execFileSync(program, ["-d", ".", "--soft-fail", ...args], {
      ...{ cwd, encoding: "utf8", maxBuffer: 2 ** 28 },
      env: { ...env, CKV_SKIP_PACKAGE_UPDATE_CHECK: "true" },
    });
    return report.parse(JSON.parse(output)).results;
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** An environment of the settings' folder, as npm run audit reads it. */
function stacksOf(name: string) {
  try {
    const { settings } = loadSettings({ ...process.env, ENVIRONMENT: name });
    return { name, settings, stacks: synthesizeTraced(settings).stacks };
  } catch (error) {
    console.error(error instanceof ProblemReport ? error.message : error);
    process.exit(1);
  }
}

const program = checkov.installCheckov();
const register = readExceptions();
const [environment] = process.argv.slice(2);
const copies = (
  environment === undefined ? auditedStacks() : [stacksOf(environment)]
).map(({ name, settings, stacks }) => ({
  ...{ name, graph: graphOf(stacks), covers: coversOf(register, settings) },
  framework: "terraform_json" as const,
  texts: Object.entries(stacks).map(([id, json]) => [
    id,
    scanCopy(json) ?? JSON.stringify(json),
    stackSum(json),
  ]),
}));
const kept = environment === undefined ? keptPlans() : [];
const plans = kept.map(({ line, settings, plans: texts }) => ({
  ...{ name: `plan of ${line}`, graph: graphOf(synthesize(settings)) },
  covers: [...coversOf(register, settings), ...labCovers],
  framework: "terraform_plan" as const,
  texts: Object.entries(texts),
}));
const scans = [...copies, ...plans].flatMap(({ texts, ...one }) =>
  texts.map(([stack = "", text = "", sum]) => {
    const found = scan(program, one.framework, text);
    const { passed_checks: passed, failed_checks: failed } = found;
    const counts = `${passed.length} checks passed, ${failed.length} failed`;
    console.log(`ok      ${one.name} ${stack}: ${counts}`);
    return { ...one, stack, failed, sum };
  }),
);
writeResult({
  version: checkov.pinnedCheckov(),
  day: new Date().toISOString().slice(0, 10),
  commit: readCommit().id,
  scans: scans.flatMap(({ name, stack, graph, sum, failed }) =>
    sum === undefined
      ? []
      : [
          {
            ...{ name, stack, sum },
            failed: failed.map((one) => ({
              check: one.check_id,
              asks: one.check_name,
              path: pathOf(graph, stack, one.resource) || one.resource,
            })),
          },
        ],
  ),
});
const problems = compare(scans, environment === undefined);
for (const problem of problems) console.log(`FAILED  ${problem}`);
const isSkipped = environment === undefined && plans.length === 0;
if (isSkipped) console.log("SKIPPED plans: npm run lab makes them");
const counts = `${scans.length} passed, ${problems.length} failed`;
console.log(`\n${counts}, ${isSkipped ? 1 : 0} skipped`);
process.exitCode = problems.length === 0 ? 0 : 1;
