import { ALL, type AllowedCalls, BUILDS } from "./call";
import {
  BALANCER,
  FILE_SYSTEM,
  GROUP,
  LISTENER,
  LISTENER_RULE,
  LOGS,
  TARGETS,
  bucket,
  ec2,
  efs,
  kmsKey,
  logGroup,
  ours,
  requestTag,
  resourceTag,
} from "./places";

/** What the controllers do. */
export function controllerCalls(): AllowedCalls[] {
  const as = "load-balancer-controller";
  const lines = ALL;
  return [
    {
      lines,
      as,
      what: "looks around",
      does: [
        "ec2:DescribeAvailabilityZones",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcs",
        "elasticloadbalancing:DescribeListeners",
        "elasticloadbalancing:DescribeLoadBalancers",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth",
      ],
      to: ["*"],
    },
    {
      lines,
      as,
      what: "makes the load balancer and its targets",
      does: ["elasticloadbalancing:CreateLoadBalancer"],
      to: [BALANCER],
      with: requestTag(),
    },
    {
      lines,
      as,
      what: "makes the target group",
      does: ["elasticloadbalancing:CreateTargetGroup"],
      to: [TARGETS],
      with: requestTag(),
    },
    {
      lines,
      as,
      what: "makes and removes listeners",
      does: ["elasticloadbalancing:CreateListener"],
      to: [BALANCER],
    },
    {
      lines,
      as,
      what: "removes listeners and rules",
      does: ["elasticloadbalancing:DeleteListener"],
      to: [LISTENER],
    },
    {
      lines,
      as,
      what: "makes rules",
      does: ["elasticloadbalancing:CreateRule"],
      to: [LISTENER],
    },
    {
      lines,
      as,
      what: "changes a rule",
      does: ["elasticloadbalancing:ModifyRule"],
      to: [LISTENER_RULE],
    },
    {
      lines,
      as,
      what: "puts pods into the target group",
      does: [
        "elasticloadbalancing:RegisterTargets",
        "elasticloadbalancing:DeregisterTargets",
      ],
      to: [TARGETS],
    },
    {
      lines,
      as,
      what: "changes and removes its load balancer",
      does: [
        "elasticloadbalancing:DeleteLoadBalancer",
        "elasticloadbalancing:ModifyLoadBalancerAttributes",
        "elasticloadbalancing:SetSecurityGroups",
        "elasticloadbalancing:SetSubnets",
      ],
      to: [BALANCER],
      with: resourceTag(),
    },
    {
      lines,
      as,
      what: "makes a security group in the VPC",
      does: ["ec2:CreateSecurityGroup"],
      to: [GROUP, ec2("vpc/vpc-network.vpc")],
    },
    {
      lines,
      as,
      what: "tags the new group",
      does: ["ec2:CreateTags"],
      to: [GROUP],
      with: { ...requestTag(), "ec2:CreateAction": "CreateSecurityGroup" },
    },
    {
      lines,
      as,
      what: "opens the nodes' group to it",
      does: [
        "ec2:AuthorizeSecurityGroupIngress",
        "ec2:RevokeSecurityGroupIngress",
      ],
      to: [GROUP],
      with: { "ec2:Vpc": ec2("vpc/vpc-network.vpc") },
    },
    {
      lines,
      as,
      what: "removes its group",
      does: ["ec2:DeleteSecurityGroup"],
      to: [GROUP],
      with: resourceTag(),
    },
    {
      lines: ["current"],
      as,
      what: "sets the web ACL of the settings",
      does: ["wafv2:AssociateWebACL"],
      to: [
        BALANCER,
        "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/wave/11111111-2222-3333-4444-555555555555",
      ],
    },
    {
      lines: BUILDS,
      as: "efs-csi-controller",
      what: "looks around",
      does: ["ec2:DescribeAvailabilityZones"],
      to: ["*"],
    },
    {
      lines: BUILDS,
      as: "efs-csi-controller",
      what: "reads the file system",
      does: [
        "elasticfilesystem:DescribeAccessPoints",
        "elasticfilesystem:DescribeFileSystems",
        "elasticfilesystem:DescribeMountTargets",
      ],
      to: [FILE_SYSTEM],
    },
    {
      lines: BUILDS,
      as: "efs-csi-controller",
      what: "makes an access point of its own",
      does: ["elasticfilesystem:CreateAccessPoint"],
      to: [FILE_SYSTEM],
      with: { "aws:RequestTag/efs.csi.aws.com/cluster": "true" },
    },
    {
      lines: BUILDS,
      as: "efs-csi-controller",
      what: "removes an access point of its own",
      does: ["elasticfilesystem:DeleteAccessPoint"],
      to: [efs("access-point/fsap-1")],
      with: { "aws:ResourceTag/efs.csi.aws.com/cluster": "true" },
    },
    {
      lines: BUILDS,
      as: "efs-csi-node",
      what: "finds its mount target",
      does: ["elasticfilesystem:DescribeMountTargets"],
      to: [FILE_SYSTEM],
    },
    {
      lines: BUILDS,
      as: "efs-csi-node",
      what: "writes the log of the mount helper",
      does: ["logs:CreateLogStream"],
      to: [logGroup("/aws/efs/utils:log-stream:fs-1")],
    },
    {
      lines: BUILDS,
      as: "efs-csi-node",
      what: "mounts by TLS through an access point of ours",
      does: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
      to: [FILE_SYSTEM],
      with: {
        "aws:PrincipalArn": ours("efs-csi-node"),
        "elasticfilesystem:AccessedViaMountTarget": "true",
        "elasticfilesystem:AccessPointArn": efs(
          "access-point/fsap-data.files.wave-access-point",
        ),
      },
    },
  ];
}

