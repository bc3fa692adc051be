import { createHash } from "node:crypto";
import { targetCall } from "../aws/client";
import { type Lab } from "../lab";

/** Values as hashes, by what has them. */
export interface Look {
  readonly stored: Hashes;
  readonly secrets: Hashes;
  readonly templates: Hashes;
}
type Hashes = Readonly<Record<string, string>>;

/** Names of what differs. */
export const changed = (before: Hashes, after: Hashes): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => before[key] !== after[key],
  );

export const hashOf = (text: string): string =>
  createHash("sha256").update(text).digest("hex");

export async function lookAt({ aws, workloads }: Lab): Promise<Look> {
  const { SecretList } = (await targetCall(
    aws,
    "secretsmanager",
    "secretsmanager.ListSecrets",
    { MaxResults: 100 },
  )) as { SecretList: { ARN: string; Name: string; Tags?: Tag[] }[] };
  const stored: [string, string][] = [];
  for (const { ARN, Name, Tags = [] } of SecretList) {
    const { SecretString } = (await targetCall(
      aws,
      "secretsmanager",
      "secretsmanager.GetSecretValue",
      { SecretId: ARN },
    )) as { SecretString: string };
    const tag = Tags.find(({ Key }) => Key === "Name");
    stored.push([tag?.Value ?? Name, hashOf(SecretString)]);
  }
  const all = async <T>(path: string): Promise<T[]> =>
    ((await workloads?.api.call("GET", path)) as { items: T[] }).items;
  const secrets = await all<Named & { data?: unknown }>("/api/v1/secrets");
  const deployments = await all<Named & { spec: { template: unknown } }>(
    "/apis/apps/v1/deployments",
  );
  return {
    stored: Object.fromEntries(stored),
    secrets: Object.fromEntries(
      secrets
        .filter(({ type }) => type !== "helm.sh/release.v1")
        .map(({ metadata, data }) => [
          `${metadata.namespace}/${metadata.name}`,
          hashOf(JSON.stringify(data)),
        ]),
    ),
    templates: Object.fromEntries(
      deployments.map(({ metadata, spec }) => [
        metadata.name,
        hashOf(JSON.stringify(spec.template)),
      ]),
    ),
  };
}

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

interface Named {
  readonly type?: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
}

/** The value of a generated secret. */
export async function valueNamed({ aws }: Lab, name: string): Promise<string> {
  const { SecretList } = (await targetCall(
    aws,
    "secretsmanager",
    "secretsmanager.ListSecrets",
    { MaxResults: 100 },
  )) as { SecretList: { ARN: string; Tags?: Tag[] }[] };
  const found = SecretList.find(({ Tags = [] }) =>
    Tags.some(({ Key, Value }) => Key === "Name" && Value === name),
  );
  const { SecretString } = (await targetCall(
    aws,
    "secretsmanager",
    "secretsmanager.GetSecretValue",
    { SecretId: found?.ARN },
  )) as { SecretString: string };
  return SecretString;
}
