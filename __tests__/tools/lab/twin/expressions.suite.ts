import { type StackJson } from "../../../../tools/audit/graph";
import { evaluate, programOf } from "../../../../tools/lab/twin/expressions";
import { valuesOf } from "../../../../tools/lab/twin/values";
import { terraformIsThere } from "./terraform";

const stack: StackJson = {
  locals: {
    version: '${join(",", data.aws_secrets.s.versions)}',
    other: "${aws_thing.t.id}",
  },
  data: { aws_secrets: { s: {} } },
  ephemeral: {
    aws_secretsmanager_secret_version: {
      own: { secret_id: "${aws_secretsmanager_secret_version.made.arn}" },
      given: { secret_id: "emg/github" },
    },
    aws_secretsmanager_random_password: { r: { password_length: 32 } },
  },
  resource: {
    aws_thing: { t: {} },
    aws_db_instance: { d: {} },
    aws_secretsmanager_secret_version: {
      made: {
        secret_string_wo:
          "${ephemeral.aws_secretsmanager_random_password.r.random_password}",
      },
    },
  },
};
const values = () =>
  valuesOf(stack, { postgresPort: 5999, secrets: new Map() });

const own = "ephemeral.aws_secretsmanager_secret_version.own.secret_string";
const given = "ephemeral.aws_secretsmanager_secret_version.given.secret_string";

test("references are variables, and of the locals only those that are needed are computed", () => {
  const program = programOf(
    stack,
    { a: "${local.version}/${aws_db_instance.d.address}", b: "aws_thing.t.id" },
    values(),
  );
  expect(program).toEqual({
    variable: { v0: { default: [] }, v1: { default: "127.0.0.1" } },
    locals: {
      version: '${join(",", var.v0)}',
      twin: { a: "${local.version}/${var.v1}", b: "aws_thing.t.id" },
    },
  });
});

test("a generated password has the length of the stack, and is the same wherever it is read", () => {
  const valueOf = values();
  expect(valueOf(own)).toMatch(/^[A-Za-z0-9]{32}$/);
  expect(valueOf(own)).toBe(valueOf(own));
});

test("a secret of the operator is JSON", () => {
  expect(JSON.parse(String(values()(given)))).toMatchObject({
    clientId: expect.any(String) as string,
  });
});

test("what stands for nothing here says so", () => {
  expect(values()("aws_thing.t.id")).toBe("unknown:aws_thing.t.id");
});

(terraformIsThere ? test : test.skip)(
  "Terraform computes the texts: fields, hashes and quotes",
  () => {
    const computed = evaluate(
      stack,
      {
        id: `\${jsondecode(${given})["clientId"]}`,
        hash: '${sha256("a\\"b")}',
        text: 'say "$host" $${x}',
      },
      values(),
    );
    expect(computed.id).toBe("Iv1.twin");
    expect(computed.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(computed.text).toBe('say "$host" ${x}');
    expect(() => evaluate(stack, '${sha256("a"b")}', values())).toThrow(
      "terraform console",
    );
  },
);
