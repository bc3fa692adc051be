import { type EmgSettings } from "../../../../modules/emg/settings/schema";
import { type Aws } from "../../aws/client";
import { type KubeApi } from "../../kube/api";
import { type Cluster } from "../../kube/cluster";
import { type Report } from "../../report";

/** What every check of Prefect and the EMG API is given. */
export interface EmgCheck {
  readonly report: Report;
  readonly api: KubeApi;
  readonly cluster: Cluster;
  readonly aws: Aws;
  readonly settings: EmgSettings;
  /** Outputs of the stack `emg`. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Named in front of every check. */
  readonly step: string;
}

/** Objects of one kind in the namespace. `kinds` is its path: `apis/apps/v1 deployments`. */
export async function objectsIn<T>(
  { api, settings }: Pick<EmgCheck, "api" | "settings">,
  kinds: string,
): Promise<readonly T[]> {
  const [group = "", plural = ""] = kinds.split(" ");
  const { items } = (await api.call(
    "GET",
    `/${group}/namespaces/${settings.emg.namespace}/${plural}`,
  )) as { items: T[] };
  return items;
}

/** One check of what is there against what should be: each side is a sorted list of words. */
export function checkSame(
  { report, step }: Pick<EmgCheck, "report" | "step">,
  what: string,
  found: readonly string[],
  wanted: readonly string[],
): void {
  const missing = wanted.filter((one) => !found.includes(one));
  const more = found.filter((one) => !wanted.includes(one));
  report.check(
    `${step}: ${what}`,
    missing.length === 0 && more.length === 0,
    [
      ...missing.map((one) => `missing: ${one}`),
      ...more.map((one) => `unexpected: ${one}`),
    ].join("; ") || `${found.length}`,
  );
}
