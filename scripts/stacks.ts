/**
 * For pipelines. The stacks of an environment in the order of their deploy, all of them or those of `configure`, which leaves
 * machines and stores as they are; and whether a plan of `network` leaves them.
 *
 *   npm run --silent stacks -- "deploy and configure"
 *   npm run --silent stacks -- configure
 *   terraform show -json <file> | npm run --silent stacks -- only-access
 */
import { readFileSync } from "node:fs";
import { ProblemReport } from "../modules/lib/problem";
import { loadSettings } from "../modules/load";
import {
  changesBesidesAccess,
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
  } else if (what === "configure" || what === "deploy and configure") {
    console.log(stacksFor(loadSettings().settings, what).join(" "));
  } else {
    console.error(
      'Usage: npm run --silent stacks -- "deploy and configure" | configure | only-access',
    );
    process.exitCode = 1;
  }
} catch (error) {
  if (!(error instanceof ProblemReport)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
