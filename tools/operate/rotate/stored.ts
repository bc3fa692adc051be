import {
  GetSecretValueCommand,
  ListSecretVersionIdsCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { type AwsAccess } from "../aws/clients";
import { type RotatableSecret } from "./rotatable";

/** A version of a secret. */
export interface StoredVersion {
  readonly id: string;
  readonly created: Date;
}

/** The ids by which Secrets Manager finds the values of a secret; fewer where some are missing. */
export const idsOf = async (
  aws: Pick<AwsAccess, "client">,
  secret: RotatableSecret,
): Promise<string[]> =>
  secret.kind === "operator"
    ? [secret.secretName]
    : (
        await Promise.all(secret.secrets.map((name) => findByTag(aws, name)))
      ).filter((arn) => arn !== undefined);

/** Names of generated secrets end in a suffix, and their tag has none. Of several the newest: a killed run may have left one. */
async function findByTag(
  aws: Pick<AwsAccess, "client">,
  name: string,
): Promise<string | undefined> {
  const client = aws.client(SecretsManagerClient);
  const found = [];
  let NextToken: string | undefined;
  do {
    const answer = await client.send(
      new ListSecretsCommand({
        Filters: [{ Key: "name", Values: [`${name}-`] }],
        NextToken,
      }),
    );
    found.push(...(answer.SecretList ?? []));
    ({ NextToken } = answer);
  } while (NextToken !== undefined);
  return found
    .filter(({ Tags = [] }) =>
      Tags.some(({ Key, Value }) => Key === "Name" && Value === name),
    )
    .sort((a, b) => Number(b.CreatedDate ?? 0) - Number(a.CreatedDate ?? 0))[0]
    ?.ARN;
}

/** The version that is in use; undefined where there is no value. */
export async function versionOf(
  aws: Pick<AwsAccess, "client">,
  id: string,
): Promise<StoredVersion | undefined> {
  const { Versions = [] } = await aws
    .client(SecretsManagerClient)
    .send(new ListSecretVersionIdsCommand({ SecretId: id }));
  const current = Versions.find(({ VersionStages = [] }) =>
    VersionStages.includes("AWSCURRENT"),
  );
  return current?.VersionId === undefined || current.CreatedDate === undefined
    ? undefined
    : { id: current.VersionId, created: current.CreatedDate };
}

/** A value and when it was stored. The value is a secret: print nothing of it. */
export interface StoredValue {
  readonly value: string;
  readonly created: Date;
}

export async function valueOf(
  aws: Pick<AwsAccess, "client">,
  id: string,
  stage: "AWSCURRENT" | "AWSPREVIOUS" = "AWSCURRENT",
): Promise<StoredValue> {
  const { SecretString = "", CreatedDate = new Date(0) } = await aws
    .client(SecretsManagerClient)
    .send(new GetSecretValueCommand({ SecretId: id, VersionStage: stage }));
  return { value: SecretString, created: CreatedDate };
}

/** Stores a new version. @returns its id. */
export async function putValue(
  aws: Pick<AwsAccess, "client">,
  id: string,
  value: string,
): Promise<string> {
  const { VersionId = "" } = await aws
    .client(SecretsManagerClient)
    .send(new PutSecretValueCommand({ SecretId: id, SecretString: value }));
  return VersionId;
}
