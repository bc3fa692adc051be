import { textTable } from "../operate/cli/table";
import { type Lane } from "../../modules/core/versions/lanes";
import { type LaneProgram, nameOf } from "./terraform/program";

/** One line of the table at the end. */
export interface StackRow {
  /** What was deployed, such as `classic`. */
  readonly line: string;
  readonly stack: string;
  resources: number;
  /** Of the deploy. */
  seconds: number;
  /** Changes in the second plan; undefined when none was made. */
  changes?: number;
  leftOvers?: number;
}

/** What one run found, as it is kept. */
export interface LabRecord {
  /** Day of the run, such as `2026-11-28`. */
  readonly date: string;
  /** Lane of `lanes.json`. @default `card`, in records from before there were lanes */
  readonly lane?: string;
  /** What planned and applied, such as `OpenTofu 1.12.6`. @default Terraform, in older records */
  readonly program?: string;
  readonly passed: number;
  readonly skipped: number;
  readonly seconds: number;
  /** What stood in for something, and what was left out. */
  readonly notices: readonly string[];
  readonly stacks: readonly StackRow[];
}

export interface Check {
  readonly name: string;
  readonly outcome: "passed" | "failed" | "skipped";
  readonly detail?: string;
}

/** What all lines of a run write into. */
class Ledger {
  readonly started = Date.now();
  readonly checks: Check[] = [];
  readonly notices: string[] = [];
  readonly rows: StackRow[] = [];
  lane?: string;
  program?: string;

  count(outcome: Check["outcome"]): number {
    return this.checks.filter((check) => check.outcome === outcome).length;
  }

  seconds(): number {
    return Math.round((Date.now() - this.started) / 1000);
  }
}

const PROVES =
  "It proves that the API calls are accepted and the life cycle closes; not quotas, IAM enforcement, zones, or the Wave image.";

/** Collects what a run finds, prints it as it happens, and again at the end. */
export class Report {
  constructor(
    private readonly line = "",
    private readonly ledger = new Ledger(),
  ) {}

  /** The same report, speaking of one line: its name goes before every sentence and into every row. */
  of(line: string): Report {
    return new Report(line, this.ledger);
  }

  get failed(): boolean {
    return this.ledger.count("failed") > 0;
  }

  /** One line of progress, with the seconds since the start. */
  progress(text: string): void {
    const seconds = String(this.ledger.seconds()).padStart(3);
    console.log(`[${seconds} s] ${this.named(text)}`);
  }

  /** Which lane runs, and what plans and applies. */
  ranWith({ name, cli }: Lane, program: LaneProgram): void {
    this.ledger.lane = name;
    this.ledger.program = nameOf(program);
    this.notice(
      `lane ${name}: ${cli} with ${nameOf(program)} (${program.path})`,
    );
  }

  /** Said now, and again above the table. */
  notice(text: string): void {
    this.ledger.notices.push(this.named(text));
    this.progress(text);
  }

  row(stack: string): StackRow {
    const { line, ledger } = this;
    const found = ledger.rows.find(
      (row) => row.line === line && row.stack === stack,
    );
    if (found) return found;
    const row: StackRow = { line, stack, resources: 0, seconds: 0 };
    ledger.rows.push(row);
    return row;
  }

  /** Records a check. @returns whether it passed. */
  check(name: string, passed: boolean, detail?: string): boolean {
    this.ledger.checks.push({
      name: this.named(name),
      outcome: passed ? "passed" : "failed",
      detail,
    });
    const suffix = detail === undefined ? "" : `: ${detail}`;
    this.progress(`${passed ? "ok" : "FAILED"} ${name}${suffix}`);
    return passed;
  }

  skip(name: string, why: string): void {
    this.ledger.checks.push({
      name: this.named(name),
      outcome: "skipped",
      detail: why,
    });
    this.progress(`SKIPPED ${name}: ${why}`);
  }

  /** Every check so far. */
  get checks(): readonly Check[] {
    return this.ledger.checks;
  }

  /** The run as it is kept. */
  record(): LabRecord {
    const { ledger } = this;
    return {
      date: new Date(ledger.started).toISOString().slice(0, 10),
      lane: ledger.lane,
      program: ledger.program,
      passed: ledger.count("passed"),
      skipped: ledger.count("skipped"),
      seconds: ledger.seconds(),
      notices: ledger.notices,
      stacks: ledger.rows,
    };
  }

  /** @param proves What such a run proves, and what not. */
  printSummary(proves = PROVES): void {
    const { ledger } = this;
    console.log(
      `\n${ledger.notices.map((text) => `note: ${text}\n`).join("")}`,
    );
    if (ledger.rows.length > 0) console.log(table(ledger.rows));
    for (const { name, outcome, detail } of ledger.checks)
      if (outcome === "failed")
        console.log(
          `FAILED ${name}${detail === undefined ? "" : `: ${detail}`}`,
        );
    console.log(
      `\nlab: ${ledger.count("passed")} passed, ${ledger.count("failed")} failed, ${ledger.count("skipped")} skipped in ${ledger.seconds()} s. ${proves}`,
    );
  }

  private named(text: string): string {
    return this.line === "" ? text : `${this.line}: ${text}`;
  }
}

const heads = [
  "line",
  "stack",
  "resources",
  "seconds",
  "changes in 2nd plan",
  "left-overs",
];

/** Heads and cells of the table at the end, in the order of the lines: two of them may have written by turns. */
export function tableCells(rows: readonly StackRow[]): readonly string[][] {
  const lines = [...new Set(rows.map(({ line }) => line))];
  const sorted = lines.flatMap((line) =>
    rows.filter((row) => row.line === line),
  );
  const cells = sorted.map(
    ({ line, stack, resources, seconds, changes, leftOvers }) => [
      line,
      stack,
      String(resources),
      String(seconds),
      String(changes ?? "-"),
      String(leftOvers ?? "-"),
    ],
  );
  return [heads, ...cells];
}

/** The table at the end. */
export function table(rows: readonly StackRow[]): string {
  const [heads = [], ...cells] = tableCells(rows);
  return textTable(heads, cells);
}

/** Why a command failed: exit code, log, first lines that speak of an error. */
export function failureOf(
  step: string,
  { code, lines }: { code: number; lines: readonly string[] },
): string | undefined {
  if (code === 0) return undefined;
  // Terraform's own lines: names of flags and resources may say error too.
  const errors = lines
    .filter((line) => /(^|[│\s])Error:? /.test(line))
    .slice(0, 8);
  return `exit code ${code}, see .lab/logs/${step}.log\n${errors.join("\n")}`;
}

/** Ends a run that cannot go on; what failed is in the report. */
export class Stop extends Error {}
