import { spawnSync } from "node:child_process";

/** Exit status of a step that could not run here: scripts/not-run.ts. */
const NOT_RUN = 75;

/**
 * Runs commands by name, each even when an earlier one failed, and ends the process: the last line counts them.
 *
 * @param {Record<string, string>} steps Commands for the shell, by name.
 */
export function runSteps(steps) {
  const results = Object.entries(steps).map(([name, command]) => {
    const from = performance.now();
    const { status } = spawnSync(command, { stdio: "inherit", shell: true });
    const minutes = ((performance.now() - from) / 60_000).toFixed(1);
    const word =
      status === 0 ? "ok" : status === NOT_RUN ? "SKIPPED" : "FAILED";
    console.log(`${word.padEnd(7)} ${minutes} min  ${name}: ${command}`);
    return word;
  });
  const count = (word) => results.filter((result) => result === word).length;
  const [passed, failed, skipped] = ["ok", "FAILED", "SKIPPED"].map(count);
  const last = skipped === 0 ? "" : `, ${skipped} skipped`;
  console.log(`${passed} passed, ${failed} failed${last}`);
  process.exit(failed === 0 ? 0 : 1);
}
