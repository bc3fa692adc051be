// Types, lint, format, generated files and the support of versions: each runs even when an earlier one failed, and the
// last line counts them.
import { spawnSync } from "node:child_process";

const steps = {
  types: "tsc --noEmit -p .",
  lint: "eslint .",
  format: "prettier --check --log-level warn .",
  "generated files": "node scripts/run.mjs scripts/generate.ts --check",
  "support of versions": "node scripts/run.mjs scripts/support.ts",
};

let failed = 0;
for (const [name, command] of Object.entries(steps)) {
  const { status } = spawnSync(command, { stdio: "inherit", shell: true });
  console.log(`${status === 0 ? "ok    " : "FAILED"} ${name}: ${command}`);
  if (status !== 0) failed += 1;
}
console.log(`${Object.keys(steps).length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
