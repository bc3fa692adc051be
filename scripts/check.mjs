// Types, lint, format, workflows, generated files and the support of versions.
import { runSteps } from "./steps.mjs";

runSteps({
  types: "tsc --noEmit -p .",
  lint: "eslint .",
  directions: "depcruise --output-type err main.ts modules tools scripts",
  format: "prettier --check --log-level warn .",
  workflows: "node scripts/run.mjs scripts/workflows.ts",
  "generated files": "node scripts/run.mjs scripts/generate.ts --check",
  "support of versions": "node scripts/run.mjs scripts/support.ts",
});
