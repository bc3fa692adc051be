import { type Cover, isCovered } from "../exceptions";
import { type Graph } from "../graph";
import { judge } from "../judge";
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
  let mutants = 0;
  let seen = 0;
  for (const mutant of mutantsOf(graph)) {
    if (seen++ % every !== 0) continue;
    mutants += 1;
    const rule = catcherOf(mutant.graph, covers);
    if (rule === undefined) survivors.push(mutant);
    else caughtBy.set(rule, (caughtBy.get(rule) ?? 0) + 1);
  }
  return { mutants, caughtBy, survivors };
}

/** The first rule that fails outside the register. */
function catcherOf(graph: Graph, covers: readonly Cover[]): string | undefined {
  return rules.find((rule) =>
    judge(graph, [rule]).some(
      (finding) => !finding.passed && !isCovered(covers, finding),
    ),
  )?.id;
}
