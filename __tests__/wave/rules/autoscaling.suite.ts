import { testRefused } from "../../support/settings-rules";

testRefused([
  [
    "min above max replicas",
    { wave: { autoscaling: { minReplicas: 11 } } },
    "wave.autoscaling.minReplicas",
    ["above maxReplicas 10"],
  ],
  [
    "HPA-03: the request metric without metrics",
    { wave: { autoscaling: { requestsPerSecond: "1k" } } },
    "wave.autoscaling.requestsPerSecond",
    ["wave.metrics: true", "adapter"],
  ],
]);
