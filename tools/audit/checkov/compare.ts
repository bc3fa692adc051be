import { type Cover, coversFinding } from "../exceptions";
import { type Graph, type Subject } from "../graph";
import { failuresOf, judge } from "../judge";
import { matchesPattern } from "../pattern";
import { type Rule } from "../rule";
import { rules } from "../rules";
import { type Framework } from "./results";
import { type Silence } from "./silences";

/** A check that failed, or should, at a resource. */
export interface Failed {
  /** Such as `CKV_AWS_39`. */
  readonly check: string;
  readonly subject: Subject;
}

/** A failed check, with the entries of the register that name it. */
export interface Covered extends Failed {
  readonly entries: readonly string[];
}

/** Checkov's failures beside the register's (FIG-15). */
export interface Comparison {
  /** What checkov reports; without entries: outside of the register. */
  readonly reported: readonly Covered[];
  /** What the register names, and checkov neither reports nor is known to pass over. */
  readonly unreported: readonly Covered[];
  /** Reasons that were needed for something that is not reported. */
  readonly silences: readonly Silence[];
}

/** Names that checkov has for a rule. */
const checksOf = ({ foreign }: Rule): string[] =>
  foreign.filter((name) => name.startsWith("CKV"));

const byId = new Map(rules.map((rule) => [rule.id, rule]));

/** What is compared. */
export interface Compared {
  readonly graph: Graph;
  /** What the register covers there. */
  readonly covers: readonly Cover[];
  /** Stacks that were scanned. */
  readonly stacks: readonly string[];
}

/** How it was scanned, and what is known of checkov. */
export interface Scan {
  readonly framework: Framework;
  readonly silences: readonly Silence[];
}

/**
 * Compares failures of one environment with what the register covers there: each needs an entry whose rule has checkov's
 * name and whose path fits; and each failure of our own rules under an entry has to be reported under all its names.
 */
export function compare(
  failed: readonly Failed[],
  { graph, covers, stacks }: Compared,
  { framework, silences }: Scan,
): Comparison {
  const reported = failed.map((one) => ({
    ...one,
    entries: entriesOf(one, covers),
  }));
  const absent = expected(graph, covers).filter(
    ({ check, subject }) =>
      stacks.includes(subject.stack) &&
      !failed.some((one) => one.check === check && one.subject === subject),
  );
  const reasonsOf = (one: Failed): Silence[] =>
    silences.filter((silence) => isSilent(silence, one, framework));
  return {
    reported,
    unreported: absent.filter((one) => reasonsOf(one).length === 0),
    silences: [...new Set(absent.flatMap(reasonsOf))],
  };
}

const entriesOf = (
  { check, subject }: Failed,
  covers: readonly Cover[],
): string[] => [
  ...new Set(
    covers
      .filter(({ rule, paths }) => {
        const known = byId.get(rule);
        return (
          known !== undefined &&
          checksOf(known).includes(check) &&
          paths.some((pattern) => matchesPattern(pattern, subject.path))
        );
      })
      .map(({ id }) => id),
  ),
];

/** What fails by our own rules, under entries of the register, in checkov's names: each once. */
function expected(graph: Graph, covers: readonly Cover[]): Covered[] {
  const found = new Map<string, Covered>();
  for (const finding of failuresOf(judge(graph))) {
    const { rule, subject } = finding;
    const entries = covers
      .filter((cover) => coversFinding(cover, finding))
      .map(({ id }) => id);
    if (entries.length > 0)
      for (const check of checksOf(rule))
        found.set(`${check} ${subject.path}`, { check, subject, entries });
  }
  return [...found.values()];
}

const isSilent = (
  { checks, types, paths, framework }: Silence,
  { check, subject }: Failed,
  scanned: Framework,
): boolean =>
  checks.includes(check) &&
  (types === undefined || types.includes(subject.type)) &&
  (paths === undefined ||
    paths.some((pattern) => matchesPattern(pattern, subject.path))) &&
  (framework === undefined || framework === scanned);
