import { DataAwsSecretsmanagerSecrets } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secrets";
import { type OperatorSecret } from "../facts";
import { type Expectation, quoted } from "./expectation";

/** The secrets that the operator makes exist in the region; their values are never read. */
export function operatorSecretExpectations(
  region: string,
  secrets: readonly OperatorSecret[],
): Expectation[] {
  if (secrets.length === 0) return [];
  return [
    {
      id: "operator-secrets",
      read: (scope, id, lifecycle) =>
        new DataAwsSecretsmanagerSecrets(scope, id, {
          // The filter means "begins with": the conditions compare the whole name.
          filter: [
            {
              name: "name",
              values: [...new Set(secrets.map(({ name }) => name))],
            },
          ],
          lifecycle,
        }),
      conditions: secrets.map(({ path, name, keys }) => ({
        condition: `contains(self.names, ${quoted(name)})`,
        otherwise: `${path} is ${name}, and Secrets Manager in ${region} has no such secret. Make it: aws secretsmanager create-secret --region ${region} --name ${name} --secret-string file://secret.json, where secret.json holds ${shapeOf(keys)}.`,
      })),
    },
  ];
}

function shapeOf(keys: readonly string[]): string {
  return `{${keys.map((key) => `"${key}": "…"`).join(", ")}}`;
}
