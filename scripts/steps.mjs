import { spawnSync } from "node:child_process";

/**
 * Runs commands by name, each even when an earlier one failed, and ends the process: the last line counts them.
 *
 * @param {Record<string, string>} steps Commands for the shell, by name.
 */
export function runSteps(steps) {
  let failed = 0;
  for (const [name, command] of Object.entries(steps)) {
    const { status } = spawnSync(command, { stdio: "inherit", shell: true });
    console.log(`${status === 0 ? "ok    " : "FAILED"} ${name}: ${command}`);
    if (status !== 0) failed += 1;
  }
  console.log(`${Object.keys(steps).length - failed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}
