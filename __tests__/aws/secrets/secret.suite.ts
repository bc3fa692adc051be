import { TerraformOutput } from "cdktf";
import {
  GeneratedSecret,
  type GeneratedSecretProps,
} from "../../../modules/aws/secrets/secret";
import { onlyResource, synthOne } from "../../support/synth";

const props: GeneratedSecretProps = {
  name: "wave-prod-surrealdb",
  description: "Password of SurrealDB",
  kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/secrets",
  version: 3,
};
const stackOf = (change: Partial<GeneratedSecretProps> = {}) =>
  synthOne((stack) => {
    const { arn } = new GeneratedSecret(stack, "password", {
      ...props,
      ...change,
    });
    new TerraformOutput(stack, "arn", { value: arn });
  });
const stack = stackOf();
const secret = onlyResource(stack, "aws_secretsmanager_secret");
const version = onlyResource(stack, "aws_secretsmanager_secret_version");

test("the generated value goes write-only into the version, with a version number", () => {
  expect(stack.ephemeral).toEqual({
    aws_secretsmanager_random_password: {
      password: { password_length: 40, exclude_punctuation: true },
    },
  });
  expect(version).toMatchObject({
    secret_id: "${aws_secretsmanager_secret.password.id}",
    secret_string_wo:
      "${ephemeral.aws_secretsmanager_random_password.password.random_password}",
    secret_string_wo_version: 3,
  });
  expect(version).not.toHaveProperty("secret_string");
});

test("nobody but the version reads the generator", () => {
  const mentions = JSON.stringify(stack).split(
    "ephemeral.aws_secretsmanager_random_password",
  );
  expect(mentions).toHaveLength(2);
});

test("the ARN is the version's, so readers wait for a value", () => {
  expect(stack.output?.arn?.value).toBe(
    "${aws_secretsmanager_secret_version.password_version_F30F1947.arn}",
  );
});

test("under the customer managed key", () => {
  expect(secret.kms_key_id).toBe(props.kmsKeyArn);
});

test("kept for 30 days or gone at once, and never prevent_destroy", () => {
  const discarded = onlyResource(
    stackOf({ retain: false }),
    "aws_secretsmanager_secret",
  );
  expect(secret.recovery_window_in_days).toBe(30);
  expect(discarded.recovery_window_in_days).toBe(0);
  expect(secret).not.toHaveProperty("lifecycle");
});

test("a name that a deleted or forgotten secret cannot block", () => {
  expect(secret).toMatchObject({
    name_prefix: "wave-prod-surrealdb-",
    tags: { Name: "wave-prod-surrealdb" },
  });
  expect(secret).not.toHaveProperty("name");
});

test("as long as the caller says: some programs ask for exactly 32", () => {
  expect(
    Object.values(
      stackOf({ length: 32 }).ephemeral?.aws_secretsmanager_random_password ??
        {},
    ),
  ).toEqual([{ password_length: 32, exclude_punctuation: true }]);
});
