import { StoredSecret } from "../../modules/aws/secrets/stored-secret";
import { Secret } from "../../modules/kubernetes/secret";
import { onlyResource, synthOne } from "../support/synth";

const json = synthOne((stack) => {
  const stored = new StoredSecret(stack, "password", "arn:secret");
  const secret = new Secret(stack, "opened", {
    metadata: { name: "opened", namespace: "wave" },
    data: {
      PASSWORD: `\${${stored.value}}`,
      USER: `\${${stored.field("user")}}`,
    },
    sources: [stored],
    plainParts: ["redis.example.com:6379"],
    dependsOn: [],
  });
  stack.addOverride("locals.checksum", secret.checksum);
});
const secret = onlyResource(json, "kubernetes_secret_v1");
const locals = json.locals as Record<string, string>;
const local = (part: string) =>
  Object.entries(locals).find(([name]) => name.includes(part)) ?? ["", ""];

test("write-only data always has a revision", () => {
  expect(secret.data_wo).toEqual({
    PASSWORD:
      "${ephemeral.aws_secretsmanager_secret_version.password.secret_string}",
    USER: '${jsondecode(ephemeral.aws_secretsmanager_secret_version.password.secret_string)["user"]}',
  });
  expect(secret).not.toHaveProperty("data");
  const [fingerprint] = local("fingerprint");
  expect(secret.data_wo_revision).toBe(
    `\${parseint(substr(sha256(local.${fingerprint}), 0, 7), 16) + 1}`,
  );
});

test("the value is read from the stored version, by the id it is given", () => {
  expect(json.ephemeral).toEqual({
    aws_secretsmanager_secret_version: {
      password: { secret_id: "arn:secret" },
    },
  });
});

test("the revision follows the id of the current version", () => {
  const versions = json.data?.aws_secretsmanager_secret_versions ?? {};
  const [id = ""] = Object.keys(versions);
  expect(versions[id]).toMatchObject({ secret_id: "arn:secret" });
  const [name, expression] = local("version");
  expect(expression).toBe(
    `\${join(",", [for v in data.aws_secretsmanager_secret_versions.${id}.versions : v.version_id if contains(v.version_stages, "AWSCURRENT")])}`,
  );
  expect(local("fingerprint")[1]).toContain(`\${local.${name}}`);
});

test("a new key or another host changes the revision too", () => {
  expect(local("fingerprint")[1]).toMatch(
    /^PASSWORD\/USER\/.*\/redis\.example\.com:6379$/,
  );
});

test("DEP-19: the checksum is of versions and holds nothing ephemeral", () => {
  const [fingerprint] = local("fingerprint");
  expect(locals.checksum).toBe(`\${sha256(local.${fingerprint})}`);
  expect(JSON.stringify(locals)).not.toContain("ephemeral.");
});
