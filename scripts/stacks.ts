/**
 * For pipelines. The stacks of an environment in the order of their deploy, all of them or those of `configure`, which leaves
 * machines and stores as they are; whether a plan of `network` leaves them; and the lines by which two plans are compared.
 *
 *   npm run --silent stacks -- "deploy and configure"
 *   npm run --silent stacks -- configure
 *   terraform show -json <file> | npm run --silent stacks -- only-access
 *   npx wave-eks plan <environment> --json | npm run --silent stacks -- changes
 */
import { readFileSync } from "node:fs";
import { ProblemReport } from "../modules/lib/problem";
import { loadSettings } from "../modules/load";
import {
  changesBesidesAccess,
  plannedChanges,
  stacksFor,
} from "../tools/operate/pipeline/pipeline";

const [what] = process.argv.slice(2);

try {
  if (what === "only-access") {
    const changes = changesBesidesAccess(readFileSync(0, "utf8"));
    if (changes.length > 0) {
      console.error(
        ["More than who may use the cluster changes:", ...changes].join("\n  "),
        '\nRun the workflow by hand, with "deploy and configure".',
      );
      process.exitCode = 1;
    }
  } else if (what === "changes") {
    console.log(plannedChanges(readFileSync(0, "utf8")).join("\n"));
  } else if (what === "configure" || what === "deploy and configure") {
    console.log(stacksFor(loadSettings().settings, what).join(" "));
  } else {
    console.error(
      'Usage: npm run --silent stacks -- "deploy and configure" | configure | only-access | changes',
    );
    process.exitCode = 1;
  }
} catch (error) {
  if (!(error instanceof ProblemReport)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
