import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { type OperatorSecret } from "../../../modules/core/facts";
import { registrySecretsOf } from "../../../modules/core/registries";
import { factsOf } from "../../../modules/facts";
import { errorName } from "../aws/errors";
import { type Check, type Finding } from "./check";
import { type Examined, once } from "./examined";

/** The secrets that only the operator can make are there, and hold what is read of them. No value is ever said. */
export const secretChecks = (examined: Examined): Check[] =>
  operatorSecrets(examined).flatMap((secret) => {
    const look = once(() => lookFor(examined, secret));
    return [
      { about: `secret ${secret.name}`, ask: look },
      {
        about: `keys of secret ${secret.name}`,
        // What is missing is said once.
        ask: async () =>
          (await look().catch(() => [])).length > 0
            ? []
            : lookInto(examined, secret),
      },
    ];
  });

const operatorSecrets = ({ settings }: Examined): OperatorSecret[] => [
  ...registrySecretsOf(settings),
  ...factsOf(settings).flatMap((facts) => facts.operatorSecrets),
];

async function lookFor(
  { aws, settings: { region } }: Examined,
  { path, name, keys }: OperatorSecret,
): Promise<Finding[]> {
  try {
    const { DeletedDate } = await aws
      .client(SecretsManagerClient)
      .send(new DescribeSecretCommand({ SecretId: name }));
    if (DeletedDate === undefined) return [];
    return [
      {
        path,
        found: `secret ${name} of ${region} is deleted, and goes for good on ${dayOf(DeletedDate)} or later`,
        fix: `aws secretsmanager restore-secret --region ${region} --secret-id ${name}`,
        severity: "stops",
      },
    ];
  } catch (error) {
    if (errorName(error) !== "ResourceNotFoundException") throw error;
    return [
      {
        path,
        found: `Secrets Manager in ${region} has no secret ${name}`,
        fix: `aws secretsmanager create-secret --region ${region} --name ${name} --secret-string file://secret.json, where secret.json holds ${shapeOf(keys)}`,
        severity: "stops",
      },
    ];
  }
}

async function lookInto(
  { aws, settings: { region } }: Examined,
  { path, name, keys }: OperatorSecret,
): Promise<Finding[]> {
  const { SecretString } = await aws
    .client(SecretsManagerClient)
    .send(new GetSecretValueCommand({ SecretId: name }));
  const wrong = faultOf(SecretString, keys);
  if (wrong === undefined) return [];
  return [
    {
      path,
      found: `secret ${name}: ${wrong}`,
      fix: `aws secretsmanager put-secret-value --region ${region} --secret-id ${name} --secret-string file://secret.json, where secret.json holds ${shapeOf(keys)}`,
      severity: "stops",
    },
  ];
}

/** What is wrong with a value, in words that say nothing of it; undefined where nothing is. */
export function faultOf(
  text: string | undefined,
  keys: readonly string[],
): string | undefined {
  if (text === undefined) return "it holds bytes, and JSON text is read of it";
  const value = parsed(text);
  if (value === undefined) return "what it holds is no JSON object";
  const missing = keys.filter((key) => !(key in value));
  if (missing.length > 0) return `it has no key ${missing.join(", ")}`;
  const empty = keys.filter(
    (key) => typeof value[key] !== "string" || value[key].trim() === "",
  );
  if (empty.length > 0) return `no text stands at ${empty.join(", ")}`;
  const asPrinted = keys.filter((key) => PRINTED.includes(value[key]));
  return asPrinted.length > 0
    ? `${asPrinted.join(", ")} is the “…” of the documentation`
    : undefined;
}

/** As the documentation writes a value. */
const PRINTED: readonly unknown[] = ["…", "..."];

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

const shapeOf = (keys: readonly string[]): string =>
  `{${keys.map((key) => `"${key}": "…"`).join(", ")}}`;

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);
