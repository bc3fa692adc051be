import { type Alarms } from "./store-alarms";

const FIVE_MINUTES = 300;

/**
 * Alarms of an Application Load Balancer. That targets are unhealthy counts here when none is left: requests then get 503. One
 * of several is taken out by the load balancer, and started anew by Kubernetes.
 *
 * "CloudWatch metrics for your Application Load Balancer" of its user guide.
 *
 * @param loadBalancer End of its ARN: `app/<name>/<id>`.
 */
export function loadBalancerAlarms(loadBalancer: string): Alarms {
  const ofBalancer = {
    namespace: "AWS/ApplicationELB",
    dimensions: { LoadBalancer: loadBalancer },
    statistic: "Sum" as const,
    periodSeconds: FIVE_MINUTES,
    wrong: "above" as const,
    // The load balancer reports what it has counted, and nothing where there was nothing.
    withoutValues: "right" as const,
  };
  return {
    unavailable: {
      ...ofBalancer,
      description:
        "The load balancer has no healthy target: it has answered requests with 503.",
      metricName: "HTTPCode_ELB_503_Count",
      periods: 1,
      threshold: 0,
    },
    errors: {
      ...ofBalancer,
      description:
        "The load balancer itself answers requests with errors of a server (502, 503, 504) for ten minutes.",
      metricName: "HTTPCode_ELB_5XX_Count",
      periods: 2,
      threshold: 10,
    },
    "target-errors": {
      ...ofBalancer,
      description:
        "What stands behind the load balancer answers requests with errors of a server for ten minutes.",
      metricName: "HTTPCode_Target_5XX_Count",
      periods: 2,
      threshold: 10,
    },
  };
}
