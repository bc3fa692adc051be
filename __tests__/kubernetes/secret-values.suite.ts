import { StoredSecret } from "../../modules/aws/secrets/stored-secret";
import { Secret } from "../../modules/kubernetes/secret";
import {
  contentsOf,
  field,
  plain,
  whole,
} from "../../modules/kubernetes/secret-values";
import { onlyResource, synthOne } from "../support/synth";

test("a Secret of values follows the versions of their sources, and what else is in them", () => {
  const json = synthOne((stack) => {
    const stored = new StoredSecret(stack, "stored", "arn:secret");
    new Secret(stack, "opened", {
      metadata: { name: "opened" },
      ...contentsOf({
        HOST: plain("db.example.org"),
        LOGIN: whole(stored, "emg:"),
        USER: field(stored, "user"),
      }),
      dependsOn: [],
    });
  });
  const value =
    "ephemeral.aws_secretsmanager_secret_version.stored.secret_string";
  expect(onlyResource(json, "kubernetes_secret_v1").data_wo).toEqual({
    HOST: "db.example.org",
    LOGIN: `emg:\${${value}}`,
    USER: `\${jsondecode(${value})["user"]}`,
  });
  const fingerprint = Object.entries(json.locals as Record<string, string>)
    .filter(([name]) => name.includes("fingerprint"))
    .map(([, text]) => text);
  expect(fingerprint).toEqual([
    expect.stringMatching(
      /^HOST\/LOGIN\/USER\/\$\{local\.stored_version_\w+\}\/\$\{local\.stored_version_\w+\}\/db\.example\.org$/,
    ),
  ]);
});
