import {
  inConfig,
  inContainer,
  inPod,
  inVariable,
  onlyProblemWhen,
  problemsWhen,
} from "../../support/rendered";

const spec = ["objects", "deployments", "surrealv1", "spec"];

test.each([
  [undefined, "nothing"],
  ["false", "false"],
])("VR-45, D-26: SURREAL_AUTH is true, not %s", (value, given) => {
  expect(
    onlyProblemWhen(inVariable("surrealv1", "SURREAL_AUTH", "value"), value),
  ).toEqual({
    path: "Deployment surrealv1: env SURREAL_AUTH",
    given,
    allowed: "true",
    fix: "set it to true: else everybody in the cluster owns the store (VR-45, D-26)",
  });
});

test("VR-45, SUR-02: no user and no password among the arguments, and the report hides it", () => {
  const problems = problemsWhen(inContainer("surrealv1", "args"), [
    ...["start", "--no-banner", "--user", "root", "--pass=canary-7f3a"],
    "file:///mnt/efs/surreal-db",
  ]);
  expect(problems).toContainEqual({
    path: "Deployment surrealv1: args",
    given: "--user --pass=…",
    allowed: "start --no-banner file://<path>",
    fix: "pass user and password by SURREAL_USER and SURREAL_PASS (VR-45)",
  });
  expect(JSON.stringify(problems)).not.toContain("canary-7f3a");
});

describe("VR-45, SUR-06: one process opens the store", () => {
  test.each([
    ["2", "2"],
    [undefined, "nothing"],
  ])("replicas: %s", (value, given) => {
    expect(onlyProblemWhen([...spec, "replicas"], value)).toMatchObject({
      path: "Deployment surrealv1: replicas",
      given,
      allowed: "1",
    });
  });

  test("the old pod stops first", () => {
    expect(
      onlyProblemWhen([...spec, "strategy"], { type: "RollingUpdate" }),
    ).toEqual({
      path: "Deployment surrealv1: strategy",
      given: "RollingUpdate",
      allowed: "Recreate",
      fix: "stop the old pod first: a rolling update waits for ever (VR-45)",
    });
  });
});

describe("VR-45, SUR-07: an account of its own", () => {
  test("not Wave's", () => {
    expect(
      onlyProblemWhen(inPod("surrealv1", "serviceAccountName"), "wave-sa"),
    ).toMatchObject({
      path: "Deployment surrealv1: serviceAccountName",
      given: expect.stringContaining(
        "wave-sa, used by 2 Deployments",
      ) as string,
      allowed: "an account of its own without a role",
    });
  });

  test("not one that does not exist, and without a role", () => {
    expect(
      onlyProblemWhen(inPod("surrealv1", "serviceAccountName"), "default")
        .given,
    ).toContain("default");
    expect(
      onlyProblemWhen(
        ["objects", "serviceAccounts", "surrealdb", "metadata", "annotations"],
        { "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/x" },
      ).given,
    ).toContain("role arn:aws:iam::123456789012:role/x");
  });
});

test("VR-45, CFG-20: Wave finds the store at the port of its Service", () => {
  expect(
    onlyProblemWhen(
      inConfig("surreal", "default", "url"),
      "http://surrealv1:8000",
    ),
  ).toMatchObject({
    path: "manifests/wave/classic/config.yml: surreal.default.url",
    allowed: "http://surrealv1:8100, the Service of SurrealDB",
  });
});
