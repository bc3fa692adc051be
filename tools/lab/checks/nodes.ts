import { desiredSizeOf } from "../../../modules/core/cluster/autoscaled-groups";
import { SERVICE_LABELS } from "../../../modules/core/cluster/node-labels";
import { type WaveSettings as Settings } from "../../../modules/wave/settings/schema";
import { type KubeApi } from "../kube/api";
import { type Report } from "../report";

/** Nodes that the groups of the settings want, as `<label> <number>`. */
export const wantedNodes = ({
  cluster: { nodeGroups },
}: Pick<Settings, "cluster">): string[] =>
  Object.entries(SERVICE_LABELS)
    .map(([group, service]) => {
      const wanted = nodeGroups[group as keyof typeof SERVICE_LABELS];
      return `${service} ${wanted === undefined ? 0 : desiredSizeOf(wanted)}`;
    })
    .filter((text) => !text.endsWith(" 0"));

/** The node groups of `network` are nodes of the cluster. */
export async function checkNodes(
  report: Report,
  api: KubeApi,
  settings: Settings,
  step: string,
): Promise<void> {
  const { items } = (await api.call("GET", "/api/v1/nodes")) as {
    items: { metadata: { labels: Record<string, string | undefined> } }[];
  };
  const counts = new Map<string, number>();
  for (const { metadata } of items) {
    const service = metadata.labels.service ?? "no service";
    counts.set(service, (counts.get(service) ?? 0) + 1);
  }
  const found = [...counts].map(([service, count]) => `${service} ${count}`);
  report.check(
    `${step}: the node groups are nodes with their labels`,
    found.sort().join() === wantedNodes(settings).sort().join(),
    found.join(", "),
  );
}
