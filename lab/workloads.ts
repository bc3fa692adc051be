import { type Settings } from "../modules/settings/schema";
import { type Aws } from "./aws-client";
import { serveCharts, stubCharts } from "./charts";
import {
  type Cluster,
  clusterInventory,
  labelNodes,
  openCluster,
} from "./cluster";
import { LoadBalancerController } from "./load-balancer-controller";
import { type Providers } from "./provider-mirror";
import { type Report } from "./report";

/** What `workloads` needs besides the emulated AWS. */
export interface Workloads {
  readonly cluster: Cluster;
  /** Address of the lab's chart repository. */
  readonly chartRepository: string;
  /** What the cluster has that it did not have before the first deploy. */
  readonly leftOvers: () => Promise<string[]>;
}

/** What keeps `workloads` out of a run; empty when nothing does. */
export function lacksOf(
  { missing }: Pick<Providers, "missing">,
  kubeconfig: string | undefined,
): string[] {
  const lacks = missing.map((source) => `the provider ${source}`);
  // An empty path would make kubectl use the caller's own cluster.
  if (kubeconfig === undefined || kubeconfig === "")
    lacks.push("a cluster (LAB_KUBECONFIG)");
  return lacks;
}

/**
 * Opens the cluster of `LAB_KUBECONFIG`, and what plays the two controllers in it; or says why `workloads` is not part of a run.
 * @throws Error when a cluster is given and cannot be used, or has Wave's namespaces already.
 */
export async function openWorkloads(
  report: Report,
  providers: Providers,
  aws: Aws,
  { wave }: Settings,
): Promise<Workloads | undefined> {
  const { LAB_KUBECONFIG: kubeconfig } = process.env;
  const lacks = lacksOf(providers, kubeconfig);
  if (lacks.length > 0 || kubeconfig === undefined) {
    report.skip("workloads", lacks.join(", "));
    return undefined;
  }
  const cluster = await openCluster(kubeconfig);
  const before = await clusterInventory(cluster);
  for (const namespace of [wave.namespace, wave.buildNamespace])
    if (before.has(`Namespace ${namespace}`))
      throw new Error(
        `The cluster of LAB_KUBECONFIG has a namespace ${namespace}, perhaps of a run that failed: give the lab a new cluster.`,
      );
  report.notice(
    `workloads logs in to ${cluster.login.host} by LAB_KUBECONFIG, not by the access entries`,
  );
  report.notice(
    "stub charts and the lab stand in for the two controllers: no volume is mounted, no load balancer has listeners",
  );
  const labelled = await labelNodes(cluster);
  if (labelled.length > 0)
    report.notice(
      `labelled for the system group, and left so: ${labelled.join(", ")}`,
    );
  const say = (text: string) => {
    report.say(text);
  };
  const { url } = await serveCharts(stubCharts);
  new LoadBalancerController(cluster, aws, say).start();
  return {
    cluster,
    chartRepository: url,
    leftOvers: async () =>
      [...(await clusterInventory(cluster))].filter((id) => !before.has(id)),
  };
}
