/** What a principal may be asked to do, by service: reads of AWS's own lists are not here. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  // The load-balancer controller.
  ec2: [
    "AuthorizeSecurityGroupIngress",
    "CreateSecurityGroup",
    "CreateTags",
    "DeleteSecurityGroup",
    "DeleteTags",
    "RevokeSecurityGroupIngress",
  ],
  // The Cluster Autoscaler.
  autoscaling: ["SetDesiredCapacity", "TerminateInstanceInAutoScalingGroup"],
  eks: ["DescribeNodegroup"],
  elasticloadbalancing: [
    "AddListenerCertificates",
    "AddTags",
    "CreateListener",
    "CreateLoadBalancer",
    "CreateRule",
    "CreateTargetGroup",
    "DeleteListener",
    "DeleteLoadBalancer",
    "DeleteRule",
    "DeleteTargetGroup",
    "DeregisterTargets",
    "ModifyCapacityReservation",
    "ModifyIpPools",
    "ModifyListener",
    "ModifyListenerAttributes",
    "ModifyLoadBalancerAttributes",
    "ModifyRule",
    "ModifyTargetGroup",
    "ModifyTargetGroupAttributes",
    "RegisterTargets",
    "RemoveListenerCertificates",
    "RemoveTags",
    "SetIpAddressType",
    "SetRulePriorities",
    "SetSecurityGroups",
    "SetSubnets",
  ],
  iam: ["CreateServiceLinkedRole"],
  elasticfilesystem: ["CreateAccessPoint", "DeleteAccessPoint", "TagResource"],
  logs: [
    "CreateLogGroup",
    "CreateLogStream",
    "PutLogEvents",
    "PutRetentionPolicy",
  ],
  // Builds, and CI of services.
  ecr: [
    "BatchCheckLayerAvailability",
    "BatchGetImage",
    "CompleteLayerUpload",
    "DescribeImages",
    "DescribeRepositories",
    "GetAuthorizationToken",
    "GetDownloadUrlForLayer",
    "InitiateLayerUpload",
    "ListImages",
    "PutImage",
    "UploadLayerPart",
  ],
  kms: ["Decrypt", "DescribeKey", "Encrypt", "GenerateDataKey", "ListGrants"],
  s3: ["GetObject", "ListBucket", "PutObject", "AbortMultipartUpload"],
  ses: ["SendRawEmail"],
  sts: ["AssumeRole"],
};

/** Services whose lists the controllers read: what is read there is no content. */
const LISTED =
  /^(acm|autoscaling|cognito-idp|ec2|elasticfilesystem|elasticloadbalancing|iam|logs):(Describe|List|Get)\w+$/;

/** Actions that are known together only, as a whole statement. Deleting and firewalls are known nowhere else. */
const STATEMENTS = [
  // The firewall of the settings.
  [
    "elasticloadbalancing:SetWebAcl",
    "wafv2:AssociateWebACL",
    "wafv2:DisassociateWebACL",
    "wafv2:GetWebACL",
    "wafv2:GetWebACLForResource",
  ],
  // BuildKit's cache.
  ["s3:ListBucket", "s3:ListBucketMultipartUploads"],
  [
    "s3:GetObject",
    "s3:PutObject",
    "s3:DeleteObject",
    "s3:AbortMultipartUpload",
    "s3:ListMultipartUploadParts",
  ],
  // Platform's launcher and its pipelines.
  ["eks:ListClusters"],
  ["eks:DescribeCluster"],
  ["s3:ListAllMyBuckets"],
  ["s3:GetBucketLocation"],
  [
    "s3:GetBucketAcl",
    "s3:GetBucketLocation",
    "s3:GetBucketPolicy",
    "s3:ListBucket",
  ],
  [
    "s3:DeleteObject",
    "s3:GetObject",
    "s3:GetObjectTagging",
    "s3:PutObject",
    "s3:PutObjectTagging",
  ],
  [
    "s3:AbortMultipartUpload",
    "s3:DeleteObject",
    "s3:GetObject",
    "s3:GetObjectTagging",
    "s3:PutObject",
    "s3:PutObjectTagging",
  ],
];

/** Whether the actions are such a statement, or each is one of those above, or reads a list. */
export const areKnown = (actions: readonly string[]): boolean =>
  STATEMENTS.some(
    (statement) =>
      statement.length === actions.length &&
      statement.every((action) => actions.includes(action)),
  ) ||
  actions.every((action) => {
    const [service = "", name = ""] = action.split(":");
    return (KNOWN[service] ?? []).includes(name) || LISTED.test(action);
  });
