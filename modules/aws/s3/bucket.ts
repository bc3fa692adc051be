import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketCorsConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-cors-configuration";
import {
  S3BucketLifecycleConfiguration,
  type S3BucketLifecycleConfigurationRule,
} from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { type AwsPartition } from "../../lib/aws-partition";
import { type PolicyStatement, policyJson, readPolicy } from "../../lib/policy";

/** Properties of `PrivateBucket`. */
export interface PrivateBucketProps {
  /** Name, unique in the world. A plain string: ARNs are made of it before the bucket exists. */
  readonly name: string;
  /**
   * Partition of the region.
   * @default "aws"
   */
  readonly partition?: AwsPartition;
  /**
   * Customer managed key.
   * @default SSE-S3, for services that cannot deliver to a bucket with a key (EXC-06)
   */
  readonly kmsKeyArn?: string;
  /**
   * Days before an object expires.
   * @default objects stay
   */
  readonly expirationDays?: number;
  /**
   * Folder in which objects expire, without a slash at its end.
   * @default they expire in the whole bucket
   */
  readonly expirationPrefix?: string;
  /**
   * Objects with this tag that expire earlier than the others.
   * @default none
   */
  readonly expirationOfTag?: {
    readonly key: string;
    readonly value: string;
    readonly days: number;
  };
  /**
   * Keep old versions. Otherwise versioning is suspended: what was kept before goes by `oldVersionDays`.
   * @default true
   */
  readonly versioned?: boolean;
  /**
   * Pages of other origins that use the bucket from a browser, and how.
   * @default none
   */
  readonly cors?: {
    readonly origins: readonly string[];
    readonly methods: readonly ("GET" | "HEAD" | "PUT" | "POST" | "DELETE")[];
  };
  /**
   * Days before an overwritten or deleted object's old version expires.
   * @default 30
   */
  readonly oldVersionDays?: number;
  /**
   * Bucket that gets this one's access logs, and the folder in it.
   * @default no access logs (EXC-05)
   */
  readonly accessLogs?: { readonly bucket: string; readonly prefix: string };
  /**
   * Statements of the bucket policy beside "nothing without TLS".
   * @default none
   */
  readonly statements?: readonly PolicyStatement[];
  /**
   * Keep bucket and objects. Otherwise a destroy empties it.
   * @default true
   */
  readonly retain?: boolean;
}

/** ARN of a bucket by name. */
export function bucketArn(partition: AwsPartition, name: string): string {
  return `arn:${partition}:s3:::${name}`;
}

/**
 * Bucket that is private, encrypted, versioned, reachable by TLS only, and tidies up after itself.
 */
