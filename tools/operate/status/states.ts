import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { readFileSync, statSync } from "node:fs";
import { stateKey } from "../../../modules/core/state/state-location";
import { namesOf } from "../../../modules/lib/names";
import { projectFile } from "../../../modules/lib/project-file";
import { type AwsAccess } from "../aws/clients";
import { NotAsked } from "../doctor/check";
import { failed, initStack, terraform } from "../terraform/stacks";
import { type Target } from "../target";

/** What Terraform remembers of a stack. */
export interface StackState {
  readonly stack: string;
  readonly serial: number;
  /** Unset where the back end does not say. */
  readonly changed?: Date;
  readonly resources: readonly StateResource[];
}

/** A resource of a state; data sources are left out. */
export interface StateResource {
  readonly type: string;
  readonly name: string;
  /** Of each instance. */
  readonly attributes: readonly Readonly<Record<string, unknown>>[];
}

interface StateFile {
  readonly serial: number;
  readonly resources?: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly {
      readonly attributes?: Readonly<Record<string, unknown>>;
    }[];
  }[];
}

/**
 * The state of a stack; undefined for one that was never deployed. It holds no secret that was generated, and nothing of it is printed but names.
 *
 * @throws the error of the back end.
 */
export async function stateOf(
  target: Target,
  stack: string,
  aws: Pick<AwsAccess, "client">,
): Promise<StackState | undefined> {
  const { backend } = target.settings;
  if (backend.kind === "local") return localState(target, stack);
  if (backend.kind === "s3" && backend.assumeRole === undefined)
    return bucketState(target, stack, aws, backend);
  return pulledState(target, stack);
}

function localState({ settings }: Target, stack: string) {
  const file = projectFile(
    ".state",
    namesOf(settings).prefix,
    `${stack}.tfstate`,
  );
  const found = statSync(file, { throwIfNoEntry: false });
  return found && read(stack, readFileSync(file, "utf8"), found.mtime);
}

async function bucketState(
  { settings }: Target,
  stack: string,
  aws: Pick<AwsAccess, "client">,
  { bucket, region }: { bucket: string; region?: string },
): Promise<StackState | undefined> {
  try {
    const { Body, LastModified } = await aws.client(S3Client, region).send(
      new GetObjectCommand({
        Bucket: bucket,
        Key: stateKey(settings, stack),
      }),
    );
    return read(stack, (await Body?.transformToString()) ?? "", LastModified);
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    if (name === "NoSuchKey") return undefined;
    if (name === "NoSuchBucket")
      throw new NotAsked(
        `there is no bucket ${bucket}: \`npm run state\` makes it`,
      );
    throw error;
  }
}

/** By Terraform, which knows every back end. */
async function pulledState(
  target: Target,
  stack: string,
): Promise<StackState | undefined> {
  await initStack(target, stack);
  const { code, stdout, stderr } = await terraform(target, stack, [
    "state",
    "pull",
  ]);
  if (code !== 0) throw failed(target, stack, "state pull", stderr);
  const text = stdout.join("\n");
  return text.trim() === "" ? undefined : read(stack, text, undefined);
}

function read(
  stack: string,
  text: string,
  changed: Date | undefined,
): StackState {
  const { serial, resources = [] } = JSON.parse(text) as StateFile;
  return {
    stack,
    serial,
    changed,
    resources: resources
      .filter(({ mode }) => mode === "managed")
      .map(({ type, name, instances }) => ({
        type,
        name,
        attributes: instances.map(({ attributes = {} }) => attributes),
      })),
  };
}

/** One text of every resource of a type, such as the names of all node groups. */
export const textsOf = (
  states: readonly StackState[],
  type: string,
  attribute: string,
): string[] =>
  attributesOf(states, type).flatMap(({ [attribute]: value }) =>
    typeof value === "string" && value !== "" ? [value] : [],
  );

/** Attributes of every resource of a type. */
export const attributesOf = (
  states: readonly StackState[],
  type: string,
): Readonly<Record<string, unknown>>[] =>
  states.flatMap(({ resources }) =>
    resources
      .filter((resource) => resource.type === type)
      .flatMap(({ attributes }) => attributes),
  );
