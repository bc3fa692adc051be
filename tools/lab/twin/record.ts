import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { projectFile } from "../../../modules/lib/project-file";
import { type Check } from "../report";

/** A run as it is kept. */
export interface TwinRecord {
  readonly date: string;
  readonly seconds: number;
  readonly checks: readonly Check[];
  readonly notices: readonly string[];
}

/** Keeps a run in `docs/lab-runs/<date>-twin.md`. @returns the file. */
export function keepTwinRecord(record: TwinRecord): string {
  const file = projectFile("docs/lab-runs", `${record.date}-twin.md`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, pageOf(record));
  return file;
}

/** Programs and changes first, then each check with what was seen. */
export function pageOf({ date, seconds, checks, notices }: TwinRecord): string {
  const count = (outcome: Check["outcome"]) =>
    checks.filter((one) => one.outcome === outcome).length;
  return [
    `# The twin run of \`emg\`, run of ${date}`,
    "",
    `\`npm run lab -- --twin\`: ${count("passed")} checks passed, ${count("failed")} failed, ${count("skipped")} skipped, ${seconds} s. What it is: [The twin run](../lab.md#the-twin-run).`,
    "",
    ...notices.map((text) => `- ${text}`),
    "",
    "| Check | Outcome | Seen |",
    "| --- | --- | --- |",
    ...checks.map(
      ({ name, outcome, detail = "" }) =>
        `| ${cell(name)} | ${outcome} | ${cell(detail)} |`,
    ),
    "",
  ].join("\n");
}

const cell = (text: string): string =>
  text.replaceAll("|", "\\|").replaceAll("\n", " ");
