import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DEFAULT_LANE } from "../../modules/core/versions/lanes";
import { projectFile } from "../../modules/lib/project-file";
import { type LabRecord, type StackRow } from "./report";

const RUNS = projectFile("docs/lab-runs");

/** Keeps a run that passed in `docs/lab-runs`: `<date>.json`, or of another lane `<date>-<lane>.json`. @returns the file. */
export function keepRecord(record: LabRecord, folder = RUNS): string {
  const { date, lane = DEFAULT_LANE } = record;
  const file = join(folder, `${date}${suffixOf(lane)}.json`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`);
  return file;
}

const suffixOf = (lane: string): string =>
  lane === DEFAULT_LANE ? "" : `-${lane}`;

/** The last run of the default lane that was kept. */
export function newestRecord(folder = RUNS): LabRecord | undefined {
  if (!existsSync(folder)) return undefined;
  const newest = readdirSync(folder)
    .filter((name) => /^[\d-]+\.json$/.test(name))
    .sort()
    .at(-1);
  return newest === undefined
    ? undefined
    : (JSON.parse(readFileSync(join(folder, newest), "utf8")) as LabRecord);
}

const PROOF = /(<!-- proof: [^>]*-->\n)[^]*?(<!-- \/proof -->)/;

/** README with the newest run in one sentence, between its two marks. */
export function withProof(
  readme: string,
  record: LabRecord,
  abuses: number,
): string {
  return readme.replace(
    PROOF,
    (_, start: string, end: string) =>
      `${start}\n**Proof**, [run of ${record.date}](docs/lab-runs/${record.date}.json): ${sentence(record)}; ${abuses} abuses denied by an IAM simulator. Real AWS: none yet.\n\n${end}`,
  );
}

function sentence({
  stacks,
  skipped,
  program = "Terraform",
}: LabRecord): string {
  const lines = [...new Set(stacks.map(({ line }) => line))];
  const sum = (
    of: (row: StackRow) => number | undefined,
    rows = stacks,
  ): number => rows.reduce((total, row) => total + (of(row) ?? 0), 0);
  // Without the providers of Kubernetes and Helm `workloads` is sent by kubectl, as the notices of the record say.
  const onAws = stacks.filter(({ stack }) => stack !== "workloads");
  const inCluster = stacks.filter(({ stack }) => stack === "workloads");
  const resources = ({ resources }: StackRow): number => resources;
  return [
    `${sum(resources, onAws)} resources (${lines.join(", ")}) applied by ${program} on an emulated AWS`,
    `${sum(resources, inCluster)} objects taken by a real Kubernetes API`,
    `${sum(({ changes }) => changes)} changes in the second plans`,
    `${sum(({ leftOvers }) => leftOvers)} left over after the destroy`,
    ...(skipped > 0 ? [`${skipped} checks skipped`] : []),
  ].join(", ");
}
