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