/** What nodes and services of AWS do. */
export function serviceCalls(): AllowedCalls[] {
  return [
    {
      lines: ALL,
      as: "eks-node",
      what: "joins the cluster",
      does: ["eks:DescribeCluster"],
      to: ["arn:aws:eks:eu-central-1:123456789012:cluster/wave-prod-eks"],
    },
    {
      lines: ALL,
      as: "eks-node",
      what: "gives a pod an address",
      does: ["ec2:AssignPrivateIpAddresses"],
      to: [ec2("network-interface/eni-1")],
    },
    {
      lines: ALL,
      as: "eks-node",
      what: "pulls the images of add-ons",
      does: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      to: ["arn:aws:ecr:eu-central-1:602401143452:repository/eks/coredns"],
    },
    {
      lines: ALL,
      as: "eks-cluster",
      what: "encrypts and decrypts Kubernetes Secrets",
      does: ["kms:Encrypt", "kms:Decrypt", "kms:DescribeKey"],
      to: [kmsKey("network.cluster.secrets-key")],
    },
    {
      lines: ALL,
      as: "flow-log",
      what: "writes the VPC's flow log",
      does: ["logs:PutLogEvents", "logs:CreateLogStream"],
      to: [logGroup("/aws/vpc/wave-prod/flow-log:log-stream:eni-1")],
    },
    {
      lines: ALL,
      as: "logs.eu-central-1.amazonaws.com",
      what: "encrypts the control plane's log",
      does: ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"],
      to: [kmsKey("network.logs-key")],
      with: {
        "kms:EncryptionContext:aws:logs:arn": logGroup(
          "/aws/eks/wave-prod-eks/cluster",
        ),
      },
    },
    {
      lines: BUILDS,
      as: "backup",
      what: "takes a backup of the file system",
      does: ["elasticfilesystem:Backup"],
      to: [FILE_SYSTEM],
    },
    {
      lines: ["current", "lite"],
      as: "rds-monitoring",
      what: "writes the metrics of the instance's system",
      does: ["logs:PutLogEvents"],
      to: [logGroup("RDSOSMetrics:log-stream:db-1")],
    },
    {
      lines: BUILDS,
      as: "logging.s3.amazonaws.com",
      what: "delivers the access log of the logs bucket",
      does: ["s3:PutObject"],
      to: [bucket("wave-prod-access-logs-123456789012", "s3/2026-11-21")],
      with: {
        "aws:SourceArn": bucket(LOGS),
        "aws:SourceAccount": "123456789012",
      },
    },
  ];
}
