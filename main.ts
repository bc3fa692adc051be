import { buildApp } from "./modules/app";
import { ProblemReport } from "./modules/lib/problem";
import { loadSettings } from "./modules/settings/load";

try {
  const { settings, notices } = loadSettings();
  // To stdout: the CLI prints stderr as an error (CDK-D10).
  for (const notice of notices) console.log(`Note: ${notice}`);
  buildApp(settings).synth();
} catch (error) {
  if (!(error instanceof ProblemReport)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
