import {
  autoscalerOf,
  desiredSizeOf,
  isAutoscaled,
} from "../../../modules/core/cluster/autoscaled-groups";
import { SERVICE_LABELS } from "../../../modules/core/cluster/node-labels";
import { isExistingCluster } from "../../../modules/core/kinds";
import { COMPUTE_NODES } from "../../../modules/compute-env/names";
import { type Settings } from "../../../modules/schema";
import { type KubeApi } from "../kube/api";
import { type Report } from "../report";
import { until } from "../system/process";

/** Nodes that the groups of the settings come to by themselves, as `<label> <number>`: an autoscaled one to its fewest. */
export const wantedNodes = ({
  cluster,
  computeEnv,
}: Pick<Settings, "cluster" | "computeEnv">): string[] => {
  const groups = Object.entries(SERVICE_LABELS).map(([name, service]) => ({
    service,
    group: cluster.nodeGroups[name as keyof typeof SERVICE_LABELS],
    isScaled: isAutoscaled({ cluster }, name),
  }));
  const ofPipelines = {
    service: COMPUTE_NODES.value,
    group:
      computeEnv?.nodes.kind === "nodeGroup" ? computeEnv.nodes : undefined,
    isScaled: autoscalerOf({ cluster }) !== undefined,
  };
  return [...groups, ofPipelines].flatMap(({ service, group, isScaled }) => {
    if (group === undefined) return [];
    const nodes = isScaled ? group.minSize : desiredSizeOf(group);
    return nodes === 0 ? [] : [`${service} ${nodes}`];
  });
};

/** Of nodes without our label. */
const NO_SERVICE = "no service";

/** The node groups of `network` are nodes of the cluster. */
export async function checkNodes(
  report: Report,
  api: KubeApi,
  settings: Settings,
  step: string,
): Promise<void> {
  const wanted = wantedNodes(settings).sort().join();
  let found: string[] = [];
  // An autoscaler takes its time with what nobody needs any more.
  await until("the nodes of the groups", 60, async () => {
    found = await nodesByService(api);
    // Nodes of somebody else are what they are.
    if (isExistingCluster(settings))
      found = found.filter((one) => !one.startsWith(NO_SERVICE));
    return found.join() === wanted || undefined;
  }).catch(() => undefined);
  report.check(
    `${step}: the node groups are nodes with their labels`,
    found.join() === wanted,
    found.join(", "),
  );
}

async function nodesByService(api: KubeApi): Promise<string[]> {
  const { items } = (await api.call("GET", "/api/v1/nodes")) as {
    items: { metadata: { labels: Record<string, string | undefined> } }[];
  };
  const counts = new Map<string, number>();
  for (const { metadata } of items) {
    const service = metadata.labels.service ?? NO_SERVICE;
    counts.set(service, (counts.get(service) ?? 0) + 1);
  }
  return [...counts].map(([service, count]) => `${service} ${count}`).sort();
}
