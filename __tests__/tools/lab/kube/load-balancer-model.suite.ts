import { type Ingress } from "../../../../tools/lab/kube/load-balancer-controller/ingress";
import {
  type Balancer,
  type Wanted,
  changesOf,
  groupsOf,
  wantedOf,
} from "../../../../tools/lab/kube/load-balancer-controller/model";

const prefix = "alb.ingress.kubernetes.io/";

function ingress(
  name: string,
  annotations: Record<string, string> = {},
  metadata: Partial<Ingress["metadata"]> = {},
  ingressClassName = "alb",
): Ingress {
  const prefixed = Object.entries(annotations).map(([key, value]) => [
    prefix + key,
    value,
  ]);
  return {
    metadata: {
      name,
      namespace: "wave",
      annotations: Object.fromEntries(prefixed) as Record<string, string>,
      ...metadata,
    },
    spec: { ingressClassName },
  };
}

const balancer: Balancer = {
  arn: "arn:1",
  scheme: "internet-facing",
  hostname: "wave-1.elb.amazonaws.com",
  subnets: ["subnet-a", "subnet-b"],
  attributes: {
    "access_logs.s3.enabled": "true",
    "idle_timeout.timeout_seconds": "60",
  },
  webAcl: "arn:acl",
};

const wanted: Wanted = {
  name: "wave",
  scheme: "internet-facing",
  subnets: undefined,
  attributes: {},
  webAcl: undefined,
};

const kinds = (change: Partial<Wanted>, living = [balancer]) =>
  changesOf({ ...wanted, ...change }, living).map(({ kind }) => kind);

describe("a load balancer that stands", () => {
  test.each<[string, Partial<Wanted>]>([
    ["what no annotation names", {}],
    ["its name", { name: "other" }],
    ["the subnets it has", { subnets: ["subnet-b", "subnet-a"] }],
    [
      "attributes it has",
      { attributes: { "idle_timeout.timeout_seconds": "60" } },
    ],
    ["the web ACL it has", { webAcl: "arn:acl" }],
  ])("keeps %s", (_what, change) => {
    expect(kinds(change)).toEqual([]);
  });

  test("gets the subnets that are listed, and the attributes that differ, and no others", () => {
    const attributes = {
      "access_logs.s3.enabled": "false",
      "idle_timeout.timeout_seconds": "60",
    };
    expect(
      changesOf({ ...wanted, subnets: ["subnet-a"], attributes }, [balancer]),
    ).toEqual([
      { kind: "subnets", balancer, subnets: ["subnet-a"] },
      {
        kind: "attributes",
        balancer,
        attributes: { "access_logs.s3.enabled": "false" },
      },
    ]);
  });

  test("loses its web ACL by none, and gets another by its ARN", () => {
    const aclAfter = (webAcl: string) =>
      changesOf({ ...wanted, webAcl }, [balancer]);
    expect(aclAfter("none")).toEqual([
      { kind: "web-acl", balancer, arn: undefined },
    ]);
    expect(aclAfter("arn:other")).toEqual([
      { kind: "web-acl", balancer, arn: "arn:other" },
    ]);
  });

  test("is deleted, and another is made, for another scheme", () => {
    expect(kinds({ scheme: "internal" })).toEqual(["delete", "create"]);
  });

  test("is made again when it is gone", () => {
    expect(kinds({}, [])).toEqual(["create"]);
  });

  test("goes with the last member of its group", () => {
    expect(changesOf(undefined, [balancer])).toEqual([
      { kind: "delete", balancer },
    ]);
  });
});

describe("groups", () => {
  const held = (...finalizers: string[]) => ({ finalizers });
  const own = "ingress.k8s.aws/resources";
  const namesOf = (...all: Ingress[]) =>
    Object.fromEntries(
      [...groupsOf(all)].map(([group, members]) => [
        group,
        members.map(({ metadata }) => metadata.name),
      ]),
    );

  test("an Ingress has one of its own, unless it names one; another class has none", () => {
    expect(
      namesOf(
        ingress("a"),
        ingress("b", { "group.name": "shared" }),
        ingress("c", { "group.name": "shared" }),
        ingress("d", {}, {}, "nginx"),
      ),
    ).toEqual({ "wave/a": ["a"], shared: ["b", "c"] });
  });

  test("one that joined leaves its own behind, and one that left the other", () => {
    expect(
      namesOf(ingress("a", { "group.name": "shared" }, held(own))),
    ).toEqual({ "wave/a": [], shared: ["a"] });
    expect(
      namesOf(ingress("a", {}, held("group.ingress.k8s.aws/shared"))),
    ).toEqual({ shared: [], "wave/a": ["a"] });
  });

  test("one that is deleted is held and no member; one that was let go is nothing", () => {
    const deletionTimestamp = "2026-01-01T00:00:00Z";
    expect(
      namesOf(ingress("a", {}, { deletionTimestamp, ...held(own) })),
    ).toEqual({ "wave/a": [] });
    expect(namesOf(ingress("a", {}, { deletionTimestamp }))).toEqual({});
  });
});

describe("what is refused of a group", () => {
  const problemsOf = (...annotations: Record<string, string>[]) =>
    wantedOf(annotations.map((one, i) => ingress(`i${i}`, one))).problems;

  test("members that agree, or say nothing, are built", () => {
    expect(
      problemsOf(
        { scheme: "internal", subnets: "subnet-a, subnet-b" },
        { subnets: "subnet-b,subnet-a" },
      ),
    ).toEqual([]);
  });

  test.each([
    ["load-balancer-name", "a", "b", "conflicting load balancer name: a b"],
    [
      "scheme",
      "internal",
      "internet-facing",
      "conflicting scheme: internal internet-facing",
    ],
    ["subnets", "a,b", "a,c", "conflicting subnets: a,b a,c"],
    [
      "wafv2-acl-arn",
      "none",
      "arn:acl",
      "conflicting WAFv2 WebACL ARNs: none arn:acl",
    ],
    [
      "load-balancer-attributes",
      "access_logs.s3.enabled=true",
      "access_logs.s3.enabled=false",
      "conflicting load balancer attributes: access_logs.s3.enabled=true",
    ],
  ])("two values of %s", (name, one, other, problem) => {
    expect(problemsOf({ [name]: one }, { [name]: other })).toEqual([problem]);
  });

  test("more rules than a security group takes: one for each range and port", () => {
    const ranges = (count: number) => ({
      "listen-ports": '[{"HTTP": 80}, {"HTTPS":443}]',
      "inbound-cidrs": Array.from(
        { length: count },
        (_, i) => `203.0.113.${i}/32`,
      ).join(","),
    });
    expect(problemsOf(ranges(30))).toEqual([]);
    expect(problemsOf(ranges(31))).toEqual([
      expect.stringMatching(/^RulesPerSecurityGroupLimitExceeded/) as string,
    ]);
  });
});
