import { canary } from "../../aws/account";
import { type Aws, targetCall } from "../../aws/client";
import { type Fault } from "./fault";

const secret = (aws: Aws, operation: string, input: object): Promise<unknown> =>
  targetCall(aws, "secretsmanager", `secretsmanager.${operation}`, input);

const SECRET = "wave/cr.seqera.io";
/** As the lab's operator made it: later checks look for it where it must not be. */
const LOGIN = JSON.stringify({ username: "lab", password: canary });

/** A value of the secret that is wrong. */
const wrongSecret = (name: string, value: string, says: RegExp): Fault => ({
  name,
  path: "wave.secrets.seqeraRegistry",
  says,
  seed: ({ lab }) =>
    secret(lab.aws, "PutSecretValue", {
      SecretId: SECRET,
      SecretString: value,
    }),
  fix: ({ lab }) =>
    secret(lab.aws, "PutSecretValue", {
      SecretId: SECRET,
      SecretString: LOGIN,
    }),
});

/** Of the secrets that the operator makes. */
export const SECRET_FAULTS: readonly Fault[] = [
  {
    name: "a secret is missing",
    path: "wave.secrets.seqeraRegistry",
    says: /no secret/,
    seed: ({ lab }) =>
      secret(lab.aws, "DeleteSecret", {
        SecretId: SECRET,
        ForceDeleteWithoutRecovery: true,
      }),
    fix: ({ lab }) =>
      secret(lab.aws, "CreateSecret", { Name: SECRET, SecretString: LOGIN }),
  },
  {
    name: "a secret is deleted, and can be restored",
    path: "wave.secrets.seqeraRegistry",
    says: /is deleted/,
    seed: ({ lab }) => secret(lab.aws, "DeleteSecret", { SecretId: SECRET }),
    fix: ({ lab }) => secret(lab.aws, "RestoreSecret", { SecretId: SECRET }),
  },
  wrongSecret("a secret is no JSON", "lab:lab", /no JSON object/),
  wrongSecret("a secret lacks a key", '{"username": "lab"}', /no key password/),
  wrongSecret(
    "a secret is as the documentation prints it",
    '{"username": "lab", "password": "…"}',
    /“…”/,
  ),
];
