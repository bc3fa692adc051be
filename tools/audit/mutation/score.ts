import { type Cover, isCovered } from "../exceptions";
import { type Graph } from "../graph";
import { judge } from "../judge";
import { type Rule } from "../rule";
import { rules } from "../rules";
import { type Mutant, mutantsOf } from "./mutants";
import { type Harmless, linesOf } from "./harmless";

/** How many weakened versions of an environment the rules notice. */
export interface Score {
  readonly mutants: number;
  /** Which rule noticed first, and how often. */
  readonly caughtBy: ReadonlyMap<string, number>;
  /** Changes that no rule notices and that weaken nothing: how many for each line of the list. */
  readonly harmless: ReadonlyMap<string, number>;
  /** Changes that no rule notices and that the list does not know. */
  readonly survivors: readonly Mutant[];
}

/** What is judged, and how much of it. */
export interface ScoreOptions {
  readonly covers: readonly Cover[];
  readonly harmless: readonly Harmless[];
  /** One of so many changes only: for a quick look. */
  readonly every?: number;
}

/**
 * Judges every mutant (FIG-02). The list is asked only about what no rule noticed, so that it hides nothing.
 *
 * @throws Error when a rule fails before anything is changed: every mutant would count as caught.
 */
export function mutationScore(
  graph: Graph,
  { covers, harmless, every = 1 }: ScoreOptions,
): Score {
  const before = catcherOf(graph, covers);
  if (before !== undefined)
    throw new Error(`${before} fails before anything is changed`);
  const lineOf = linesOf(harmless);
  const caughtBy = new Map<string, number>();
  const excused = new Map<string, number>();
  const survivors: Mutant[] = [];
  let seen = 0;
  let mutants = 0;
  for (const mutant of mutantsOf(graph)) {
    if (seen++ % every !== 0) continue;
    mutants += 1;
    const { subject, path, change } = mutant;
    const rule = catcherOf(mutant.graph(), covers, subject.type);
    const line = lineOf(subject.type, path, change);
    if (rule !== undefined) count(caughtBy, rule);
    else if (line === undefined) survivors.push(mutant);
    else count(excused, line);
  }
  return { mutants, caughtBy, harmless: excused, survivors };
}

function count<T>(counts: Map<T, number>, key: T): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The first rule that fails outside the register; those about the changed type are asked first. */
function catcherOf(
  graph: Graph,
  covers: readonly Cover[],
  type = "",
): string | undefined {
  const fails = (rule: Rule): boolean =>
    judge(graph, [rule]).some(
      (finding) => !finding.passed && !isCovered(covers, finding),
    );
  const near = rules.filter(({ types }) => types.includes(type));
  return (near.find(fails) ?? rules.find(fails))?.id;
}
