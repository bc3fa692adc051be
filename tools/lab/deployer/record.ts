/**
 * Distils the request log of a run into the IAM actions that its deployer needed, one a line:
 *
 *   node scripts/run.mjs tools/lab/deployer/record.ts [log …]     default: the log of the last run
 *
 * `__tests__/golden/deployer-calls.txt` holds them, and a test asks the deployer's policies for each.
 */
import { writeFileSync } from "node:fs";
import { projectFile } from "../../../modules/lib/project-file";
import { paths } from "../paths";
import { deployerActions } from "./actions";
import { readLog } from "../aws/request-log";

const logs = process.argv.slice(2);
const entries = (logs.length === 0 ? [paths.requestLog] : logs).flatMap((log) =>
  readLog(log),
);
const actions = deployerActions(entries);
const file = projectFile("__tests__", "golden", "deployer-calls.txt");
writeFileSync(file, `${actions.join("\n")}\n`);
console.log(`${actions.length} actions of ${entries.length} requests`);
