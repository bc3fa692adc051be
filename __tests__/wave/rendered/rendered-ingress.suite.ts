import {
  type Step,
  inAnnotation,
  inConfig,
  onlyProblemWhen,
  problemsWhen,
} from "../../support/rendered";

const PREFIX = "Ingress wave-ingress: alb.ingress.kubernetes.io/";
const inRule = (...steps: Step[]): Step[] => [
  ...["objects", "ingress", "spec", "rule", 0],
  ...steps,
];

test.each([
  ["wave", "NodePort"],
  ["surrealv1", "LoadBalancer"],
])("VR-47, D-13: Service %s is ClusterIP, not %s", (name, type) => {
  expect(
    onlyProblemWhen(["objects", "services", name, "spec", "type"], type),
  ).toEqual({
    path: `Service ${name}: type`,
    given: type,
    allowed: "ClusterIP",
    fix: "set ClusterIP: a NodePort opens the Service on every node (VR-47, D-13)",
  });
});

describe("VR-47: annotations whose defaults are wrong for Wave", () => {
  test.each([
    ["target-type", "instance", "ip"],
    ["healthcheck-path", "/", "/health"],
    ["ssl-redirect", "8443", "443"],
    ["scheme", "internal", "internet-facing"],
    [
      "ssl-policy",
      "ELBSecurityPolicy-TLS-1-2-Ext-2018-06",
      "ELBSecurityPolicy-TLS13-1-2-2021-06",
    ],
  ])("%s", (name, wrong, right) => {
    const problem = {
      path: PREFIX + name,
      given: wrong,
      allowed: right,
      fix: "write this annotation: the controller's default is another (VR-47)",
    };
    expect(onlyProblemWhen(inAnnotation(name), wrong)).toEqual(problem);
    expect(onlyProblemWhen(inAnnotation(name), undefined)).toEqual({
      ...problem,
      given: "nothing",
    });
  });

  test("listen-ports and certificate (ING-02, ING-05)", () => {
    expect(
      onlyProblemWhen(inAnnotation("listen-ports"), '[{"HTTP": 80}]'),
    ).toMatchObject({ path: `${PREFIX}listen-ports` });
    expect(
      onlyProblemWhen(inAnnotation("certificate-arn"), undefined),
    ).toMatchObject({ path: `${PREFIX}certificate-arn`, given: "nothing" });
  });

  test("ING-03: no group unless the settings name one", () => {
    expect(onlyProblemWhen(inAnnotation("group.name"), "wave-alb")).toEqual({
      path: `${PREFIX}group.name`,
      given: "wave-alb",
      allowed: "nothing",
      fix: "follow wave.ingress.group (VR-47)",
    });
    expect(
      problemsWhen(inConfig("wave", "debug"), false, {
        wave: { ingress: { group: { name: "shared" } } },
      }),
    ).toEqual([]);
  });
});

test.each([
  ["other.example.com", "other.example.com"],
  [undefined, "nothing"],
])("VR-10: the host is the one of wave.server.url, not %s", (host, given) => {
  expect(onlyProblemWhen(inRule("host"), host)).toEqual({
    path: "Ingress wave-ingress: host",
    given,
    allowed: "wave.example.com",
    fix: "use wave.hostname: it is the address that Wave gives out (VR-10)",
  });
});

describe("VR-47: paths", () => {
  test.each<[string, Step[], unknown]>([
    ["the seed's /*", [2, "path"], "/*"],
    ["another type", [2, "pathType"], "ImplementationSpecific"],
    ["another Service", [2, "backend", "service", "name"], "surrealv1"],
  ])("ING-13: %s is refused", (_, steps, value) => {
    expect(
      problemsWhen(inRule("http", "path", ...steps), value)[0],
    ).toMatchObject({
      path: "Ingress wave-ingress: path /",
      allowed: "path / with pathType Prefix to the Service wave",
    });
  });

  test.each([
    [0, "/prometheus"],
    [1, "/metrics"],
  ])("ING-17: a fixed 404 hides path %i, %s", (index, path) => {
    const problem = {
      path: `Ingress wave-ingress: path ${path}`,
      allowed: "a fixed response 404, before the path /",
      fix: "hide the path: Wave serves its metrics to everybody (VR-47, ING-17)",
    };
    const steps = inRule("http", "path", index);
    expect(onlyProblemWhen(steps, undefined)).toMatchObject(problem);
    expect(
      onlyProblemWhen([...steps, "backend", "service"], {
        name: "wave",
        port: { number: 80 },
      }),
    ).toMatchObject(problem);
  });

  test("the answer is 404 and exists, and stands before /", () => {
    expect(
      problemsWhen(
        inAnnotation("actions.not-found"),
        '{"type":"fixed-response","fixedResponseConfig":{"statusCode":"200"}}',
      ).map(({ path }) => path),
    ).toEqual([
      "Ingress wave-ingress: path /prometheus",
      "Ingress wave-ingress: path /metrics",
    ]);
    expect(
      problemsWhen(inAnnotation("actions.not-found"), undefined),
    ).toHaveLength(2);
    const first = {
      path: "/",
      pathType: "Prefix",
      backend: { service: { name: "wave", port: { number: 80 } } },
    };
    expect(problemsWhen(inRule("http", "path", 0), first)).not.toEqual([]);
  });
});

describe("VR-48: the name of the load balancer", () => {
  test.each([
    ["wave-alb", "wave-alb"],
    [undefined, "an empty text"],
    [
      "wave-prod-wave-alb-of-the-first-team",
      "wave-prod-wave-alb-of-the-first-team",
    ],
  ])("%s is refused", (value, given) => {
    expect(onlyProblemWhen(inAnnotation("load-balancer-name"), value)).toEqual({
      path: "wave.ingress.loadBalancerName",
      given,
      allowed: "wave-prod-wave-alb, at most 32 characters",
      fix: "set a shorter name; it is unique per account and region (VR-48)",
    });
  });
});
