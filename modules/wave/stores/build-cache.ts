import { Construct } from "constructs";
import { PrivateBucket } from "../../aws/s3/bucket";
import { partitionOf } from "../../lib/aws-partition";
import { type WaveSettings } from "../settings/schema";
import { bucketNameOf } from "./bucket-names";
import { createKey } from "./key";
import { S3_LOGS_PREFIX } from "./log-prefixes";

/** Properties of `BuildCache`. */
export interface BuildCacheProps {
  readonly settings: WaveSettings;
  /** Section `data.buildCache`. */
  readonly cache: NonNullable<WaveSettings["data"]["buildCache"]>;
  /** Bucket that gets the access logs. */
  readonly accessLogsBucket: string;
}

/**
 * Bucket of BuildKit's layers, in the place of the repository `<prefix>/cache`. A key of its own, because build pods use
 * it and nothing else of ours. $0.023 per GB and month; BuildKit renews the date of layers it uses, so what expires is
 * unused.
 */
export class BuildCache extends Construct {
  readonly bucketName: string;
  readonly kmsKeyArn: string;

  constructor(
    scope: Construct,
    id: string,
    { settings, cache, accessLogsBucket }: BuildCacheProps,
  ) {
    super(scope, id);
    const key = createKey(this, settings, {
      what: "build-cache",
      encrypts: "cached layers",
    });
    const bucket = new PrivateBucket(this, "bucket", {
      name: bucketNameOf(settings, "build-cache"),
      partition: partitionOf(settings.region),
      kmsKeyArn: key.arn,
      expirationDays: cache.expirationDays,
      // What is overwritten can be built again.
      oldVersionDays: 1,
      accessLogs: { bucket: accessLogsBucket, prefix: S3_LOGS_PREFIX },
      retain: settings.retain,
    });
    this.bucketName = bucket.bucketName;
    this.kmsKeyArn = key.arn;
  }
}
