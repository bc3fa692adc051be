/** ARNs of the examples, and of neighbours that are none of theirs. */
const HERE = "eu-central-1:123456789012";

export const bucket = (name: string, key?: string): string =>
  `arn:aws:s3:::${name}${key === undefined ? "" : `/${key}`}`;

export const LOGS = "wave-prod-logs-123456789012";
export const LAYERS = "wave-prod-build-cache-123456789012";

export const repository = (name: string): string =>
  `arn:aws:ecr:${HERE}:repository/${name}`;
export const kmsKey = (id: string): string => `arn:aws:kms:${HERE}:key/${id}`;
export const role = (name: string): string =>
  `arn:aws:iam::123456789012:role/${name}`;
export const ours = (key: string): string => role(`wave-prod-euc1-${key}`);
export const ses = (what: string): string => `arn:aws:ses:${HERE}:${what}`;
export const ec2 = (what: string): string => `arn:aws:ec2:${HERE}:${what}`;
export const elb = (what: string): string =>
  `arn:aws:elasticloadbalancing:${HERE}:${what}`;
export const efs = (what: string): string =>
  `arn:aws:elasticfilesystem:${HERE}:${what}`;
export const logGroup = (name: string): string =>
  `arn:aws:logs:${HERE}:log-group:${name}`;
export const secret = (name: string): string =>
  `arn:aws:secretsmanager:${HERE}:secret:${name}-AbCdEf`;

export const FILE_SYSTEM = efs("file-system/fs-data.files.file-system");
export const BALANCER = elb("loadbalancer/app/wave-prod/0123456789abcdef");
export const TARGETS = elb("targetgroup/k8s-wave/0123456789abcdef");
export const LISTENER = elb(
  "listener/app/wave-prod/0123456789abcdef/0123456789abcdef",
);
export const LISTENER_RULE = elb(
  "listener-rule/app/wave-prod/0123456789abcdef/0123456789abcdef/0123456789abcdef",
);
export const GROUP = ec2("security-group/sg-0123456789abcdef0");

/** Through S3 of this region, as S3 itself says when it uses a key for somebody. */
export const THROUGH_S3 = { "kms:ViaService": "s3.eu-central-1.amazonaws.com" };
/** What Wave sends when it takes the ECR role. */
export const SESSION = {
  "sts:RoleSessionName": "wave-ecr-123456789012-1763738000000",
  "sts:ExternalId": "ecr-id",
};
export const subject = (namespace: string, account: string) => ({
  aud: "sts.amazonaws.com",
  sub: `system:serviceaccount:${namespace}:${account}`,
});
/** Tag of what the load-balancer controller of this cluster makes. */
export const requestTag = (cluster = "wave-prod-eks") => ({
  "aws:RequestTag/elbv2.k8s.aws/cluster": cluster,
});
export const resourceTag = (cluster = "wave-prod-eks") => ({
  "aws:ResourceTag/elbv2.k8s.aws/cluster": cluster,
});

export const SCALING_GROUP = `arn:aws:autoscaling:${HERE}:autoScalingGroup:1:autoScalingGroupName/eks-wave-prod-build-1`;
export const NODE_GROUP = `arn:aws:eks:${HERE}:nodegroup/wave-prod-eks/wave-prod-build-1/1`;
/** Log group of what containers print. */
export const POD_LOGS =
  "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/containerinsights/wave-prod-eks/application";

/** Tag of the Auto Scaling groups that the autoscaler of a cluster may change. */
export const autoscaledBy = (cluster: string) => ({
  "aws:ResourceTag/wave-on-eks/autoscaled-by": cluster,
});
