import { type Cover } from "../exceptions";
import { type Graph } from "../graph";
import {
  type Comparison,
  type Covered,
  type Failed,
  type Scan,
  compare,
} from "./compare";
import { type Asked, type Results, subjectOf } from "./results";
import { type Silence } from "./silences";

/** An environment that is scanned. */
export interface Scanned {
  /** Such as `settings/example.yaml`. */
  readonly name: string;
  readonly graph: Graph;
  /** What the register covers under these settings. */
  readonly covers: readonly Cover[];
  /** File of each stack, below the folder that is scanned. */
  readonly files: Readonly<Record<string, string>>;
}

/** One thing that was checked, for the reader. */
export interface Verdict {
  readonly passed: boolean;
  /** One line, and one more for each problem. */
  readonly lines: readonly string[];
}

/** What a scan says, and which reasons for silence it needed. */
export interface Judged {
  readonly verdicts: readonly Verdict[];
  readonly silences: readonly Silence[];
}

/** Judges what checkov said of some environments: a verdict for each stack, and one for each register. */
export function judgeScan(
  scanned: readonly Scanned[],
  results: Results,
  how: Scan,
): Judged {
  const each = scanned.map((environment) => {
    const stacks = Object.keys(environment.files);
    const found = stacks.map((stack) => inStack(environment, stack, results));
    const comparison = compare(
      found.flatMap(({ failed }) => failed),
      { ...environment, stacks },
      how,
    );
    return {
      verdicts: [
        ...found.map((one) => stackVerdict(environment, one, comparison)),
        registerVerdict(environment, comparison),
      ],
      silences: comparison.silences,
    };
  });
  return {
    verdicts: each.flatMap(({ verdicts }) => verdicts),
    silences: [...new Set(each.flatMap((one) => one.silences))],
  };
}

/** What checkov said of one stack. */
interface InStack {
  readonly stack: string;
  readonly passed: number;
  readonly failed: readonly Failed[];
  readonly problems: readonly string[];
}

function inStack(
  { graph, files }: Scanned,
  stack: string,
  { passed, failed, skipped, unread }: Results,
): InStack {
  const file = files[stack];
  const here = (all: readonly Asked[]): Asked[] =>
    all.filter((one) => one.file === file);
  const found = here(failed).map((one) => ({
    ...one,
    subject: subjectOf(graph, stack, one.resource),
  }));
  const judged = here(passed).length + found.length;
  return {
    stack,
    passed: here(passed).length,
    failed: found.flatMap(({ check, subject }) =>
      subject === undefined ? [] : [{ check, subject }],
    ),
    problems: [
      ...(judged === 0 ? ["checkov judged nothing of it"] : []),
      ...(file !== undefined && unread.some((one) => one.endsWith(`/${file}`))
        ? ["checkov could not read it"]
        : []),
      ...here(skipped).map(({ check }) => `${check} is switched off`),
      ...found
        .filter(({ subject }) => subject === undefined)
        .map(({ check, resource }) => `${check} ${resource}: which one?`),
    ],
  };
}

function stackVerdict(
  { name }: Scanned,
  { stack, passed, failed, problems }: InStack,
  { reported }: Comparison,
): Verdict {
  const mine = reported.filter(({ subject }) => subject.stack === stack);
  const outside = mine.filter(({ entries }) => entries.length === 0);
  const all = [...problems, ...outside.map((one) => `${show(one)}: no entry`)];
  const covered = byEntry(mine);
  return {
    passed: all.length === 0,
    lines: [
      `${name} ${stack}: ${passed} checks passed, ${failed.length} failed${covered === "" ? "" : `: ${covered}`}`,
      ...all,
    ],
  };
}

const registerVerdict = (
  { name }: Scanned,
  { unreported }: Comparison,
): Verdict => ({
  passed: unreported.length === 0,
  lines: [
    `${name}: checkov reports what the register says it does`,
    ...unreported.map(
      (one) => `${one.entries.join(", ")} ${show(one)}: not reported`,
    ),
  ],
});

const show = ({ check, subject }: Failed): string =>
  `${check} ${subject.path} (${subject.address})`;

/** `EXC-01 CKV_AWS_39, EXC-04 CKV_AWS_144 CKV2_AWS_62`, in the order of the register. */
function byEntry(covered: readonly Covered[]): string {
  const checks = new Map<string, Set<string>>();
  for (const { check, entries } of covered)
    for (const id of entries)
      checks.set(id, (checks.get(id) ?? new Set()).add(check));
  return [...checks]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([id, names]) => `${id} ${[...names].sort().join(" ")}`)
    .join(", ");
}

/** The scan as a whole: the pinned version, and no file that nobody asked for. */
export function scanVerdict(
  { version, passed, failed }: Results,
  pinned: string,
  files: readonly string[],
): Verdict {
  const strange = [...passed, ...failed]
    .map(({ file }) => file)
    .filter((file) => !files.includes(file));
  const problems = [
    ...(version === pinned ? [] : [`it is ${version}, not ${pinned}`]),
    ...[...new Set(strange)].map((file) => `${file}: nobody asked for it`),
  ];
  return {
    passed: problems.length === 0,
    lines: [
      `checkov ${version}: ${passed.length + failed.length} answers`,
      ...problems,
    ],
  };
}
