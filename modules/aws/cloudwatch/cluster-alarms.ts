import { type Alarms } from "./store-alarms";

/**
 * Alarm of pods that find no node. The control plane counts them itself, each minute and for nothing ("Monitor cluster data with
 * Amazon CloudWatch" of the EKS user guide): those of the whole cluster.
 *
 * @param clusterName Name of the cluster.
 */
export const waitingPodsAlarms = (clusterName: string): Alarms => ({
  waiting: {
    description:
      "Pods, builds mostly, have waited for room on a node for a quarter of an hour: longer than a new node takes.",
    namespace: "AWS/EKS",
    metricName: "scheduler_pending_pods_UNSCHEDULABLE",
    dimensions: { ClusterName: clusterName },
    // The only one that AWS calls valid, and one value a minute.
    statistic: "Sum",
    periodSeconds: 60,
    periods: 15,
    wrong: "above",
    threshold: 0,
    // The control plane is watched by AWS.
    withoutValues: "right",
  },
});

/**
 * Alarm of nodes with a condition that is wrong, from the agent of CloudWatch: "Enhanced Container Insights (Classic) metric reference"
 * of the CloudWatch user guide.
 *
 * @param clusterName Name of the cluster.
 */
export const failedNodesAlarms = (clusterName: string): Alarms => ({
  failed: {
    description:
      "A node has not been ready for ten minutes, or the CloudWatch agent of the cluster is silent.",
    namespace: "ContainerInsights",
    metricName: "cluster_failed_node_count",
    dimensions: { ClusterName: clusterName },
    // A node that has just started is not ready for a minute, and counts in every maximum.
    statistic: "Minimum",
    periodSeconds: 300,
    periods: 2,
    wrong: "above",
    threshold: 0,
    // The agent reports every minute: without it nobody knows.
    withoutValues: "wrong",
  },
});
