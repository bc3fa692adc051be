import { until } from "../system/process";
import { type BuildConfig, kanikoPod, named } from "./build-objects";
import { asWave, messageOf } from "./build-pods";
import { type ClusterCheck } from "./cluster-check";

const AT_ONCE = 6;
const NAME = "build-lab-at-once";

/** The classic line has no queue: what the quota refuses has failed. Builds that find no room have to wait as pods. */
export async function checkBuildsAtOnce(
  check: ClusterCheck,
  config: BuildConfig,
): Promise<void> {
  const { api, line, report, step } = check;
  if (line !== "classic") return;
  const path = `/api/v1/namespaces/${config.k8s.namespace}/pods`;
  const names = Array.from({ length: AT_ONCE }, (_, i) => `${NAME}-${i}`);
  const answers = await Promise.all(
    names.map((name) => asWave(check, path, named(kanikoPod(config), name))),
  );
  const refused = answers.filter(({ status }) => status >= 300).map(messageOf);
  const phasesNow = () => phasesOf(check, path);
  // A node may have to come first. Who then still waits has not failed.
  await until(
    "all of them on nodes",
    150,
    async () =>
      (await phasesNow()).every((phase) => phase === "Running") || undefined,
  ).catch(() => undefined);
  const phases = await phasesNow();
  report.check(
    `${step}: ${AT_ONCE} builds at once run or wait, and none is refused`,
    refused.length === 0 &&
      phases.length === AT_ONCE &&
      phases.every((phase) => phase === "Running" || phase === "Pending"),
    refused[0] ?? phases.join(", "),
  );
  for (const name of names)
    await api.ask("DELETE", `${path}/${name}`, { gracePeriodSeconds: 0 });
  await until(
    "the end of the builds",
    60,
    async () => (await phasesNow()).length === 0 || undefined,
  );
}

async function phasesOf(
  { api }: ClusterCheck,
  path: string,
): Promise<string[]> {
  const { items } = (await api.call("GET", path)) as {
    items: { metadata: { name: string }; status: { phase: string } }[];
  };
  return items
    .filter(({ metadata }) => metadata.name.startsWith(NAME))
    .map(({ status }) => status.phase);
}
