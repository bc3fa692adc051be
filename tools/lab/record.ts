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
import { type Evidence } from "../operate/prove/evidence";
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

/** What is shown beside the run of the lab. */
export interface Proofs {
  /** That the tests ask an IAM simulator for. */
  readonly abuses: number;
  /** The newest proof on AWS. @default there is none */
  readonly onAws?: Evidence & { readonly file: string };
}

/** README with the ladder from an emulator to AWS, between its two marks. */
export function withProof(
  readme: string,
  record: LabRecord,
  proofs: Proofs,
): string {
  const rows = ladder(record, proofs).map(
    ([rung, seen]) => `| ${rung} | ${seen} |`,
  );
  const table = ["| Proved on | What was seen |", "| --- | --- |", ...rows];
  return readme.replace(
    PROOF,
    (_, start: string, end: string) =>
      `${start}<!-- prettier-ignore -->\n${table.join("\n")}\n\n${end}`,
  );
}

/** From what is far from AWS to AWS itself. */
function ladder(
  record: LabRecord,
  { abuses, onAws }: Proofs,
): (readonly [string, string])[] {
  const { date, stacks, skipped, program = "Terraform" } = record;
  const lines = [...new Set(stacks.map(({ line }) => line))];
  const sum = (
    of: (row: StackRow) => number | undefined,
    rows = stacks,
  ): number => rows.reduce((total, row) => total + (of(row) ?? 0), 0);
  // Without the providers of Kubernetes and Helm `workloads` is sent by kubectl, as the notices of the record say.
  const onEmulator = stacks.filter(({ stack }) => stack !== "workloads");
  const inCluster = stacks.filter(({ stack }) => stack === "workloads");
  const resources = ({ resources }: StackRow): number => resources;
  const left = skipped > 0 ? `, ${skipped} checks skipped` : "";
  return [
    [
      "an emulated AWS",
      `${sum(resources, onEmulator)} resources (${lines.join(", ")}) applied by ${program}, ${sum(({ changes }) => changes)} changes in the second plans, ${sum(({ leftOvers }) => leftOvers)} left over after the destroy${left} ([${date}](docs/lab-runs/${date}.json)); ${abuses} abuses denied by an IAM simulator`,
    ],
    [
      "a real Kubernetes API",
      `${sum(resources, inCluster)} objects of Wave taken in the same run; nodes and pods are played`,
    ],
    [
      "real Wave code",
      "the server of 1.37.0 under this configuration, under load and while its stores fail ([what was measured](docs/sizing.md#what-was-measured-and-how-far-it-carries)); the image itself was not run",
    ],
    [
      "**real AWS**",
      onAws === undefined
        ? "**none yet**: `npx wave-eks prove` in an account of yours would be the first"
        : `deployed, planned again, asked, destroyed ([${onAws.date}](docs/evidence/${onAws.file}))`,
    ],
  ];
}
