import { type LogEntry } from "../aws/request-log";

/** What the lab does itself: it prepares an account, fills stores, plays the load-balancer controller, and looks for left-overs. */
const OF_THE_LAB: ReadonlySet<string> = new Set([
  "backup:ListBackupPlans",
  "backup:ListBackupVaults",
  "backup:StartBackupJob",
  "cloudwatch:ListDashboards",
  "dynamodb:ListTables",
  "ec2:DescribeVolumes",
  "ecr:ListImages",
  "ecr:PutImage",
  "eks:ListClusters",
  "elasticache:DescribeCacheParameterGroups",
  "elasticache:DescribeSnapshots",
  "elasticache:LabDescribePasswordHashes",
  "elasticloadbalancing:AddTags",
  "elasticloadbalancing:CreateLoadBalancer",
  "elasticloadbalancing:DeleteLoadBalancer",
  "elasticloadbalancing:DescribeLoadBalancerAttributes",
  "elasticloadbalancing:ModifyLoadBalancerAttributes",
  "elasticloadbalancing:SetSubnets",
  "iam:CreateUser",
  "iam:ListInstanceProfiles",
  "iam:ListOpenIDConnectProviders",
  "iam:ListPolicies",
  "kms:ListKeys",
  "rds:DescribeDBSnapshots",
  "rds:LabDescribePasswordHash",
  "route53:CreateHostedZone",
  "route53:DeleteHostedZone",
  "s3:ListAllMyBuckets",
  "ses:ListEmailIdentities",
  "sns:ListTopics",
  "sqs:ListQueues",
  "ssm:DescribeParameters",
]);

/** Nobody needs a permission for these. */
const FREE = /^sts:GetCallerIdentity$|^unsigned:/;

/** Sub-resources of a bucket in S3's paths, as its actions name them. */
const OF_BUCKETS: Readonly<Record<string, string>> = {
  accelerate: "AccelerateConfiguration",
  acl: "BucketAcl",
  cors: "BucketCORS",
  encryption: "EncryptionConfiguration",
  lifecycle: "LifecycleConfiguration",
  logging: "BucketLogging",
  "object-lock": "BucketObjectLockConfiguration",
  ownershipControls: "BucketOwnershipControls",
  policy: "BucketPolicy",
  publicAccessBlock: "BucketPublicAccessBlock",
  replication: "ReplicationConfiguration",
  requestPayment: "BucketRequestPayment",
  tagging: "BucketTagging",
  versioning: "BucketVersioning",
  website: "BucketWebsite",
};

/** Services whose actions have another prefix than their requests. */
const PREFIXES: Readonly<Record<string, string>> = {
  monitoring: "cloudwatch",
  tagging: "tag",
};

/** Paths of REST services, as their actions name them; the first that matches counts. */
const ROUTES: readonly (readonly [RegExp, string])[] = [
  [/^POST \S*\/access-points$/, "CreateAccessPoint"],
  [/^GET \S*\/access-points$/, "DescribeAccessPoints"],
  [/^DELETE \S*\/access-points\//, "DeleteAccessPoint"],
  [/^GET \S*\/lifecycle-configuration$/, "DescribeLifecycleConfiguration"],
  [/^PUT \S*\/lifecycle-configuration$/, "PutLifecycleConfiguration"],
  [/^POST \S*\/file-systems$/, "CreateFileSystem"],
  [/^DELETE \S*\/file-systems\//, "DeleteFileSystem"],
  [
    /^PUT \S*\/mount-targets\/\S+\/security-groups$/,
    "ModifyMountTargetSecurityGroups",
  ],
  [
    /^GET \S*\/mount-targets\/\S+\/security-groups$/,
    "DescribeMountTargetSecurityGroups",
  ],
  [/^POST \S*\/mount-targets$/, "CreateMountTarget"],
  [/^GET \S*\/mount-targets$/, "DescribeMountTargets"],
  [/^DELETE \S*\/mount-targets\//, "DeleteMountTarget"],
  [/^(GET|POST) \S*\/resource-tags\//, "ListTagsForResource"],
  [/^GET \S*\/change\//, "GetChange"],
  [/^GET \S*\/tags\/hostedzone\//, "ListTagsForResource"],
  [/^GET \S*\/rrset$/, "ListResourceRecordSets"],
  [/^GET \S*\/hostedzone\/\w+$/, "GetHostedZone"],
  [/^GET \S*\/hostedzone$/, "ListHostedZones"],
  [/^POST \S*\/hostedzone$/, "CreateHostedZone"],
  [/^DELETE \S*\/hostedzone\/\w+$/, "DeleteHostedZone"],
];

/** IAM actions that the deployer's requests of a log need, sorted, each once. */
export function deployerActions(entries: readonly LogEntry[]): string[] {
  const actions = entries
    .filter(({ byOwner, byDoctor }) => byOwner !== true && byDoctor !== true)
    .map(actionOf)
    .filter((one) => one !== undefined);
  return [...new Set(actions)]
    .filter((action) => !OF_THE_LAB.has(action) && !FREE.test(action))
    .sort();
}

/**
 * IAM action of a request; undefined for objects that the lab writes.
 *
 * @throws Error for a path without a name: it belongs into `ROUTES`.
 */
export function actionOf(
  entry: Pick<LogEntry, "service" | "operation" | "method" | "request">,
): string | undefined {
  const { service, operation, method, request } = entry;
  if (service === "s3") return s3ActionOf(method, request);
  if (!operation.includes(" "))
    return `${PREFIXES[service] ?? service}:${operation}`;
  const path = `${method} ${request.split("?")[0] ?? ""}`;
  const name = ROUTES.find(([pattern]) => pattern.test(path))?.[1];
  if (name !== undefined) return `${service}:${name}`;
  if (service === "unsigned") return undefined;
  throw new Error(`${service}: no action is known for ${path}`);
}

function s3ActionOf(method: string, request: string): string | undefined {
  const [path = "", query = ""] = request.split("?");
  const [, bucket = "", ...key] = path.split("/");
  const flags = [...new URLSearchParams(query).keys()];
  if (bucket === "") return "s3:ListAllMyBuckets";
  if (key.length > 0) {
    // The lab puts one object `lab` into each bucket.
    if (key[0] === "lab" && key.length === 1) return undefined;
    if (method === "DELETE") return "s3:DeleteObject";
    return method === "PUT" ? "s3:PutObject" : "s3:GetObject";
  }
  const [part] = flags.flatMap((flag) => OF_BUCKETS[flag] ?? []);
  if (part !== undefined) return `s3:${verbOf(method, part)}${part}`;
  if (flags.includes("delete")) return "s3:DeleteObjectVersion";
  if (flags.includes("versions")) return "s3:ListBucketVersions";
  if (method === "PUT") return "s3:CreateBucket";
  return method === "DELETE" ? "s3:DeleteBucket" : "s3:ListBucket";
}

/** Only a policy has a permission of its own for being deleted; other parts are put empty. */
function verbOf(method: string, part: string): string {
  if (method === "GET") return "Get";
  return method === "DELETE" && part === "BucketPolicy" ? "Delete" : "Put";
}
