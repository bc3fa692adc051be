import { waveObjects } from "../../support/wave";

const { autoscaler } = waveObjects();

test("HPA-01, K8S-19: wave-hpa scales Deployment wave from 3 to 10", () => {
  expect(autoscaler?.metadata).toMatchObject({
    name: "wave-hpa",
    namespace: "wave",
    labels: { app: "wave-app", "app.kubernetes.io/component": "server" },
  });
  expect(autoscaler?.spec).toMatchObject({
    minReplicas: 3,
    maxReplicas: 10,
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "wave" },
  });
});

test("HPA-02: CPU by AverageValue 500m", () => {
  expect(autoscaler?.spec.metric).toEqual([
    {
      type: "Resource",
      resource: {
        name: "cpu",
        target: { type: "AverageValue", averageValue: "500m" },
      },
    },
  ]);
});

test("HPA-03: requests only when asked for, because they need an adapter", () => {
  const opted = waveObjects({
    wave: { metrics: true, autoscaling: { requestsPerSecond: "1k" } },
  }).autoscaler;
  expect(opted?.spec.metric).toHaveLength(2);
  expect(opted?.spec.metric).toContainEqual({
    type: "Pods",
    pods: {
      metric: { name: "http_server_requests" },
      target: { type: "AverageValue", averageValue: "1k" },
    },
  });
});

test("HPA-04: slow down, by the smaller of one pod and 10 %", () => {
  expect(autoscaler?.spec.behavior?.scaleDown).toEqual([
    {
      selectPolicy: "Min",
      stabilizationWindowSeconds: 60,
      policy: [
        { type: "Pods", value: 1, periodSeconds: 15 },
        { type: "Percent", value: 10, periodSeconds: 15 },
      ],
    },
  ]);
});

test("HPA-05: fast up, by the larger of 10 pods and 12 %", () => {
  expect(autoscaler?.spec.behavior?.scaleUp).toEqual([
    {
      selectPolicy: "Max",
      stabilizationWindowSeconds: 0,
      policy: [
        { type: "Pods", value: 10, periodSeconds: 70 },
        { type: "Percent", value: 12, periodSeconds: 80 },
      ],
    },
  ]);
});

test("without wave.autoscaling there is no autoscaler", () => {
  expect(
    waveObjects({ wave: { autoscaling: undefined } }).autoscaler,
  ).toBeUndefined();
});
