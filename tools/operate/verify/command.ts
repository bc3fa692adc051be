import { parseArgs } from "node:util";
import { ProblemReport } from "../../../modules/lib/problem";
import { type RunVariables } from "../../../modules/settings/choose";
import { loadSettings } from "../../../modules/load";
import {
  hasComputeEnv,
  hasDelivery,
  hasEmg,
  hasWave,
} from "../../../modules/schema";
import { type WaveSettings } from "../../../modules/wave/settings/schema";
import { computeEnvChecks } from "./compute-env";
import { deliveryChecks } from "./delivery";
import { emgChecks } from "./emg";
import { headline, summaryOf, tableOf } from "./report";
import { type Result, runSmokeTest } from "./run";
import { type TargetOptions, targetOf } from "./target";

const COMMAND = "npm run verify";

const USAGE = `Usage: ${COMMAND} -- <environment> [options]

  --url <address>       ask here instead of https://<wave.hostname>, which stays the name in the request and the
                        certificate: a load balancer without a record yet, a tunnel. http://… goes straight to Wave
                        through a port-forward; what the load balancer answers is then skipped.
  --http-url <address>  the same for http://<wave.hostname>. Without it: the host of --url, port 80.
  --timeout <seconds>   longest wait for one answer. Without it: 10.`;

/**
 * The smoke test as a command: prints the table and, for what failed, causes and what to do; of other platforms what to run by
 * hand.
 *
 * @returns Exit code: 0 when nothing failed, 1 when something did, 2 when the command is not understood.
 * @throws ProblemReport about the settings or the options.
 */
export async function verifyCommand(
  args: readonly string[],
  variables: RunVariables,
  print: (line: string) => void,
): Promise<number> {
  const understood = parse(args, variables);
  if (typeof understood === "string") {
    print(`${understood}\n\n${USAGE}`);
    return 2;
  }
  const { environment, options } = understood;
  const loaded = loadSettings({
    ...variables,
    ENVIRONMENT: environment,
  });
  const { settings, source, notices } = loaded;
  for (const notice of notices) print(`Note: ${notice}`);
  const code = hasWave(settings)
    ? await verifyWave(settings, source, options, print)
    : withoutWave(print);
  if (hasComputeEnv(settings))
    for (const line of computeEnvChecks(settings)) print(line);
  if (hasDelivery(settings))
    for (const line of deliveryChecks(settings)) print(line);
  if (hasEmg(settings)) for (const line of emgChecks(settings)) print(line);
  return code;
}

function withoutWave(print: (line: string) => void): number {
  print("No Wave in this environment: there is no address to ask.");
  return 0;
}

/** Asks Wave, and returns the exit code. */
async function verifyWave(
  settings: WaveSettings,
  source: string,
  options: TargetOptions,
  print: (line: string) => void,
): Promise<number> {
  const made = targetOf(settings.wave.hostname, options);
  if ("problems" in made) throw new ProblemReport(COMMAND, made.problems);
  print(`${headline(settings, source, made.target)}\n`);
  const { head, row } = tableOf(settings);
  print(head);
  const results: Result[] = [];
  for await (const result of runSmokeTest(settings, made.target)) {
    print(row(result));
    results.push(result);
  }
  for (const line of summaryOf(results, settings.wave.version)) print(line);
  return results.some(({ outcome }) => outcome === "FAILED") ? 1 : 0;
}

/** The arguments, or a sentence about what is wrong with them. */
function parse(
  args: readonly string[],
  { ENVIRONMENT }: RunVariables,
): { environment: string; options: TargetOptions } | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        url: { type: "string" },
        "http-url": { type: "string" },
        timeout: { type: "string" },
      },
    });
    const [environment = ENVIRONMENT, ...more] = positionals;
    if (!environment) return "Which environment?";
    if (more.length > 0)
      return `One environment at a time, not also ${more.join(", ")}.`;
    return { environment, options: values };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
