import { Construct } from "constructs";
import { AccessLogBucket } from "../../aws/s3/access-log-bucket";
import { PrivateBucket } from "../../aws/s3/bucket";
import { partitionOf } from "../../lib/aws-partition";
import { type WaveSettings } from "../settings/schema";
import { bucketNameOf, loggedBuckets } from "./bucket-names";
import { ALB_LOGS_PREFIX, S3_LOGS_PREFIX } from "./log-prefixes";

/** Properties of `LogBuckets`. */
export interface LogBucketsProps {
  readonly settings: WaveSettings;
  /** Key of the bucket of build logs. Undefined: no such bucket. */
  readonly kmsKeyArn: string | undefined;
}

/**
 * Bucket of build logs, build locks, scan reports and exports, and the bucket that logs access to our buckets and
 * to the load balancer. Wave Lite has the second only.
 */
export class LogBuckets extends Construct {
  /** Name of the bucket of build logs, if there is one. */
  readonly logsBucket: string | undefined;
  /** Name of the bucket of access logs. */
  readonly accessLogsBucket: string;

  constructor(scope: Construct, id: string, props: LogBucketsProps) {
    super(scope, id);
    const accessLogs = this.createAccessLogs(props);
    this.accessLogsBucket = accessLogs.bucketName;
    this.logsBucket =
      props.kmsKeyArn === undefined
        ? undefined
        : this.createLogs(accessLogs, props).bucketName;
  }

  private createAccessLogs({ settings }: LogBucketsProps): AccessLogBucket {
    const { accountId, region, retain } = settings;
    const { accessLogDays, oldVersionDays } = settings.data.logs;
    return new AccessLogBucket(this, "access-logs", {
      name: bucketNameOf(settings, "access-logs"),
      accountId,
      region,
      sourceBuckets: loggedBuckets(settings),
      bucketPrefix: S3_LOGS_PREFIX,
      loadBalancerPrefix: ALB_LOGS_PREFIX,
      expirationDays: accessLogDays,
      oldVersionDays,
      retain,
    });
  }

  private createLogs(
    { bucketName }: AccessLogBucket,
    { settings, kmsKeyArn }: LogBucketsProps,
  ): PrivateBucket {
    const { expirationDays, oldVersionDays } = settings.data.logs;
    return new PrivateBucket(this, "logs", {
      name: bucketNameOf(settings, "logs"),
      partition: partitionOf(settings.region),
      kmsKeyArn,
      expirationDays,
      oldVersionDays,
      accessLogs: { bucket: bucketName, prefix: S3_LOGS_PREFIX },
      retain: settings.retain,
    });
  }
}
