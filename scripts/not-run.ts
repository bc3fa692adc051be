/** Exit status of a step that could not run: neither passed nor failed. `steps.mjs` counts it as skipped, aloud. */
const NOT_RUN = 75;

/** What npm reports when it cannot reach the registry. */
export const UNREACHABLE =
  /npm error code (E(?:AI_AGAIN|CONN\w+|NETUNREACH|HOSTUNREACH|TIMEDOUT)|ENOTFOUND|ENOTCACHED|ERR_SOCKET_TIMEOUT)/;

/** Why a step could not run here. */
export class NotRun extends Error {}

/** Runs a step. What it cannot do here is told as such and is no failure of the step. */
export function runStep(step: () => void): void {
  try {
    step();
  } catch (error) {
    if (!(error instanceof NotRun)) throw error;
    console.log(`SKIPPED: ${error.message}`);
    process.exitCode = NOT_RUN;
  }
}

/** The same for a step that waits. */
export async function runLongStep(step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    runStep(() => {
      throw error;
    });
  }
}
