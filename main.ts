import { buildApp } from "./modules/app";
import { ProblemReport } from "./modules/lib/problem";
import { copyProviderLocks } from "./modules/core/state/provider-locks";
import { loadSettings } from "./modules/load";

try {
  const { settings, notices } = loadSettings();
  // To stdout: the CLI prints stderr as an error.
  for (const notice of notices) console.log(`Note: ${notice}`);
  const app = buildApp(settings);
  app.synth();
  copyProviderLocks(app);
} catch (error) {
  if (!(error instanceof ProblemReport)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
