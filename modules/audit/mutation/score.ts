import { type Cover, isCovered } from "../exceptions";
import { type Graph } from "../graph";
import { judge } from "../judge";
import { type Rule } from "../rule";
import { rules } from "../rules";
import { type Mutant, mutantsOf } from "./mutants";

/** How many weakened versions of an environment the rules notice. */
export interface Score {
  readonly mutants: number;
  /** Rules that noticed something, with how many. */
  readonly caughtBy: ReadonlyMap<string, number>;
  readonly survivors: readonly Mutant[];
}

/** Judges every mutant (FIG-02). `every` takes one of so many only: for a quick look. */
export function mutationScore(
  graph: Graph,
  covers: readonly Cover[],
  every = 1,
): Score {
  const caughtBy = new Map<string, number>();
  const survivors: Mutant[] = [];
  const before = catcherOf(graph, covers);
  if (before !== undefined)
    throw new Error(
      `${before} fails before anything is changed: every mutant would count as caught`,
    );
  let mutants = 0;
  let seen = 0;
  for (const mutant of mutantsOf(graph)) {
    if (seen++ % every !== 0) continue;
    mutants += 1;
    const rule = catcherOf(mutant.graph, covers, mutant.subject.type);
    if (rule === undefined) survivors.push(mutant);
    else caughtBy.set(rule, (caughtBy.get(rule) ?? 0) + 1);
  }
  return { mutants, caughtBy, survivors };
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
