import { DataAwsEcrRepositories } from "@cdktf/provider-aws/lib/data-aws-ecr-repositories";
import { DataAwsSecretsmanagerSecrets } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secrets";
import { type Construct } from "constructs";
import { namesOf } from "../../lib/names";
import { type Settings } from "../../schema";
import { expecting, quoted } from "./expectation";

/** The secrets that the operator makes exist; their values are never read (DEC-27). */
export function checkSecrets(scope: Construct, settings: Settings): void {
  const secrets = operatorSecretsOf(settings);
  if (secrets.length === 0) return;
  new DataAwsSecretsmanagerSecrets(scope, "operator-secrets", {
    // The filter means "begins with": the conditions compare the whole name.
    filter: [{ name: "name", values: secrets.map(({ name }) => name) }],
    lifecycle: expecting(
      ...secrets.map(({ path, name, keys }) => ({
        condition: `contains(self.names, ${quoted(name)})`,
        otherwise: `${path} is ${name}, and Secrets Manager in ${settings.region} has no such secret. Make it: aws secretsmanager create-secret --region ${settings.region} --name ${name} --secret-string file://secret.json, where secret.json holds ${shapeOf(keys)}.`,
      })),
    ),
  });
}

interface OperatorSecret {
  readonly path: string;
  readonly name: string;
  /** Keys of the JSON it holds. */
  readonly keys: readonly string[];
}

/** The secrets that only the operator can make, with the settings that name them. */
export function operatorSecretsOf({ wave }: Settings): OperatorSecret[] {
  if (wave === undefined) return [];
  const registries = Object.entries(wave.secrets).map(([key, name]) => ({
    path: `wave.secrets.${key}`,
    name,
    keys: ["username", "password"],
  }));
  const ecrKey = wave.classic.ecrKeySecret;
  if (ecrKey === undefined) return registries;
  const keys = ["accessKeyId", "secretAccessKey"];
  return [
    ...registries,
    { path: "wave.classic.ecrKeySecret", name: ecrKey, keys },
  ];
}

function shapeOf(keys: readonly string[]): string {
  return `{${keys.map((key) => `"${key}": "…"`).join(", ")}}`;
}

/** With `data.ecr.existing`: both repositories exist, because ECR makes none by itself (DEC-08, TR-15). */
export function checkRepositories(scope: Construct, settings: Settings): void {
  const { ecr } = settings.data;
  if (settings.wave === undefined || !ecr.existing) return;
  const prefix = ecr.prefix ?? namesOf(settings).prefix;
  new DataAwsEcrRepositories(scope, "repositories", {
    lifecycle: expecting(
      ...["build", "cache"].map((what) => ({
        condition: `contains(self.names, ${quoted(`${prefix}/${what}`)})`,
        otherwise: `data.ecr.existing is true, but the repository ${prefix}/${what} does not exist in ${settings.region}. Create it, correct data.ecr.prefix, or set existing to false.`,
      })),
    ),
  });
}
