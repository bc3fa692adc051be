import { type Construct } from "constructs";
import { KmsKey } from "../../aws/kms/kms-key";
import { namesOf } from "../../lib/names";
import { type WaveSettings } from "../settings/schema";

/** Properties of a key of the environment. */
export interface KeyProps {
  /** Last part of alias and construct id: `storage`. */
  readonly what: string;
  /** What the key encrypts, as the console shows it. */
  readonly encrypts: string;
  /**
   * Log groups that CloudWatch Logs may encrypt with it.
   * @default none
   */
  readonly logGroupNames?: readonly string[];
}

/** Creates the key `<name>-<environment>-<what>` as `<what>-key`. */
export function createKey(
  scope: Construct,
  settings: WaveSettings,
  { what, encrypts, logGroupNames = [] }: KeyProps,
): KmsKey {
  const { accountId, region, retain } = settings;
  const names = namesOf(settings);
  return new KmsKey(scope, `${what}-key`, {
    name: names.of(what),
    description: `${names.prefix}: ${encrypts}`,
    accountId,
    region,
    logGroupNames,
    retain,
  });
}
