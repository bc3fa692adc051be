import { GetObjectCommand, NoSuchKey, type S3Client } from "@aws-sdk/client-s3";
import { existsSync, readFileSync } from "node:fs";
import { stateKey } from "../../../modules/core/state/state-location";
import { namesOf } from "../../../modules/lib/names";
import { projectFile } from "../../../modules/lib/project-file";
import { type Settings } from "../../../modules/schema";
import { NotAsked } from "./check";

interface State {
  readonly resources?: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
  }[];
}

/** Addresses that the state of a stack knows, such as `aws_eks_cluster.cluster`; none for a stack that was never deployed. */
export async function addressesIn(
  settings: Settings,
  stack: string,
  s3: S3Client,
): Promise<ReadonlySet<string>> {
  const text = await stateOf(settings, stack, s3);
  const { resources = [] } =
    text === undefined ? {} : (JSON.parse(text) as State);
  return new Set(
    resources
      .filter(({ mode }) => mode === "managed")
      .map(({ type, name }) => `${type}.${name}`),
  );
}

async function stateOf(
  settings: Settings,
  stack: string,
  s3: S3Client,
): Promise<string | undefined> {
  const { backend } = settings;
  switch (backend.kind) {
    case "s3":
      return objectText(s3, backend.bucket, stateKey(settings, stack));
    case "local": {
      const file = projectFile(
        ".state",
        namesOf(settings).prefix,
        `${stack}.tfstate`,
      );
      return existsSync(file) ? readFileSync(file, "utf8") : undefined;
    }
    case "cloud":
      throw new NotAsked(
        "the states are in HCP Terraform: nobody knows from here what is this environment's",
      );
  }
}

/** Undefined where there is no such object, or no such bucket. */
export async function objectText(
  s3: S3Client,
  Bucket: string,
  Key: string,
): Promise<string | undefined> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return await Body?.transformToString();
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    if ((error as Error).name === "NoSuchBucket") return undefined;
    throw error;
  }
}
