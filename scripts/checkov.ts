/**
 * Runs checkov over the scan copy of both examples, and over the plans that the last run of the lab kept: its failed
 * checks must be those of docs/registers/exceptions.yaml (FIG-15).
 *
 *   npm run checkov
 *
 * The first run installs checkov into .lab/checkov (Python 3.9 or later, and PyPI). Where that fails it says so, and skips.
 */
import { keptPlans, labCovers } from "../tools/lab/terraform/kept-plans";
import { installCheckov, pinnedCheckov } from "../tools/audit/checkov/install";
import { type Framework } from "../tools/audit/checkov/results";
import { scanEach } from "../tools/audit/checkov/scan";
import {
  SILENCES,
  type Silence,
  idleSilences,
} from "../tools/audit/checkov/silences";
import {
  type Scanned,
  type Verdict,
  judgeScan,
  scanVerdict,
} from "../tools/audit/checkov/verdicts";
import { exampleEnvironments } from "../tools/audit/environments";
import { coversOf, readExceptions } from "../tools/audit/exceptions";
import { graphOf } from "../tools/audit/graph";
import { scanCopy } from "../tools/audit/report/scan-copy";
import { synthesize } from "../tools/audit/synthesized";

const counts = { passed: 0, failed: 0, skipped: 0 };

function tell({ passed, lines: [first = "", ...problems] }: Verdict): void {
  counts[passed ? "passed" : "failed"] += 1;
  console.log(`${passed ? "ok     " : "FAILED "} ${first}`);
  for (const problem of problems) console.log(`          ${problem}`);
}

function skip(what: string): void {
  counts.skipped += 1;
  console.log(`SKIPPED ${what}`);
}

/** An environment, with the text of each stack's file. */
interface Prepared {
  /** Of the lab, for a plan. */
  readonly line?: string;
  readonly scanned: Scanned;
  readonly texts: Readonly<Record<string, string>>;
}

/** @param texts By stack. */
function prepare(
  environment: Omit<Scanned, "files">,
  folder: string,
  texts: Readonly<Record<string, string>>,
): Prepared {
  const placed = Object.entries(texts).map(([stack, text]) => ({
    stack,
    file: `${folder}/${stack}/cdk.tf.json`,
    text,
  }));
  return {
    scanned: {
      ...environment,
      files: Object.fromEntries(placed.map(({ stack, file }) => [stack, file])),
    },
    texts: Object.fromEntries(placed.map(({ file, text }) => [file, text])),
  };
}

const register = readExceptions();

const copies = (): Prepared[] =>
  exampleEnvironments().map(({ name, settings, stacks }) =>
    prepare(
      { name, graph: graphOf(stacks), covers: coversOf(register, settings) },
      name.replace(/\W+/g, "-"),
      Object.fromEntries(
        Object.entries(stacks).map(([id, json]) => [id, scanCopy(json)]),
      ),
    ),
  );

const plans = (): Prepared[] =>
  keptPlans().map(({ line, settings, plans: texts, made }) => ({
    line,
    ...prepare(
      {
        name: `plan of ${line} (${made.toISOString().slice(0, 16)}Z)`,
        graph: graphOf(synthesize(settings)),
        covers: [...coversOf(register, settings), ...labCovers],
      },
      line,
      texts,
    ),
  }));

/** Scans, tells, and returns which reasons for silence were needed. */
async function run(
  program: string,
  framework: Framework,
  prepared: readonly Prepared[],
): Promise<readonly Silence[]> {
  const started = Date.now();
  const files = Object.assign(
    {},
    ...prepared.map(({ texts }) => texts),
  ) as Record<string, string>;
  const results = await scanEach(program, framework, files);
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`\n${framework}, ${seconds} s`);
  tell(scanVerdict(results, pinnedCheckov(), Object.keys(files)));
  const { verdicts, silences } = judgeScan(
    prepared.map(({ scanned }) => scanned),
    results,
    { framework, silences: SILENCES },
  );
  verdicts.forEach(tell);
  return silences;
}

/** Says what checkov passes over, and that every such reason is needed. */
function tellSilences(
  needed: readonly Silence[],
  scanned: readonly Framework[],
): void {
  console.log("\nIn the register, and passed over by checkov:");
  for (const { checks, types, reason } of SILENCES.filter((one) =>
    needed.includes(one),
  ))
    console.log(
      `        ${checks.join(" ")}${types === undefined ? "" : ` at ${types.join(", ")}`}: ${reason}`,
    );
  const idle = idleSilences(SILENCES, needed, scanned);
  tell({
    passed: idle.length === 0,
    lines: [
      "every reason in tools/audit/checkov/silences.ts is needed",
      ...idle.map(({ checks, reason }) => `${checks.join(" ")}: ${reason}`),
    ],
  });
}

async function main(): Promise<void> {
  const installed = installCheckov(console.log);
  if ("lacks" in installed) {
    skip(`checkov: it cannot be installed here. ${installed.lacks}`);
    return;
  }
  const { program, notice } = installed;
  console.log(notice);
  const needed = [...(await run(program, "terraform_json", copies()))];
  const scanned: Framework[] = ["terraform_json"];
  const kept = plans();
  if (kept.length === 0)
    skip("plans: there are none. npm run lab makes and keeps them");
  else {
    needed.push(...(await run(program, "terraform_plan", kept)));
    // The classic line alone needs them all.
    if (kept.some(({ line }) => line === "classic"))
      scanned.push("terraform_plan");
  }
  tellSilences(needed, scanned);
}

main()
  .catch((error: unknown) => {
    tell({ passed: false, lines: [String(error)] });
  })
  .finally(() => {
    const { passed, failed, skipped } = counts;
    console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
    process.exitCode = failed === 0 ? 0 : 1;
  });
