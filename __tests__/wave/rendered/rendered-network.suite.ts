import {
  type Step,
  inConfig,
  onlyProblemWhen,
  problemsWhen,
} from "../../support/rendered";

const policy = (name: string, ...steps: Step[]): Step[] => [
  ...["objects", "networkPolicies", name],
  ...steps,
];

test.each([
  ["wave-default-deny", "wave"],
  ["wave-build-default-deny", "wave-build"],
])("K8S-21: %s closes namespace %s", (name, namespace) => {
  const problem = {
    path: `Namespace ${namespace}: NetworkPolicies`,
    given: "none that denies everything",
    allowed: "a policy for all pods without any rule, for Ingress and Egress",
    fix: "add the policy: without it unnamed traffic is allowed (K8S-21)",
  };
  expect(onlyProblemWhen(policy(name), undefined)).toEqual(problem);
  expect(
    onlyProblemWhen(policy(name, "spec", "policyTypes"), ["Ingress"]),
  ).toEqual(problem);
  expect(
    onlyProblemWhen(policy(name, "spec", "podSelector"), {
      matchLabels: { app: "other" },
    }),
  ).toEqual(problem);
});

describe("K8S-23, HARD-15: builds", () => {
  const web = policy("wave-build", "spec", "egress", 1);

  test.each([
    ["the VPC", ["10.100.0.0/16", "169.254.169.254/32"]],
    ["Services", ["10.40.0.0/16", "169.254.169.254/32"]],
    ["the node's credentials", ["10.40.0.0/16", "10.100.0.0/16"]],
  ])("do not reach %s", (_, except) => {
    expect(
      onlyProblemWhen([...web, "to", 0, "ipBlock", "except"], except),
    ).toEqual({
      path: "NetworkPolicy wave-build: egress",
      given: `0.0.0.0/0 without ${except.join(", ")}, ports 80, 443`,
      allowed:
        "0.0.0.0/0 without 10.40.0.0/16, 10.100.0.0/16, 169.254.169.254/32, ports 80 and 443",
      fix: "close these ranges: builds run users' code (K8S-23)",
    });
  });

  test("reach the internet by 80 and 443 only", () => {
    expect(
      onlyProblemWhen([...web, "ports", 1], { port: "22", protocol: "TCP" })
        .given,
    ).toContain("ports 80, 22");
  });

  test("have no rule without destination, and none for who may connect", () => {
    expect(onlyProblemWhen([...web, "to"], undefined).given).toBe(
      "a rule without destinations, which means everywhere",
    );
    expect(
      onlyProblemWhen(policy("wave-build", "spec", "ingress"), [{}]),
    ).toMatchObject({
      path: "NetworkPolicy wave-build: ingress",
      given: "a rule",
    });
  });

  test("reach interface endpoints by 443, when there are any", () => {
    const endpoints = { network: { interfaceEndpoints: ["sts" as const] } };
    expect(problemsWhen(inConfig("wave", "debug"), false, endpoints)).toEqual(
      [],
    );
    expect(
      problemsWhen(
        policy("wave-build", "spec", "egress", 2, "ports", 0, "port"),
        "6379",
        endpoints,
      ).map(({ given }) => given),
    ).toContain("10.40.0.0/19, ports 6379");
  });
});

describe("K8S-23: SurrealDB", () => {
  const ingress = policy("surrealv1", "spec", "ingress");

  test.each<[string, Step[], unknown]>([
    [
      "a third client",
      [0, "from", 2],
      { podSelector: { matchLabels: { app: "x" } } },
    ],
    ["another namespace", [0, "from", 0, "namespaceSelector"], {}],
    ["everybody", [0, "from"], undefined],
    ["no export", [0, "from", 1], undefined],
    ["another port", [0, "ports", 0, "port"], "8100"],
    ["every port", [0, "ports"], undefined],
  ])("%s is refused", (_, steps, value) => {
    expect(onlyProblemWhen([...ingress, ...steps], value)).toMatchObject({
      path: "NetworkPolicy of surrealv1",
      allowed: "from wave-app and surreal-export on port 8000, no way out",
    });
  });

  test("has no way out", () => {
    expect(
      onlyProblemWhen(policy("surrealv1", "spec", "egress"), [{}]).given,
    ).toContain("1 ways out");
  });
});

describe("DEC-31: Wave", () => {
  const ingress = policy("wave", "spec", "ingress", 0);

  test.each<[string, Step[], unknown]>([
    ["from anywhere", ["from"], undefined],
    ["from another range", ["from", 0, "ipBlock", "cidr"], "0.0.0.0/0"],
    ["by another port", ["ports", 0, "port"], "80"],
    [
      "by metrics readers while metrics are off",
      ["from", 3],
      { podSelector: {} },
    ],
  ])("is not reached %s", (_, steps, value) => {
    expect(onlyProblemWhen([...ingress, ...steps], value)).toMatchObject({
      path: "NetworkPolicy of wave: ingress",
      fix: "name the subnets of the load balancer only (DEC-31)",
    });
  });

  test("D-31: does not reach the node's credentials", () => {
    expect(
      onlyProblemWhen(
        policy("wave", "spec", "egress", 1, "to", 0, "ipBlock", "except"),
        [],
      ),
    ).toMatchObject({
      path: "NetworkPolicy of wave: egress",
      given: "0.0.0.0/0 with 169.254.169.254/32",
    });
  });
});
