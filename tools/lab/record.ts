import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { projectFile } from "../../modules/lib/project-file";
import { type LabRecord, type StackRow } from "./report";

const folder = (): string => projectFile("docs/lab-runs");

/** Keeps a run that passed in `docs/lab-runs/<date>.json`. @returns the file. */
export function keepRecord(record: LabRecord): string {
  const file = join(folder(), `${record.date}.json`);
  mkdirSync(folder(), { recursive: true });
  writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`);
  return file;
}

/** The last run that was kept. */
export function newestRecord(): LabRecord | undefined {
  if (!existsSync(folder())) return undefined;
  const newest = readdirSync(folder())
    .filter((name) => name.endsWith(".json"))
    .sort()
    .at(-1);
  return newest === undefined
    ? undefined
    : (JSON.parse(readFileSync(join(folder(), newest), "utf8")) as LabRecord);
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

function sentence({ stacks, skipped }: LabRecord): string {
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
    `${sum(resources, onAws)} resources (${lines.join(", ")}) applied by Terraform on an emulated AWS`,
    `${sum(resources, inCluster)} objects taken by a real Kubernetes API`,
    `${sum(({ changes }) => changes)} changes in the second plans`,
    `${sum(({ leftOvers }) => leftOvers)} left over after the destroy`,
    ...(skipped > 0 ? [`${skipped} checks skipped`] : []),
  ].join(", ");
}
