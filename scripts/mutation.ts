/**
 * Weakens the Terraform JSON of every example attribute by attribute, and says which changes no hardening rule notices,
 * and which of these weaken something (FIG-02). Part of `npm run check:deep`.
 *
 *   npm run mutation [-- --rules]     with --rules: which rule noticed how many
 */
import { coversOf, readExceptions } from "../tools/audit/exceptions";
import { graphOf } from "../tools/audit/graph";
import { allLines, readHarmless } from "../tools/audit/mutation/harmless";
import { showMutant } from "../tools/audit/mutation/mutants";
import { type Score, mutationScore } from "../tools/audit/mutation/score";
import { EXAMPLES, exampleOf, synthesize } from "../tools/audit/synthesized";

const harmless = readHarmless();

const sum = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((total, one) => total + one, 0);

function scoreOf(file: string): Score {
  const settings = exampleOf(file);
  const covers = coversOf(readExceptions(), settings);
  return mutationScore(graphOf(synthesize(settings)), { covers, harmless });
}

function print(file: string, score: Score): void {
  const { mutants, survivors, caughtBy } = score;
  const caught = sum(caughtBy);
  const percent = (100 * caught) / (caught + survivors.length);
  console.log(
    `${file}: ${mutants} changes; ${sum(score.harmless)} weaken nothing; of the others the rules notice ${caught} of ${caught + survivors.length} (${percent.toFixed(1)} %)`,
  );
  for (const survivor of survivors)
    console.log(`  survives: ${showMutant(survivor)}`);
  if (!process.argv.includes("--rules")) return;
  for (const [rule, count] of [...caughtBy].sort((a, b) => b[1] - a[1]))
    console.log(`  ${String(count).padStart(5)} ${rule}`);
}

/** Lines of the list of harmless changes that stand for nothing, in any example. */
function idleLines(scores: readonly Score[]): string[] {
  return allLines(harmless).filter(
    (line) => !scores.some((score) => score.harmless.has(line)),
  );
}

function main(): number {
  const scores = EXAMPLES.map((file) => [file, scoreOf(file)] as const);
  for (const [file, score] of scores) print(file, score);
  const idle = idleLines(scores.map(([, score]) => score));
  for (const line of idle)
    console.log(`docs/registers/harmless-changes.yaml: for nothing: ${line}`);
  const survived = scores.filter(([, { survivors }]) => survivors.length > 0);
  const failed = survived.length + (idle.length > 0 ? 1 : 0);
  console.log(`${scores.length + 1 - failed} passed, ${failed} failed`);
  return failed;
}

process.exitCode = main() === 0 ? 0 : 1;
