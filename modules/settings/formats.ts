import { z } from "zod";
import { isRange } from "../lib/ip-range";

/** Formats that several sections use. The message says what is allowed; gate 1 adds what was given. */

export const arnOf = (service: string, rest: string) =>
  z
    .string()
    .regex(
      new RegExp(`^arn:aws(-cn|-us-gov)?:${service}:${rest}$`),
      `an ARN of ${service}`,
    );

export const iamPrincipalArn = z
  .string()
  .regex(
    /^arn:aws(-cn|-us-gov)?:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/,
    "the ARN of an IAM role or user, not of an assumed-role session",
  );

/** Managed policy of IAM, of AWS or of an account. */
export const managedPolicyArn = z
  .string()
  .regex(
    /^arn:aws(-cn|-us-gov)?:iam::(aws|\d{12}):policy\/[\w+=,.@/-]+$/,
    "the ARN of a managed policy, such as arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
  );

export const iamRoleArn = z
  .string()
  .regex(
    /^arn:aws(-cn|-us-gov)?:iam::\d{12}:role\/[\w+=,.@/-]+$/,
    "the ARN of an IAM role, such as arn:aws:iam::123456789012:role/name",
  );

/** Hosted zone of Route 53. */
export const hostedZoneId = z
  .string()
  .regex(/^Z[A-Z0-9]{5,31}$/, "a hosted zone id such as Z0123456789ABCDEFGHIJ");

/** Name of an IAM role, without its path. */
export const iamRoleName = z
  .string()
  .regex(
    /^[\w+=,.@-]{1,64}$/,
    "the name of a role, without a path: 1 to 64 letters, digits and _ + = , . @ -",
  );

export const cidr = z
  .string()
  .regex(
    /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/,
    "an IPv4 range such as 10.40.0.0/16",
  )
  .refine(isRange, "the first address of the range before the slash");

/** One part of a host name (RFC 1035, section 2.3.4). */
const LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
const TOP = "[a-z]([a-z0-9-]{0,61}[a-z0-9])";

export const hostname = z
  .string()
  .max(253)
  .regex(
    new RegExp(`^(${LABEL}\\.)+${TOP}$`),
    "a full host name in lower case, such as wave.example.com, with at most 63 characters between two dots",
  );

/** The same, or a wildcard for every name below one: a name of a certificate. */
export const certificateName = z
  .string()
  .max(253)
  .regex(
    new RegExp(`^(\\*\\.)?(${LABEL}\\.)+${TOP}$`),
    "a domain name in lower case, such as wave.example.com or *.example.com, with at most 63 characters between two dots",
  );

export const domain = hostname;

export const email = z
  .string()
  .regex(/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/, "an e-mail address");

export const httpsUrl = z
  .string()
  .regex(
    /^https:\/\/[^\s/@]+(\/[^\s]*)?$/,
    "an https:// address without user and password",
  );

export const kubernetesName = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    "a Kubernetes name: lower case, digits and hyphens, at most 63 characters",
  );

/** Kubernetes memory quantity in Mi or Gi, such as `3600Mi`. */
export const memory = z
  .string()
  .regex(/^[1-9]\d*(Mi|Gi)$/, "memory in Mi or Gi, such as 3600Mi");

/** Kubernetes CPU quantity, such as `500m` or `2`. */
export const cpu = z
  .string()
  .regex(/^[1-9]\d*m?$/, "CPU in cores or millicores, such as 2 or 500m");

/** Duration as Wave writes it, such as `15m`. */
export const duration = z
  .string()
  .regex(/^[1-9]\d*[smh]$/, "a duration such as 15m");

/** Image reference with tag or digest. `latest` is refused by a rule. */
export const imageReference = z
  .string()
  .regex(
    /^[a-z0-9][\w.-]*(:\d+)?(\/[\w.-]+)+(:[\w.-]+)?(@sha256:[0-9a-f]{64})?$/,
    "an image with registry or path, such as registry.example.com/team/image:1.2.3",
  );

/** Repository of an image, without scheme, tag and digest. */
export const imageRepository = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9.-]*(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)+$/,
    "a repository with its registry, such as registry.example.com/team/image: no scheme, tag or digest",
  );

/** Tag of an image. */
export const imageTag = z
  .string()
  .regex(
    /^\w[\w.-]{0,127}$/,
    "the tag alone, such as v1.2.3; a digest has a key of its own",
  );

/** Host of a registry, with its port if it has one. */
export const registryHost = z
  .string()
  .max(253)
  .regex(
    new RegExp(`^(${LABEL}\\.)+${TOP}(:[1-9]\\d{0,4})?$`),
    "the host of a registry as image names have it, such as registry.example.com or registry.example.com:8443: no scheme, no path",
  );

/** Repository of Helm charts. */
export const chartRepository = z
  .string()
  .regex(
    /^(https?|oci):\/\/[^\s/]+(\/[^\s]*)?$/,
    "an address that starts with https://, http:// or oci://",
  );

/** Key of KMS, as policies of IAM want it. */
export const kmsKeyArn = z
  .string()
  .regex(
    /^arn:aws(-cn|-us-gov)?:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/,
    "the ARN of a key, not of its alias: arn:aws:kms:<region>:<account>:key/<id>",
  );

/** Name of an S3 bucket ("General purpose bucket naming rules" of its user guide). */
export const bucketName = z
  .string()
  .regex(
    /^(?!xn--|sthree-|amzn-s3-demo-)(?!.*(\.\.|-s3alias$|--ol-s3$|\.mrap$|--x-s3$))(?!\d+(\.\d+){3}$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    "the name of a bucket: 3 to 63 characters of lower case, digits, hyphens and dots",
  );

export const secretName = z
  .string()
  .regex(/^[\w/+=.@-]{1,512}$/, "the name of a secret in AWS Secrets Manager");

export const awsRegion = z
  .string()
  .regex(/^[a-z]{2}(-gov)?-[a-z]+-\d$/, "an AWS region such as eu-central-1");

export const positiveInt = z.int().min(1);

/** Retention periods that CloudWatch Logs accepts, in days. */
export const logRetentionDays = z.union(
  [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827,
    2192, 2557, 2922, 3288, 3653,
  ].map((days) => z.literal(days)),
);

/** Version of an EKS add-on as AWS prints it. Unset: the default of the cluster's minor. */
export const addOnVersion = z
  .string()
  .regex(
    /^v\d+\.\d+\.\d+-eksbuild\.\d+$/,
    "an add-on version such as v1.20.4-eksbuild.1",
  )
  .optional();

/** Snapshot of RDS: one of a person, of RDS itself (`rds:`), or of AWS Backup (`awsbackup:`). */
export const dbSnapshotName = z
  .string()
  .regex(
    /^(?=.{1,255}$)(rds:|awsbackup:)?[a-zA-Z](-?[a-zA-Z0-9])*$/,
    "the identifier of a snapshot of the region, such as rds:wave-prod-postgres-2026-01-31-02-08, not its ARN",
  );

/** Snapshot of ElastiCache: one of a person, or a daily one (`automatic.`). */
export const redisSnapshotName = z
  .string()
  .regex(
    /^(?=.{1,255}$)(automatic\.)?[a-zA-Z](-?[a-zA-Z0-9])*$/,
    "the name of a snapshot of the region, such as automatic.wave-prod-redis-2026-01-31-02-00, not its ARN",
  );
