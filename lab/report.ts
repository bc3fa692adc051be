/** One line of the table at the end. */
export interface StackRow {
  readonly stack: string;
  resources: number;
  /** Of the deploy. */
  seconds: number;
  /** Changes in the second plan; undefined when none was made. */
  changes?: number;
  leftOvers?: number;
}

export interface Check {
  readonly name: string;
  readonly outcome: "passed" | "failed" | "skipped";
  readonly detail?: string;
}

/** Collects what a run finds, says it as it happens, and prints it at the end. */
export class Report {
  private readonly started = Date.now();
  private readonly checks: Check[] = [];
  private readonly notices: string[] = [];
  private readonly rows: StackRow[] = [];

  get failed(): boolean {
    return this.count("failed") > 0;
  }

  /** One line of progress, with the seconds since the start. */
  say(text: string): void {
    console.log(`[${String(this.seconds()).padStart(3)} s] ${text}`);
  }

  /** Said now, and again above the table. */
  notice(text: string): void {
    this.notices.push(text);
    this.say(text);
  }

  row(stack: string): StackRow {
    const found = this.rows.find((row) => row.stack === stack);
    if (found) return found;
    const row: StackRow = { stack, resources: 0, seconds: 0 };
    this.rows.push(row);
    return row;
  }

  /** Records a check. @returns whether it passed. */
  check(name: string, passed: boolean, detail?: string): boolean {
    this.add({ name, outcome: passed ? "passed" : "failed", detail });
    return passed;
  }

  skip(name: string, why: string): void {
    this.checks.push({ name, outcome: "skipped", detail: why });
    this.say(`SKIPPED ${name}: ${why}`);
  }

  print(): void {
    console.log(`\n${this.notices.map((text) => `note: ${text}\n`).join("")}`);
    console.log(table(this.rows));
    const failures = this.checks.filter(({ outcome }) => outcome === "failed");
    for (const { name, detail } of failures)
      console.log(`FAILED ${name}${detail === undefined ? "" : `: ${detail}`}`);
    console.log(
      `\nlab: ${this.count("passed")} passed, ${this.count("failed")} failed, ${this.count("skipped")} skipped in ${this.seconds()} s. ` +
        "It proves that the API calls are accepted and the life cycle closes; not quotas, IAM enforcement, zones, or the Wave image.",
    );
  }

  private add(check: Check): void {
    this.checks.push(check);
    const detail = check.detail === undefined ? "" : `: ${check.detail}`;
    this.say(
      `${check.outcome === "passed" ? "ok" : "FAILED"} ${check.name}${detail}`,
    );
  }

  private count(outcome: Check["outcome"]): number {
    return this.checks.filter((check) => check.outcome === outcome).length;
  }

  private seconds(): number {
    return Math.round((Date.now() - this.started) / 1000);
  }
}

const heads = [
  "stack",
  "resources",
  "seconds",
  "changes in 2nd plan",
  "left-overs",
];

export function table(rows: readonly StackRow[]): string {
  const cells = rows.map(
    ({ stack, resources, seconds, changes, leftOvers }) => [
      stack,
      String(resources),
      String(seconds),
      String(changes ?? "-"),
      String(leftOvers ?? "-"),
    ],
  );
  const widths = heads.map((head, i) =>
    Math.max(head.length, ...cells.map((row) => row[i]?.length ?? 0)),
  );
  return [heads, widths.map((width) => "-".repeat(width)), ...cells]
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** Why a command failed: exit code, log, first lines that speak of an error. */
export function failureOf(
  step: string,
  { code, lines }: { code: number; lines: readonly string[] },
): string | undefined {
  if (code === 0) return undefined;
  const errors = lines.filter((line) => /Error:|error/i.test(line)).slice(0, 8);
  return `exit code ${code}, see .lab/logs/${step}.log\n${errors.join("\n")}`;
}

/** Ends a run that cannot go on; what failed is in the report. */
export class Stop extends Error {}
