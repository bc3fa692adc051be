import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { projectFile } from "../../modules/lib/project-file";
import {
  type Document,
  type PlaceholderValues,
  fillDocument,
  fillTemplate,
} from "../../modules/lib/template";
import { ProblemReport } from "../../modules/lib/problem";
import { escapeTemplate } from "../../modules/lib/terraform-escape";

const fill = (document: Document, values: PlaceholderValues = {}): Document =>
  fillDocument("policies/test.json", document, values);

function problemsOf(run: () => unknown): ProblemReport["problems"] {
  try {
    run();
  } catch (error) {
    if (error instanceof ProblemReport) return error.problems;
    throw error;
  }
  throw new Error("expected a ProblemReport");
}

test("fills ${NAME} and bare $NAME, in values and in keys", () => {
  const filled = fill(
    { "${HOST}:sub": "system:serviceaccount:$NAMESPACE:wave-sa" },
    { HOST: "oidc.example", NAMESPACE: "wave" },
  );
  expect(filled).toEqual({
    "oidc.example:sub": "system:serviceaccount:wave:wave-sa",
  });
});

test("a placeholder that is the whole value keeps the value's type", () => {
  expect(
    fill(
      { port: "${PORT}", hosts: ["${ALL}"] },
      { PORT: 6379, ALL: ["a", "b"] },
    ),
  ).toEqual({ port: 6379, hosts: [["a", "b"]] });
});

test("what is not ours survives Terraform: IAM variables and Micronaut's placeholders", () => {
  expect(
    fill({
      user: "${aws:username}",
      login: "${DOCKER_USER:}",
      pod: "$(POD_NAME)",
    }),
  ).toEqual({
    user: "$${aws:username}",
    login: "$${DOCKER_USER:}",
    pod: "$(POD_NAME)",
  });
});

test("a filled value is not escaped: it may be a Terraform reference", () => {
  expect(
    fill({ arn: "${ARN}/*" }, { ARN: "${aws_s3_bucket.logs.arn}" }),
  ).toEqual({ arn: "${aws_s3_bucket.logs.arn}/*" });
});

test("fails on a placeholder without a value: file, key and what there is", () => {
  const [problem] = problemsOf(() =>
    fill({ Statement: [{ Resource: "${BUKET}" }] }, { BUCKET: "x" }),
  );
  expect(problem?.path).toBe("policies/test.json: Statement[0].Resource");
  expect(problem?.given).toContain("${BUKET}");
  expect(problem?.allowed).toBe("BUCKET");
});

test("fails on a value without a placeholder", () => {
  const problems = problemsOf(() => fill({ a: "b" }, { BUCKET: "x" }));
  expect(problems).toHaveLength(1);
  expect(problems[0]?.path).toBe("policies/test.json");
  expect(problems[0]?.given).toContain("BUCKET");
});

test("fails on all mistakes at once", () => {
  const problems = problemsOf(() =>
    fill({ a: "${ONE}", b: "${TWO}" }, { THREE: 3 }),
  );
  expect(
    problems.map(({ given }) => given.match(/ONE|TWO|THREE/)?.[0]),
  ).toEqual(["ONE", "TWO", "THREE"]);
});

test("fails with the file's name when it does not exist", () => {
  expect(() => fillTemplate("policies/none.json", {})).toThrow(/none\.json/);
});

test.each(["broken.json", "broken.yaml"])(
  "fails with the file's name when %s cannot be parsed",
  (name) => {
    const file = projectFile(".lab", "template-test", name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '{"Statement": [}');
    const [problem] = problemsOf(() =>
      fillTemplate(`.lab/template-test/${name}`, {}),
    );
    rmSync(file);
    expect(problem?.path).toBe(`.lab/template-test/${name}`);
    expect(problem?.given).toMatch(/\}|flow/);
  },
);

test("escaping doubles the sign, once", () => {
  expect(escapeTemplate("a${b}%{c} $d")).toBe("a$${b}%%{c} $d");
});
