import { DataAwsSecretsmanagerSecrets } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secrets";
import { type OperatorSecret } from "../facts";
import { type Expectation, quoted } from "./expectation";

/** The secrets that the operator makes exist in the region; their values are never read. */
export function operatorSecretExpectations(
  region: string,
  secrets: readonly OperatorSecret[],
): Expectation[] {
  const names = [...new Set(secrets.map(({ name }) => name))];
  return Array.from({ length: Math.ceil(names.length / MOST) }, (_none, at) =>
    listed(region, secrets, names.slice(at * MOST, (at + 1) * MOST), at),
  );
}

/** Names that one question to Secrets Manager takes (`ListSecrets`: 10 values of a filter). */
const MOST = 10;

function listed(
  region: string,
  secrets: readonly OperatorSecret[],
  asked: string[],
  at: number,
): Expectation {
  return {
    id: at === 0 ? "operator-secrets" : `operator-secrets-${at + 1}`,
    read: (scope, id, lifecycle) =>
      new DataAwsSecretsmanagerSecrets(scope, id, {
        // The filter means "begins with": the conditions compare the whole name.
        filter: [
          {
            name: "name",
            values: asked,
          },
        ],
        lifecycle,
      }),
    conditions: secrets
      .filter(({ name }) => asked.includes(name))
      .map(({ path, name, keys }) => ({
        condition: `contains(self.names, ${quoted(name)})`,
        otherwise: `${path} is ${name}, and Secrets Manager in ${region} has no such secret. Make it: aws secretsmanager create-secret --region ${region} --name ${name} --secret-string file://secret.json, where secret.json holds ${shapeOf(keys)}.`,
      })),
  };
}

function shapeOf(keys: readonly string[]): string {
  return `{${keys.map((key) => `"${key}": "…"`).join(", ")}}`;
}
