import { partitionOf } from "../lib/aws-partition";
import { type NameParts, namesOf } from "../lib/names";
import { type ComputeEnvSettings } from "./settings/schema";

/** Label and taint of the compute nodes: `service=compute`. */
export const COMPUTE_NODES = { key: "service", value: "compute" } as const;

/** End of the names of their group and role. */
export const COMPUTE_GROUP = "compute";

/** Kubernetes group of the launcher's access entry. */
export const LAUNCHER_GROUP = "tower-launcher";

// Names of Seqera's guide for Kubernetes (docs.seqera.io, compute environments, tower-launcher.yml).
export const LAUNCHER_ROLE = "tower-launcher-role";
export const LAUNCHER_ROLE_BINDING = "tower-launcher-rolebind";
export const LAUNCHER_USER_BINDING = "tower-launcher-userbind";
export const LAUNCHER_TOKEN = "tower-launcher-token";
export const STORAGE_VOLUME = "tower-storage";
export const STORAGE_CLASS = "scratch";

/** Namespace of the device plugin for `/dev/fuse`: its pods mount a folder of the node. */
export const FUSE_NAMESPACE = "tower-fuse";

/** Folder of the file system that is mounted. */
export const SCRATCH_PATH = "/tower-scratch";

/** Account and Job that empty the namespace before a destroy. */
export const CLEANUP = "tower-cleanup";

/** Last part of the name of the launcher's role in AWS. */
export const LAUNCHER_IAM_ROLE = "tower-launcher";

/** Role of Seqera Cloud ("AWS credentials" of docs.seqera.io). */
export const SEQERA_CLOUD =
  "arn:aws:iam::161471496260:role/SeqeraPlatformCloudAccessRole";

/** Name tag of the file system, and of what belongs to it. */
export const storageName = (parts: NameParts): string =>
  namesOf(parts).of("compute-env");

/** Bucket names end at 63 characters, and are unique in the world. */
const BUCKET_NAME_LIMIT = 63;

/** Name of the work bucket that is made here. */
export const workBucketName = (
  parts: NameParts & { readonly accountId: string },
): string =>
  namesOf(parts).of(
    `nf-work-${parts.accountId}-${parts.region}`,
    BUCKET_NAME_LIMIT,
  );

/** ARN of the launcher's role, which is known before it is made. */
export const launcherRoleArn = ({
  accountId,
  iam,
  ...parts
}: ComputeEnvSettings): string =>
  `arn:${partitionOf(parts.region)}:iam::${accountId}:role${iam.path}${namesOf(parts).iam(LAUNCHER_IAM_ROLE)}`;
