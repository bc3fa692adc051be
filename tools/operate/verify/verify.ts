import { ProblemReport } from "../../../modules/lib/problem";
import { type WaveSettings } from "../../../modules/wave/settings/schema";
import { headline, summaryOf, tableOf } from "./report";
import { type Result, runSmokeTest } from "./run";
import { type TargetOptions, targetOf } from "./target";

export const isFailed = ({ outcome }: Result): boolean => outcome === "FAILED";

/**
 * Asks Wave, and prints the table and for what failed causes and what to do.
 *
 * @param source The settings file, as a reader knows it.
 * @throws ProblemReport about the options, before anything is asked.
 */
export async function verifyWave(
  settings: WaveSettings,
  source: string,
  options: TargetOptions,
  print: (line: string) => void,
): Promise<Result[]> {
  const made = targetOf(settings.wave.hostname, options);
  if ("problems" in made) throw new ProblemReport("verify", made.problems);
  print(`${headline(settings, source, made.target)}\n`);
  const { head, row } = tableOf(settings);
  print(head);
  const results: Result[] = [];
  for await (const result of runSmokeTest(settings, made.target)) {
    print(row(result));
    results.push(result);
  }
  for (const line of summaryOf(results, settings.wave.version)) print(line);
  return results;
}
