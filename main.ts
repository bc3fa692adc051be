import { loadSettings } from "./modules/load";
import { reportOf, synthesize } from "./modules/synthesize";

try {
  synthesize(loadSettings(), (notice) => {
    // To stdout: the CLI prints stderr as an error.
    console.log(`Note: ${notice}`);
  });
} catch (error) {
  const report = reportOf(error);
  if (report === undefined) throw error;
  console.error(report.message);
  process.exitCode = 1;
}
