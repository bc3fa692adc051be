import { type PolicyDocument, joinPolicies } from "../lib/policy";
import { computeEnvPolicy, keyPolicies } from "./policies";
import { type ComputeEnvSettings } from "./settings/schema";

/** Bucket of the work files, where there is one. */
export interface WorkBucket {
  readonly bucket?: string;
  readonly keyArn?: string;
}

/** What Platform may do in AWS: find the cluster, read the logs of tasks, and what `computeEnv.s3` adds. */
export function launcherPolicy(
  settings: ComputeEnvSettings,
  clusterArn: string,
  work: WorkBucket,
): PolicyDocument {
  const { dataBuckets, listAllBuckets, kmsKeyArns } = settings.computeEnv.s3;
  const policy = (file: string, values: Record<string, string | string[]>) =>
    computeEnvPolicy(file, settings, values);
  const writes = dataBuckets.length > 0;
  const folders = workFolders(settings, work);
  return joinPolicies([
    policy("launcher.json", { CLUSTER_ARN: clusterArn }),
    ...(folders.length > 0
      ? [policy("launcher-work-files.json", arnsOf(folders))]
      : []),
    ...(writes
      ? [policy("launcher-data.json", arnsOf(dataBuckets.map(whole)))]
      : []),
    ...(listAllBuckets ? [policy("launcher-list-buckets.json", {})] : []),
    ...keyPolicies("read-keys.json", settings, [
      ...(work.keyArn === undefined ? [] : [work.keyArn]),
      ...(writes ? [] : kmsKeyArns),
    ]),
    ...keyPolicies("write-keys.json", settings, writes ? kmsKeyArns : []),
  ]);
}

interface Folder {
  readonly bucket: string;
  /** Pattern of the objects. */
  readonly objects: string;
}

const whole = (bucket: string): Folder => ({ bucket, objects: "*" });

/** The bucket that the settings name, and with Fusion the folder of its work files. */
function workFolders(
  { computeEnv: { s3, storage } }: ComputeEnvSettings,
  { bucket }: WorkBucket,
): Folder[] {
  const named = s3.workBucket === undefined ? [] : [whole(s3.workBucket)];
  return storage.kind === "fusion" && bucket !== undefined
    ? [...named, { bucket, objects: `${storage.prefix}/*` }]
    : named;
}

const arnsOf = (folders: readonly Folder[]) => ({
  BUCKET_ARNS: folders.map(({ bucket }) => `arn:aws:s3:::${bucket}`),
  OBJECT_ARNS: folders.map(
    ({ bucket, objects }) => `arn:aws:s3:::${bucket}/${objects}`,
  ),
});
