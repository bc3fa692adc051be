/**
 * Prints, or writes, the IAM policies that the deployer of an environment needs: one JSON document each, ready to attach; with
 * back end `cloud` also the trust policy of the role that its runs assume.
 *
 *   npm run deployer-policy -- <environment> [folder]     without a folder: one object, documents by name
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { lengthOf } from "../tools/operate/deployer/parts";
import { deployerFiles } from "../tools/operate/deployer/files";
import { ProblemReport } from "../modules/lib/problem";
import { loadSettings } from "../modules/load";

function run(args: readonly string[]): void {
  const [environment = process.env.ENVIRONMENT, folder, ...more] = args;
  if (
    !environment ||
    more.length > 0 ||
    args.some((arg) => arg.startsWith("-"))
  ) {
    console.error("Usage: npm run deployer-policy -- <environment> [folder]");
    process.exitCode = 2;
    return;
  }
  const loaded = loadSettings({
    ...process.env,
    ENVIRONMENT: environment,
  });
  const files = deployerFiles(loaded.settings);
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
