import {
  GetSecretValueCommand,
  ListSecretsCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { type AwsAccess } from "./clients";

/**
 * The password of a secret that Terraform made, by its Name tag: the secret's own name ends in digits of Terraform's. A secret:
 * into no argument, log or file.
 *
 * @throws Error when there is not exactly one.
 */
export async function storedPassword(
  aws: AwsAccess,
  name: string,
): Promise<string> {
  const client = aws.client(SecretsManagerClient);
  const { SecretList = [] } = await client.send(
    new ListSecretsCommand({
      Filters: [{ Key: "name", Values: [`${name}-`] }],
    }),
  );
  const found = SecretList.filter(
    ({ Tags = [], DeletedDate }) =>
      DeletedDate === undefined &&
      Tags.some(({ Key, Value }) => Key === "Name" && Value === name),
  );
  const [secret] = found;
  if (secret === undefined || found.length > 1)
    throw new Error(
      `${found.length} secrets have the Name tag ${name}, and one is looked for`,
    );
  const { SecretString = "" } = await client.send(
    new GetSecretValueCommand({ SecretId: secret.ARN }),
  );
  return SecretString;
}
