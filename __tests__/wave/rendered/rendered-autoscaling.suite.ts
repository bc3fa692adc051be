import {
  inConfig,
  onlyProblemWhen,
  problemsWhen,
  type Step,
} from "../../support/rendered";

const HPA = "HorizontalPodAutoscaler wave-hpa";
const inHpa = (...steps: Step[]): Step[] => [
  ...["objects", "autoscaler", "spec"],
  ...steps,
];

describe("VR-49: the autoscaler", () => {
  test("bounds are those of the settings", () => {
    expect(onlyProblemWhen(inHpa("minReplicas"), 1)).toEqual({
      path: `${HPA}: minReplicas, maxReplicas`,
      given: "1 to 10",
      allowed: "3 to 10, the first not above the second",
      fix: "correct wave.autoscaling.minReplicas and maxReplicas (VR-49)",
    });
  });

  test("the minimum is not above the maximum", () => {
    expect(
      onlyProblemWhen(inConfig("wave", "debug"), false, {
        wave: { autoscaling: { minReplicas: 4, maxReplicas: 3 } },
      }),
    ).toMatchObject({ given: "4 to 3" });
  });

  test("it scales Wave, never SurrealDB", () => {
    expect(
      onlyProblemWhen(inHpa("scaleTargetRef", "name"), "surrealv1"),
    ).toMatchObject({
      path: `${HPA}: scaleTargetRef`,
      given: "Deployment surrealv1",
    });
  });

  test("HPA-02: the CPU target is an AverageValue", () => {
    expect(
      onlyProblemWhen(
        inHpa("metric", 0, "resource", "target", "type"),
        "Value",
      ),
    ).toMatchObject({
      path: `${HPA}: metric cpu`,
      allowed: "AverageValue 500m",
    });
  });

  test("HPA-03: http_server_requests needs the environment prometheus", () => {
    const settings = { wave: { autoscaling: { requestsPerSecond: "1k" } } };
    expect(onlyProblemWhen(inConfig("wave", "debug"), false, settings)).toEqual(
      {
        path: "wave.autoscaling.requestsPerSecond",
        given: "the metric http_server_requests without wave.metrics",
        allowed: "the metric only with wave.metrics: true",
        fix: expect.stringContaining("(VR-49, HPA-03)") as string,
      },
    );
    expect(
      problemsWhen(inConfig("wave", "debug"), false, {
        wave: { ...settings.wave, metrics: true },
      }),
    ).toEqual([]);
  });

  test("absent without wave.autoscaling", () => {
    expect(
      onlyProblemWhen(
        ["objects", "autoscaler"],
        { metadata: {}, spec: { maxReplicas: 10 } },
        { wave: { autoscaling: undefined } },
      ),
    ).toMatchObject({ path: HPA, given: "present" });
  });
});

test.each([
  ["with autoscaling there is none", undefined, "3", "nothing while"],
  [
    "without it, the settings' one",
    { wave: { autoscaling: undefined } },
    "3",
    "1",
  ],
])("DEP-15: number of pods: %s", (_, settings, value, allowed) => {
  expect(
    onlyProblemWhen(
      ["objects", "deployments", "wave", "spec", "replicas"],
      value,
      settings,
    ),
  ).toMatchObject({
    path: "Deployment wave: replicas",
    given: value,
    allowed: expect.stringContaining(allowed) as string,
  });
});
