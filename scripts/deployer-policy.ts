/**
 * Prints, or writes, the IAM policies that the deployer of an environment needs: one JSON document each, ready to attach; with
 * back end `cloud` also the trust policy of the role that its runs assume.
 *
 *   npm run deployer-policy -- <environment> [folder]     without a folder: one object, documents by name
 *     --github <organization>/<repository>    also the trust policy of its plans and applies (docs/pipelines.md)
 *     --gitlab <host>/<group>/<project>       the same of GitLab; with --merge-requests for plans of them too
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { lengthOf } from "../tools/operate/deployer/parts";
import { deployerFiles } from "../tools/operate/deployer/files";
import {
  type PipelineHomes,
  pipelineTrusts,
} from "../tools/operate/deployer/pipelines";
import { ProblemReport } from "../modules/lib/problem";
import { loadSettings } from "../modules/load";

const USAGE =
  "Usage: npm run deployer-policy -- <environment> [folder] [--github <organization>/<repository>] [--gitlab <host>/<group>/<project> [--merge-requests]]";

function run(args: string[]): void {
  const call = callOf(args);
  if (call === undefined) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  const { environment, folder, homes } = call;
  const { settings } = loadSettings({
    ...process.env,
    ENVIRONMENT: environment,
  });
  const files = {
    ...deployerFiles(settings),
    ...pipelineTrusts(settings, environment, homes),
  };
  if (folder === undefined) {
    console.log(JSON.stringify(byName(files), null, 2));
    return;
  }
  mkdirSync(resolve(folder), { recursive: true });
  for (const [name, document] of Object.entries(files)) {
    const file = join(resolve(folder), name);
    writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`);
    console.log(`${file}: ${lengthOf(document)} characters`);
  }
}

interface PolicyCall {
  readonly environment: string;
  readonly folder: string | undefined;
  readonly homes: PipelineHomes;
}

/** What is asked for; undefined for a call that cannot be understood. */
function callOf(args: string[]): PolicyCall | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        github: { type: "string" },
        gitlab: { type: "string" },
        "merge-requests": { type: "boolean" },
      },
    });
    const [environment = process.env.ENVIRONMENT, folder, ...more] =
      positionals;
    if (!environment || more.length > 0) return undefined;
    const { github, gitlab, "merge-requests": mergeRequests } = values;
    return { environment, folder, homes: { github, gitlab, mergeRequests } };
  } catch {
    return undefined;
  }
}

/** `deployer-network.json` → `network`. */
const byName = (files: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(files).map(([file, document]) => [
      file.replace(/^deployer-|\.json$/g, ""),
      document,
    ]),
  );

try {
  run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ProblemReport)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
