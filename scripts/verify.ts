/**
 * Smoke test of a deployed Wave: asks it what needs no credentials, and says for what failed why and what to do. Of a compute
 * environment, of services and of Prefect it prints the commands that check them, which need a kubeconfig.
 *
 *   npm run verify -- <environment> [--url <address>] [--http-url <address>] [--timeout <seconds>]
 */
import { ProblemReport } from "../modules/lib/problem";
import { verifyCommand } from "../tools/operate/verify/command";

verifyCommand(process.argv.slice(2), process.env, console.log)
  .then((code) => {
    process.exitCode = code;
  })
  .catch((error: unknown) => {
    if (!(error instanceof ProblemReport)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  });
