import { scalesBuilds } from "../../../modules/core/cluster/autoscaled-groups";
import { SERVICE_LABELS } from "../../../modules/core/cluster/node-labels";
import { until } from "../system/process";
import { type BuildConfig, kanikoPod, named } from "./build-objects";
import { type ClusterCheck } from "./cluster-check";

/** A pod of the build namespace that runs for as long as somebody lets it: kwok ends those of Jobs. */
const NAME = "build-lab-kept";

/**
 * A pod that waits gets a node where there was none, nothing moves it while it runs, and the node goes when nobody needs it.
 * The system nodes are the same throughout.
 */
export async function checkAutoscaler(
  check: ClusterCheck,
  config: BuildConfig,
): Promise<void> {
  const { settings, api, report, step } = check;
  const { build } = settings.cluster.nodeGroups;
  if (!scalesBuilds(settings) || build === undefined) return;
  const systemNodes = await nodesOf(check, SERVICE_LABELS.system);
  const count = async (wanted: number) =>
    (await nodesOf(check, SERVICE_LABELS.build)).length === wanted || undefined;
  const before = await until("no build", 120, () => count(build.minSize)).catch(
    () => undefined,
  );
  const path = `/api/v1/namespaces/${config.k8s.namespace}/pods`;
  await api.call("POST", path, named(kanikoPod(config), NAME));
  const node = await until("a build node", 150, async () => {
    const pod = await api.call("GET", `${path}/${NAME}`);
    const { spec, status } = pod as Pod;
    return status.phase === "Running" ? spec.nodeName : undefined;
  }).catch(() => undefined);
  report.check(
    `${step}: a build that waits gets a node, from ${build.minSize}`,
    before !== undefined && node !== undefined,
    node ?? "no node within 150 s",
  );
  const { status } = await api.ask("POST", `${path}/${NAME}/eviction`, {
    apiVersion: "policy/v1",
    kind: "Eviction",
    metadata: { name: NAME, namespace: config.k8s.namespace },
  });
  report.check(
    `${step}: a build that runs is not moved`,
    status === 429,
    `its eviction is answered ${status}`,
  );
  await api.call("DELETE", `${path}/${NAME}`, { gracePeriodSeconds: 0 });
  const back = await until("the end of the node", 150, () =>
    count(build.minSize),
  ).catch(() => undefined);
  report.check(
    `${step}: build nodes are ${build.minSize} again, system nodes the same`,
    back !== undefined &&
      (await nodesOf(check, SERVICE_LABELS.system)).join() ===
        systemNodes.join(),
    systemNodes.join(", "),
  );
}

interface Pod {
  readonly spec: { readonly nodeName?: string };
  readonly status: { readonly phase: string };
}

/** Names of the nodes with a value of the label `service`. */
async function nodesOf(
  { api }: ClusterCheck,
  service: string,
): Promise<string[]> {
  const query = `labelSelector=${encodeURIComponent(`service=${service}`)}`;
  const { items } = (await api.call("GET", `/api/v1/nodes?${query}`)) as {
    items: { metadata: { name: string } }[];
  };
  return items.map(({ metadata }) => metadata.name).sort();
}