export class PrivateBucket extends Construct {
  /** Name, known once the bucket policy stands: who writes to the bucket waits for it. */
  readonly bucketName: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    const bucket = this.createBucket(props);
    this.closeToThePublic(bucket);
    this.encrypt(bucket, props);
    this.keepVersions(bucket, props);
    this.logAccess(bucket, props);
    this.admitPages(bucket, props);
    this.bucketName = this.allowOnly(bucket, props).bucket;
    this.arn = bucket.arn;
  }

  private createBucket({ name, retain = true }: PrivateBucketProps): S3Bucket {
    return new S3Bucket(this, "Default", {
      bucket: name,
      forceDestroy: !retain,
      tags: { Name: name },
      lifecycle: { preventDestroy: retain },
    });
  }

  private closeToThePublic(bucket: S3Bucket): void {
    new S3BucketPublicAccessBlock(this, "public-access", {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, "ownership", {
      bucket: bucket.id,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
  }

  private encrypt(bucket: S3Bucket, { kmsKeyArn }: PrivateBucketProps): void {
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket: bucket.id,
      rule: [
        {
          ...(kmsKeyArn === undefined
            ? {
                applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" },
              }
            : {
                applyServerSideEncryptionByDefault: {
                  sseAlgorithm: "aws:kms",
                  kmsMasterKeyId: kmsKeyArn,
                },
                // One data key for many objects: far fewer paid calls to KMS.
                bucketKeyEnabled: true,
              }),
          // Keys that clients bring, which nobody else could read with. S3 blocks them in new buckets by itself, and
          // the provider would lift that again at every apply if it were not written here.
          blockedEncryptionTypes: ["SSE-C"],
        },
      ],
    });
  }

  private keepVersions(bucket: S3Bucket, props: PrivateBucketProps): void {
    const versioning = new S3BucketVersioningA(this, "versioning", {
      bucket: bucket.id,
      versioningConfiguration: {
        // Never `Disabled`, which S3 takes of a new bucket only.
        status: props.versioned === false ? "Suspended" : "Enabled",
      },
    });
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket: bucket.id,
      rule: lifecycleRules(props),
      // Rules for old versions are valid on a versioned bucket only.
      dependsOn: [versioning],
    });
  }

  private logAccess(
    bucket: S3Bucket,
    { accessLogs }: PrivateBucketProps,
  ): void {
    if (accessLogs === undefined) return;
    new S3BucketLoggingA(this, "access-logs", {
      bucket: bucket.id,
      targetBucket: accessLogs.bucket,
      targetPrefix: `${accessLogs.prefix}/`,
    });
  }

  private admitPages(bucket: S3Bucket, { cors }: PrivateBucketProps): void {
    if (cors === undefined) return;
    new S3BucketCorsConfiguration(this, "cors", {
      bucket: bucket.id,
      corsRule: [
        {
          allowedOrigins: [...cors.origins],
          allowedMethods: [...cors.methods],
          allowedHeaders: ["*"],
          // An upload in parts is put together by these.
          exposeHeaders: ["ETag"],
        },
      ],
    });
  }

  private allowOnly(
    bucket: S3Bucket,
    { name, partition = "aws", statements = [] }: PrivateBucketProps,
  ): S3BucketPolicy {
    const tlsOnly = readPolicy("s3/tls-only.json", partition, {
      BUCKET_ARN: bucketArn(partition, name),
    });
    return new S3BucketPolicy(this, "policy", {
      bucket: bucket.id,
      policy: policyJson({
        ...tlsOnly,
        Statement: [...tlsOnly.Statement, ...statements],
      }),
    });
  }
}

/** What expires, and what is tidied up in the whole bucket. */
const lifecycleRules = (
  props: PrivateBucketProps,
): S3BucketLifecycleConfigurationRule[] => [
  ...rulesOfAll(props),
  ...(props.expirationOfTag === undefined
    ? []
    : [ruleOfTag(props.expirationOfTag)]),
];

const ruleOfTag = ({
  key,
  value,
  days,
}: NonNullable<PrivateBucketProps["expirationOfTag"]>) => ({
  id: "expire-tagged",
  status: "Enabled",
  filter: [{ tag: [{ key, value }] }],
  expiration: [{ days }],
});

function rulesOfAll({
  expirationDays,
  expirationPrefix,
  oldVersionDays = 30,
}: PrivateBucketProps): S3BucketLifecycleConfigurationRule[] {
  const tidied = {
    status: "Enabled",
    filter: [{ prefix: "" }],
    noncurrentVersionExpiration: [{ noncurrentDays: oldVersionDays }],
    abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
  };
  const orphans = [{ expiredObjectDeleteMarker: true }];
  if (expirationDays === undefined)
    return [{ id: "expire", ...tidied, expiration: orphans }];
  const expiration = [{ days: expirationDays }];
  if (expirationPrefix === undefined)
    return [{ id: "expire", ...tidied, expiration }];
  return [
    {
      id: "expire",
      status: "Enabled",
      filter: [{ prefix: `${expirationPrefix}/` }],
      expiration,
    },
    { id: "tidy-up", ...tidied, expiration: orphans },
  ];
}
