import { type StackJson, graphOf } from "../../../tools/audit/graph";
import { failuresOf, evaluate } from "../../../tools/audit/evaluate";
import { rules } from "../../../tools/audit/rules";
import { failingAws } from "./samples/failing-aws";
import { failingKubernetes } from "./samples/failing-kubernetes";
import { passing } from "./samples/passing";
import { policy } from "./samples/sample";

const failing: Readonly<Record<string, StackJson>> = {
  ...failingAws,
  ...failingKubernetes,
};
const failuresIn = (sample: StackJson, id: string) =>
  failuresOf(
    evaluate(
      graphOf({ sample }),
      rules.filter((rule) => rule.id === id),
    ),
  );

/** A subject of a type, with nothing in it. */
function empty(type: string): StackJson {
  const [kind = "", name = ""] = type.split(".");
  if (kind === "provider") return { provider: { [name]: [{}] } };
  if (kind === "backend") return { terraform: { backend: { [name]: {} } } };
  if (kind === "data") return { data: { [name]: { sample: {} } } };
  if (kind === "ephemeral") return { ephemeral: { [name]: { sample: {} } } };
  return { resource: { [type]: { sample: {} } } };
}

test("every rule fails on a resource that breaks it", () => {
  const blind = rules.filter(
    ({ id, types: [type = ""] }) =>
      failuresIn(failing[id] ?? empty(type), id).length === 0,
  );
  expect(blind.map(({ id }) => id)).toEqual([]);
});

test.each([
  ["iam/exact-actions", { Action: "*" }],
  ["iam/exact-actions", { Action: "s3:*" }],
  ["iam/exact-actions", { NotAction: "s3:GetObject" }],
  ["iam/no-rights-over-rights", { Action: "iam:PassRole" }],
  [
    "iam-scopes/narrow-pattern",
    { Resource: "arn:aws:ecr:eu-central-1:123456789012:*" },
  ],
])("%s fails on %j too", (id, statement) => {
  expect(failuresIn(policy(statement), id)).not.toEqual([]);
});

test("the samples of rules that no resource of the examples keeps do keep them", () => {
  const broken = Object.entries(passing).filter(
    ([id, sample]) => failuresIn(sample, id).length > 0,
  );
  expect(broken.map(([id]) => id)).toEqual([]);
});

test.each([
  [
    "eks-cluster/network-policy",
    "aws_eks_addon",
    { addon_name: "coredns" },
    { addon_name: "vpc-cni" },
  ],
  [
    "ecr/push-guard",
    "aws_ecr_repository",
    { image_tag_mutability: "IMMUTABLE" },
    {},
  ],
  [
    "network/private-routes",
    "aws_route",
    { nat_gateway_id: "nat-1" },
    { gateway_id: "igw-1" },
  ],
  [
    "charts/driver",
    "helm_release",
    { chart: "flux2" },
    { chart: "aws-efs-csi-driver" },
  ],
  [
    "iam-scopes/one-sender",
    "aws_iam_role_policy",
    {
      policy: JSON.stringify({
        Statement: [
          { Sid: "a", Effect: "Allow", Action: "s3:GetObject", Resource: "a" },
        ],
      }),
    },
    {
      policy: JSON.stringify({
        Statement: [
          { Sid: "a", Effect: "Allow", Action: "ses:SendEmail", Resource: "a" },
        ],
      }),
    },
  ],
  [
    "wave-config/closed-endpoints",
    "kubernetes_config_map_v1",
    { data: { "app.yml": "port: 1" } },
    { data: { "config.yml": "wave: {}" } },
  ],
])("%s says nothing of what it is not about", (id, type, other, broken) => {
  const asked = rules.filter((rule) => rule.id === id);
  const found = evaluate(
    graphOf({ sample: { resource: { [type]: { other, broken } } } }),
    asked,
  ).map(({ subject, passed }) => [subject.address, passed]);
  expect(found.length).toBeGreaterThan(0);
  for (const one of found) expect(one).toEqual([`${type}.broken`, false]);
});

test.each([
  ["elasticfilesystem:CreateAccessPoint", "aws:ResourceTag/a", 1],
  ["elasticfilesystem:CreateAccessPoint", "aws:RequestTag/a", 0],
  ["elasticfilesystem:DeleteAccessPoint", "aws:RequestTag/a", 1],
  ["elasticfilesystem:DeleteAccessPoint", "aws:ResourceTag/a", 0],
])("what is made gets a tag, and goes by it: %s with %s", (Action, tag, n) => {
  const Condition = { StringEquals: { [tag]: "b" } };
  const sample = policy({ Action, Resource: "a", Condition });
  expect(failuresIn(sample, "iam-scopes/tagged-access-points")).toHaveLength(n);
});

test("every sample is of a rule that exists, and needed", () => {
  const ids = rules.map(({ id }) => id);
  const samples = [...Object.keys(failing), ...Object.keys(passing)];
  expect(samples.filter((id) => !ids.includes(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});

test("names of scanners and benchmarks have their form, and every rule its subject and a sentence", () => {
  const shape =
    /^(CKV2?_(AWS|K8S)_\d+|AWS-\d{4}|KSV-\d{4,5}|CIS-EKS \d\.\d\.\d+|prowler [a-z0-9_]+|KICS [0-9a-f-]{36}|cdk-nag [A-Z]+\d+)$/;
  expect(
    rules
      .flatMap(({ externalIds }) => externalIds)
      .filter((id) => !shape.test(id)),
  ).toEqual([]);
  for (const { id, sentence } of rules) {
    expect(id).toMatch(/^[a-z0-9-]+\/[a-z0-9-]+$/);
    expect(sentence).toMatch(/^[A-Z].*\.$/);
  }
});

test("no rule asks Redis for another port", () => {
  const asking = rules.filter(({ externalIds }) =>
    externalIds.includes("cdk-nag AEC5"),
  );
  expect(asking).toEqual([]);
});
