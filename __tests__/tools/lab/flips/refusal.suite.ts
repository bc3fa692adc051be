import { formatProblems } from "../../../../modules/lib/problem";
import { answerOf } from "../../../../tools/lab/flips/plan-stack";
import {
  refusedByPlan,
  refusedBySettings,
} from "../../../../tools/lab/flips/refusal";

/** As Terraform 1.11 writes them without a terminal. */
const CONDITION = `
Error: Resource precondition failed

  on cdk.tf.json line 10, in resource.aws_vpc.main.lifecycle.precondition[0]:
  10:               "condition": "\${self.cidr == \\"10.40.0.0/16\\"}",
    ├────────────────
    │ var.n is "2"

network.cidr is 10.60.0.0/16, but the VPC of this environment has
10.40.0.0/16. AWS changes no range of a VPC: deploy another environment
beside this one.
`.split("\n");
const KEPT = `
Error: Instance cannot be destroyed

  on cdk.tf.json line 16, in resource.aws_eks_cluster:
  16:       "b": {"input": "y", "lifecycle": {"prevent_destroy": true}}

Resource aws_eks_cluster.main has lifecycle.prevent_destroy set, but the plan
calls for this resource to be destroyed. To avoid this error and continue
with the plan, either disable lifecycle.prevent_destroy.
`.split("\n");

test("a condition refuses with the first sentence of its message", () => {
  expect(refusedByPlan(CONDITION)).toEqual({
    by: "a plan",
    sentence:
      "network.cidr is 10.60.0.0/16, but the VPC of this environment has 10.40.0.0/16.",
  });
});

test("it reads the same in the frame of a terminal", () => {
  const framed = CONDITION.map((line) => `│ ${line}`);
  expect(refusedByPlan(framed)).toEqual(refusedByPlan(CONDITION));
});

test("prevent_destroy names what would go; a condition says more and comes first", () => {
  expect(refusedByPlan(KEPT)).toEqual({
    by: "prevent_destroy",
    sentence: "aws_eks_cluster.main would go",
  });
  expect(refusedByPlan([...KEPT, ...KEPT])?.sentence).toBe(
    "aws_eks_cluster.main would go, and 1 more",
  );
  expect(refusedByPlan([...KEPT, ...CONDITION])?.by).toBe("a plan");
});

test("a stack whose outputs are missing waits, and refuses nothing", () => {
  const waits = CONDITION.map((line) =>
    line.replace("AWS changes no range of a VPC", "Deploy data first"),
  );
  expect(answerOf(waits).kind).toBe("waits");
  expect(answerOf(CONDITION).kind).toBe("refused");
});

test("what the deployer may not ask before its policies are printed again is a refusal", () => {
  const denied = [
    "Error: reading RDS Orderable DB Instance Options: api error AccessDenied: rds:DescribeOrderableDBInstanceOptions: not authorized",
  ];
  expect(refusedByPlan(denied)).toMatchObject({
    by: "the deployer's policies",
    sentence: expect.stringMatching(
      /^rds:DescribeOrderableDBInstanceOptions /,
    ) as string,
  });
});

test("an answer of an API is a fault of the run, and no refusal", () => {
  expect(answerOf(["Error: reading VPC: 500", "", "at line 3"])).toEqual({
    kind: "failed",
    text: expect.stringContaining("500") as string,
  });
});

test("the rules of the settings refuse with path and reason", () => {
  const text = formatProblems("settings/lab.yaml", [
    {
      ...{ path: "network.cidr", given: "10.40.0.0/12" },
      ...{ allowed: "/16 to /21", fix: "Write a smaller one." },
    },
  ]);
  expect(refusedBySettings(text)).toEqual({
    by: "the rules of the settings",
    sentence: "network.cidr: 10.40.0.0/12; allowed: /16 to /21",
  });
});
