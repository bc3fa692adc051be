import { AwsError } from "../call";

/** Tags by ARN. */
export type BackupTags = Map<string, Record<string, string>>;

/** A vault and its recovery points by ARN. */
export interface Vault {
  readonly BackupVaultName: string;
  readonly BackupVaultArn: string;
  readonly CreationDate: number;
  readonly EncryptionKeyArn?: string;
  readonly points: Map<string, Record<string, unknown>>;
  policy?: string;
}

export const missing = (what: string): AwsError =>
  new AwsError("ResourceNotFoundException", `${what} not found.`, 400);

export function need<T>(map: ReadonlyMap<string, T>, key = ""): T {
  const value = map.get(key);
  if (value === undefined) throw missing(key);
  return value;
}
