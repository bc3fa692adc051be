import { type Providers } from "./provider-mirror";
import { type Report } from "./report";

/** Says why `workloads` is not part of a run. */
export function checkWorkloads(report: Report, { missing }: Providers): void {
  const lacks = missing.map((source) => `the provider ${source}`);
  lacks.push("a cluster");
  report.skip("workloads", lacks.join(", "));
}
