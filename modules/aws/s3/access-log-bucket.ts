import { Construct } from "constructs";
import { partitionOf } from "../../lib/aws-partition";
import { type PolicyStatement, readPolicy } from "../../lib/policy";
import { PrivateBucket, bucketArn } from "./bucket";

/** Properties of `AccessLogBucket`. */
export interface AccessLogBucketProps {
  /** Name, unique in the world. */
  readonly name: string;
  /** Account whose load balancers and buckets deliver here. */
  readonly accountId: string;
  /** Region: load balancers deliver to buckets of their own region only. */
  readonly region: string;
  /** Names of the buckets that deliver here; none: only load balancers do. */
  readonly sourceBuckets: readonly string[];
  /** Folder of the buckets' logs. */
  readonly bucketPrefix: string;
  /** Folder of the load balancers' logs: their `access_logs.s3.prefix`. AWS adds `AWSLogs/<account>/…` below it. */
  readonly loadBalancerPrefix: string;
  /** Days to keep access logs. */
  readonly expirationDays: number;
  /** Days to keep old versions. */
  readonly oldVersionDays: number;
  /**
   * Keep bucket and logs.
   * @default true
   */
  readonly retain?: boolean;
}

/**
 * Bucket for access logs of S3 and of load balancers, encrypted with SSE-S3: load balancers deliver to nothing else, and
 * S3 neither to a bucket with a key by default (EXC-06). It logs no access to itself (EXC-05).
 */
export class AccessLogBucket extends Construct {
  /** Name, known once the services may deliver. */
  readonly bucketName: string;

  constructor(scope: Construct, id: string, props: AccessLogBucketProps) {
    super(scope, id);
    const { name, region, expirationDays, oldVersionDays, retain } = props;
    const bucket = new PrivateBucket(this, "bucket", {
      name,
      partition: partitionOf(region),
      expirationDays,
      oldVersionDays,
      statements: deliveryStatements(props),
      retain,
    });
    this.bucketName = bucket.bucketName;
  }
}

/** Statement that lets S3 in. */
const S3_DELIVERY = "S3DeliversAccessLogs";

function deliveryStatements({
  name,
  accountId,
  region,
  sourceBuckets,
  bucketPrefix,
  loadBalancerPrefix,
}: AccessLogBucketProps): PolicyStatement[] {
  const partition = partitionOf(region);
  const { Statement } = readPolicy("s3/access-log-delivery.json", partition, {
    BUCKET_ARN: bucketArn(partition, name),
    ACCOUNT_ID: accountId,
    S3_PREFIX: bucketPrefix,
    SOURCE_BUCKET_ARNS: sourceBuckets.map((source) =>
      bucketArn(partition, source),
    ),
    LOAD_BALANCER_PREFIX: loadBalancerPrefix,
    LOAD_BALANCER_PRINCIPAL: loadBalancerPrincipal(region),
  });
  return sourceBuckets.length > 0
    ? Statement
    : Statement.filter(({ Sid }) => Sid !== S3_DELIVERY);
}

/** Accounts of Elastic Load Balancing in China. */
const CHINA_ACCOUNTS: Readonly<Record<string, string>> = {
  "cn-north-1": "638102146993",
  "cn-northwest-1": "037604701340",
};

/**
 * Who delivers the logs of load balancers: the service in every region of `aws` and `aws-us-gov` (it replaced one account
 * per region, which AWS still accepts), the region's account in China, where the service principal is not documented.
 */
function loadBalancerPrincipal(region: string): Record<string, string> {
  const account = CHINA_ACCOUNTS[region];
  return account === undefined
    ? { Service: "logdelivery.elasticloadbalancing.amazonaws.com" }
    : { AWS: `arn:aws-cn:iam::${account}:root` };
}
