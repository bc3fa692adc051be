import { type StackJson, graphOf } from "../../../tools/audit/graph";
import {
  askedRules,
  terraformTests,
} from "../../../tools/audit/report/terraform-tests";
import {
  type Rule,
  all,
  atLeast,
  check,
  companion,
  customerKey,
  on,
  oneOf,
} from "../../../tools/audit/rule";

const data: StackJson = {
  provider: { aws: [{}] },
  ephemeral: { aws_secret: { it: {} } },
  terraform: { backend: { s3: {} } },
  data: {
    aws_zone: {
      zone: {
        lifecycle: {
          postcondition: [
            { condition: '${contains(self.names, "a")}' },
            { condition: '${contains(self.names, "b")}' },
            { condition: '${self.kind == "x"}' },
          ],
        },
      },
    },
  },
  resource: {
    aws_db: {
      db: {
        days: 7,
        key: "${aws_kms_key.key.arn}",
        lifecycle: { prevent_destroy: true },
        password: "${ephemeral.aws_secret.it.value}",
      },
    },
    aws_kms_key: { key: {} },
    aws_db_log: {
      log: { db: "${aws_db.db.id}", level: "all" },
      other: { db: "elsewhere", level: "all" },
    },
  },
};

const rule = (
  id: string,
  made: Pick<Rule, "attributes" | "holds" | "condition">,
): Rule => ({
  id,
  sentence: "It is so.",
  externalIds: [],
  types: ["aws_db"],
  ...made,
});
const rules = [
  rule("a/days", atLeast("days", 7)),
  rule("a/key", customerKey("key")),
  rule("a/log", companion("aws_db_log", "db", oneOf("level", "all"))),
  rule("a/broken", atLeast("days", 8)),
  rule("a/kept", all(atLeast("days", 1), on("lifecycle.prevent_destroy"))),
  rule(
    "a/written",
    check("days", () => true),
  ),
];
const graph = graphOf({ data });
const files = terraformTests({ data }, graph, rules);
const test_ = JSON.parse(
  files["terraform/data/tests/rules.tftest.json"] ?? "",
) as {
  override_data: unknown;
  override_resource: unknown;
  run: {
    rules: {
      assert: { condition: string; error_message: string }[];
      plan_options: unknown;
      module: unknown;
    };
  };
};

test("a rule that holds is an assert, with its name and sentence; one that is broken, or that no plan shows, is none", () => {
  expect(
    test_.run.rules.assert.map(({ error_message }) => error_message),
  ).toEqual([
    "a/days aws_db.db: It is so.",
    "a/key aws_db.db: It is so.",
    "a/log aws_db.db: It is so.",
  ]);
  expect([...askedRules(graph, rules)]).toEqual(["a/days", "a/key", "a/log"]);
});

test("what a reference leads to is known in the plan, and only what is asked of is planned", () => {
  expect(test_.override_resource).toEqual([
    {
      target: "aws_kms_key.key",
      override_during: "plan",
      values: { arn: "arn:aws:kms:eu-central-1:123456789012:key/key" },
    },
    { target: "aws_db.db", override_during: "plan", values: { id: "db" } },
  ]);
  expect(test_.run.rules.plan_options).toEqual({
    target: ["aws_db.db", "aws_kms_key.key", "aws_db_log.log"],
  });
});

test("data sources answer as their conditions ask", () => {
  expect(test_.override_data).toEqual([
    { target: "data.aws_zone.zone", values: { names: ["a", "b"], kind: "x" } },
  ]);
});

test("a stack with ephemeral values is planned as a copy that has a text in their place, and no state", () => {
  const copy = JSON.parse(
    files["terraform/data/tests/without-ephemeral/cdk.tf.json"] ?? "",
  ) as StackJson;
  expect(test_.run.rules.module).toEqual({
    source: "./tests/without-ephemeral",
  });
  expect(copy.ephemeral).toBeUndefined();
  expect(copy.terraform).toEqual({});
  expect(copy.resource?.aws_db?.db).toEqual({
    ...data.resource?.aws_db?.db,
    password: "in-the-place-of-a-secret",
  });
});
