import { type StackJson } from "../../audit/graph";
import { type Settings } from "../../../modules/schema";
import { type RunVariables } from "../../../modules/settings/choose";
import { type AwsAccess } from "../aws/clients";
import { type Caller } from "../aws/caller";

/** What the checks know of an environment, and whom they ask. */
export interface Examined {
  readonly environment: string;
  readonly settings: Settings;
  readonly aws: Pick<AwsAccess, "client">;
  /** AWS as Terraform asks it for the states. */
  readonly stateAws: Pick<AwsAccess, "client">;
  /** Ids of the stacks. */
  readonly stacks: readonly string[];
  /** What the settings make, by stack. */
  readonly json: Readonly<Record<string, StackJson>>;
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
