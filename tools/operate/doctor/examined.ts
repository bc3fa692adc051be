import { type Settings } from "../../../modules/schema";
import { type RunVariables } from "../../../modules/settings/choose";
import { type AwsAccess } from "../aws/clients";
import { type Caller } from "../aws/caller";

/** What the checks know of an environment, and whom they ask. */
export interface Examined {
  readonly settings: Settings;
  readonly aws: Pick<AwsAccess, "client">;
  readonly caller: Caller;
  readonly variables: RunVariables;
  /** Name servers of a domain, as a resolver of this machine finds them. */
  readonly nameServersOf: (domain: string) => Promise<string[]>;
  readonly now: Date;
}

/** A value that is asked for once, by whoever needs it first. */
export function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => (asked ??= ask());
}
