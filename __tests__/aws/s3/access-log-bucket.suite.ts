import {
  AccessLogBucket,
  type AccessLogBucketProps,
} from "../../../modules/aws/s3/access-log-bucket";
import { type PolicyDocument } from "../../../modules/lib/policy";
import { onlyResource, synthOne } from "../../support/synth";

const props: AccessLogBucketProps = {
  name: "wave-prod-access-logs-123456789012",
  accountId: "123456789012",
  region: "eu-central-1",
  sourceBuckets: ["wave-prod-logs-123456789012"],
  bucketPrefix: "s3",
  loadBalancerPrefix: "alb",
  expirationDays: 365,
  oldVersionDays: 30,
};
const stackOf = (change: Partial<AccessLogBucketProps> = {}) =>
  synthOne(
    (stack) => new AccessLogBucket(stack, "logs", { ...props, ...change }),
  );
const statementOf = (sid: string, region = props.region) => {
  const { policy } = onlyResource(stackOf({ region }), "aws_s3_bucket_policy");
  return (JSON.parse(policy as string) as PolicyDocument).Statement.find(
    ({ Sid }) => Sid === sid,
  );
};
const loadBalancers = "LoadBalancersDeliverAccessLogs";

test("EXC-06: encrypted by SSE-S3, because load balancers deliver to nothing else", () => {
  expect(
    onlyResource(
      stackOf(),
      "aws_s3_bucket_server_side_encryption_configuration",
    ).rule,
  ).toMatchObject([
    { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } },
  ]);
});

test("EXC-05: it does not log access to itself", () => {
  expect(stackOf().resource).not.toHaveProperty("aws_s3_bucket_logging");
});

test("S3 delivers, for our buckets of our account, into its folder", () => {
  expect(statementOf("S3DeliversAccessLogs")).toEqual({
    Sid: "S3DeliversAccessLogs",
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: "arn:aws:s3:::wave-prod-access-logs-123456789012/s3/*",
    Condition: {
      ArnEquals: {
        "aws:SourceArn": ["arn:aws:s3:::wave-prod-logs-123456789012"],
      },
      StringEquals: { "aws:SourceAccount": "123456789012" },
    },
  });
});

test("load balancers deliver below alb/AWSLogs/<account>, where the Ingress points them", () => {
  expect(statementOf(loadBalancers)).toEqual({
    Sid: loadBalancers,
    Effect: "Allow",
    Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
    Action: "s3:PutObject",
    Resource:
      "arn:aws:s3:::wave-prod-access-logs-123456789012/alb/AWSLogs/123456789012/*",
  });
});

test.each([
  [
    "us-gov-west-1",
    { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
    "aws-us-gov",
  ],
  ["cn-north-1", { AWS: "arn:aws-cn:iam::638102146993:root" }, "aws-cn"],
  ["cn-northwest-1", { AWS: "arn:aws-cn:iam::037604701340:root" }, "aws-cn"],
])("who delivers in %s, and in which partition", (region, who, partition) => {
  const statement = statementOf(loadBalancers, region);
  expect(statement?.Principal).toEqual(who);
  expect(statement?.Resource).toMatch(new RegExp(`^arn:${partition}:s3:::`));
});

test("nothing without TLS here either", () => {
  expect(statementOf("NothingWithoutTls")?.Effect).toBe("Deny");
});

test("kept, or emptied and deleted", () => {
  expect(onlyResource(stackOf(), "aws_s3_bucket").force_destroy).toBe(false);
  expect(
    onlyResource(stackOf({ retain: false }), "aws_s3_bucket").force_destroy,
  ).toBe(true);
});
