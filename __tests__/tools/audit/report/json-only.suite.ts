import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ProblemReport } from "../../../../modules/lib/problem";
import { evaluate } from "../../../../tools/audit/evaluate";
import { graphOf } from "../../../../tools/audit/graph";
import { auditOf } from "../../../../tools/audit/report/files";
import { readStacks } from "../../../../tools/audit/report/json-only";
import { rules } from "../../../../tools/audit/rules";
import { rowsOf } from "./audits";

const folder = mkdtempSync(join(tmpdir(), "wave-json-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A folder as cdktf synth leaves it, with these texts. */
function cdktfOut(name: string, texts: Record<string, string>): string {
  for (const [file, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, name, file)), { recursive: true });
    writeFileSync(join(folder, name, file), text);
  }
  return join(folder, name);
}

const policy = (Principal: object) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }],
  });

/** Another project: a bucket, and a role that everybody may take. */
const foreign = {
  terraform: { backend: { local: { path: "x.tfstate" } } },
  provider: { aws: [{ region: "eu-west-1" }] },
  resource: {
    aws_s3_bucket: {
      uploads: {
        "//": { metadata: { path: "shop/uploads", uniqueId: "uploads" } },
        bucket: "shop-uploads",
      },
    },
    aws_iam_role: {
      worker: { name: "worker", assume_role_policy: policy({ AWS: "*" }) },
    },
  },
  output: { bucket: { value: "${aws_s3_bucket.uploads.bucket}" } },
};

const auditJson = (from: string) =>
  auditOf({
    ...{ environment: "shop", source: "shop", text: "", lock: "" },
    synthesized: readStacks(from),
    commit: { id: "abc", date: "2026", repository: "here", changes: [] },
    day: "2026-01-02",
  });

test("a bucket and a role of another project: rules, pages of resources, documents, and what is left out", () => {
  const { tables, files, inventory } = auditJson(
    cdktfOut("shop", {
      "stacks/shop/cdk.tf.json": JSON.stringify(foreign),
      "stacks/shop/.terraform/secret.tfstate": "hunter2",
    }),
  );
  expect(
    inventory.map(({ subject, failed }) => [subject.path, failed]),
  ).toEqual([
    ["shop/uploads", expect.arrayContaining(["s3/key"])],
    [
      "shop/aws_iam_role.worker",
      expect.arrayContaining(["trusts/no-open-trust"]),
    ],
  ]);
  expect(tables.find(({ id }) => id === "rules")?.look).toContain(
    "trusts/no-open-trust is broken by shop/aws_iam_role.worker.",
  );
  expect(rowsOf(tables.find(({ id }) => id === "outputs"))).toMatchObject([
    { Stack: "shop", Output: "bucket" },
  ]);
  const page = files["resources/shop/aws_s3_bucket.uploads.html"] ?? "";
  expect(page).toContain("shop-uploads");
  expect(page).not.toContain("Made by");
  expect(
    files["policies/shop/aws_iam_role.worker.assume_role_policy.json"],
  ).toContain("sts:AssumeRole");
  expect(files["terraform/shop/cdk.tf.json"]).toBe(JSON.stringify(foreign));
  const sarif = files["findings.sarif"] ?? "";
  expect(sarif).toContain("shop/aws_iam_role.worker");
  expect(sarif).not.toMatch(/versionControlProvenance|EXC-/);
  expect(JSON.stringify(files)).not.toContain("hunter2");
});

const refused: [string, Record<string, string>, string[]][] = [
  ["no stacks", { "manifest.json": "{}" }, ["stacks/*/cdk.tf.json"]],
  [
    "no JSON, and JSON that is no stack: both at once",
    {
      "stacks/a/cdk.tf.json": "resource {}",
      "stacks/b/cdk.tf.json": '{ "resource": ["x"] }',
      "stacks/c/cdk.tf.json": "{}",
    },
    ["stacks/a/cdk.tf.json", "stacks/b/cdk.tf.json"],
  ],
  [
    "a name that would lead out of the folder",
    {
      "stacks/a/cdk.tf.json":
        '{ "resource": { "aws_iam_role": { "../../x": {} } } }',
    },
    ["stacks/a/cdk.tf.json"],
  ],
];

test.each(refused)("%s", (name, texts, paths) => {
  const from = cdktfOut(name.replaceAll(/\W/g, "-"), texts);
  let problems: readonly string[] = [];
  try {
    readStacks(from);
  } catch (error) {
    if (!(error instanceof ProblemReport)) throw error;
    problems = error.problems.map(({ path }) => path);
  }
  expect(problems).toEqual(paths);
});

test("no rule fails itself over resources without attributes, and with all of them unknown", () => {
  const types = [...new Set(rules.flatMap((rule) => rule.types))];
  const made = types.filter(
    (type) => !/^(data|provider|backend|ephemeral)\./.test(type),
  );
  const graph = graphOf({
    shop: {
      resource: Object.fromEntries(
        made.map((type) => [
          type,
          {
            empty: {},
            unknown: {
              name: "${var.name}",
              policy: "${data.aws_iam_policy_document.x.json}",
              assume_role_policy: "${data.aws_iam_policy_document.x.json}",
            },
          },
        ]),
      ),
    },
  });
  expect(evaluate(graph).length).toBeGreaterThan(made.length);
});
