import { Construct } from "constructs";
import { AccessLogBucket } from "../aws/access-log-bucket";
import { PrivateBucket } from "../aws/bucket";
import { partitionOf } from "../lib/aws-partition";
import { namesOf } from "../lib/names";
import { type Settings } from "../settings/schema";
import { ALB_LOGS_PREFIX, S3_LOGS_PREFIX } from "./log-prefixes";

/** Properties of `LogBuckets`. */
export interface LogBucketsProps {
  readonly settings: Settings;
  /** Key of the bucket of build logs (INF-21). */
  readonly kmsKeyArn: string;
}

/** Bucket names end at 63 characters. */
const BUCKET_NAME_LIMIT = 63;

/** Bucket of build logs and exports (INF-03), and the bucket that logs access to it and to the load balancer. */
export class LogBuckets extends Construct {
  /** Name of the bucket of build logs. */
  readonly logsBucket: string;
  /** Name of the bucket of access logs. */
  readonly accessLogsBucket: string;

  constructor(
    scope: Construct,
    id: string,
    { settings, kmsKeyArn }: LogBucketsProps,
  ) {
    super(scope, id);
    const { accountId, region, retain } = settings;
    const { expirationDays, oldVersionDays, accessLogDays } =
      settings.data.logs;
    // Bucket names are unique in the world: the account makes ours so.
    const bucketName = (what: string) =>
      namesOf(settings).of(`${what}-${accountId}`, BUCKET_NAME_LIMIT);
    const logsName = bucketName("logs");

    const accessLogs = new AccessLogBucket(this, "access-logs", {
      name: bucketName("access-logs"),
      accountId,
      region,
      sourceBuckets: [logsName],
      bucketPrefix: S3_LOGS_PREFIX,
      loadBalancerPrefix: ALB_LOGS_PREFIX,
      expirationDays: accessLogDays,
      oldVersionDays,
      retain,
    });
    const logs = new PrivateBucket(this, "logs", {
      name: logsName,
      partition: partitionOf(region),
      kmsKeyArn,
      expirationDays,
      oldVersionDays,
      accessLogs: { bucket: accessLogs.bucketName, prefix: S3_LOGS_PREFIX },
      retain,
    });
    this.logsBucket = logs.bucketName;
    this.accessLogsBucket = accessLogs.bucketName;
  }
}
