import { type Abuse, on, anyone, builds } from "./abuse";
import {
  BALANCER,
  FILE_SYSTEM,
  NODE_GROUP,
  POD_LOGS,
  SCALING_GROUP,
  autoscaledBy,
  GROUP,
  LISTENER,
  LOGS,
  TARGETS,
  bucket,
  ec2,
  efs,
  kmsKey,
  logGroup,
  ours,
  repository,
  requestTag,
  resourceTag,
  role,
  secret,
  ses,
} from "./places";

const ASSUME = "sts:AssumeRole";
const SECRET_VALUE = "secretsmanager:GetSecretValue";
const LOG_OBJECT = bucket(LOGS, "build-logs/bd-1_1.log");
const BUILD_REPOSITORY = repository("wave-prod/build");
const SENDER = { "ses:FromAddress": "wave-app@example.com" };
const STATE = "wave-prod-state-123456789012";

/** What nodes, controllers and services of AWS may not do, each a step beside a call that works. */
export const PLATFORM_ABUSES: readonly Abuse[] = [
  // Nodes: what somebody gets who reaches the credentials of the instance.
  ...// prettier-ignore
  ([
      ["a node reads build logs", "eks-node", "s3:GetObject", LOG_OBJECT, {}],
      ["a node reads the Terraform state", "eks-node", "s3:GetObject", bucket(STATE, "wave/prod/data.tfstate"), {}],
      ["a node decrypts Kubernetes Secrets", "eks-node", "kms:Decrypt", kmsKey("network.cluster.secrets-key"), {}],
      ["a node reads a password of Secrets Manager", "eks-node", SECRET_VALUE, secret("wave-prod-redis"), {}],
      ["a node reads parameters of SSM", "eks-node", "ssm:GetParameter", "arn:aws:ssm:eu-central-1:123456789012:parameter/config/wave-1", {}],
      ["a node opens a session of SSM's agent", "eks-node", "ssmmessages:CreateControlChannel", "*", {}],
      ["a node pushes a built image", "eks-node", "ecr:PutImage", BUILD_REPOSITORY, {}],
      ["a node takes the server's role", "eks-node", ASSUME, ours("wave-server"), {}],
      ["a node sends mail", "eks-node", "ses:SendRawEmail", ses("identity/example.com"), SENDER],
      ["a node starts instances", "eks-node", "ec2:RunInstances", ec2("instance/i-1"), {}],
      ["a node opens a security group", "eks-node", "ec2:AuthorizeSecurityGroupIngress", GROUP, {}],
      ["a node gives somebody access to the cluster", "eks-node", "eks:CreateAccessEntry", "arn:aws:eks:eu-central-1:123456789012:cluster/wave-prod-eks", {}],
      ["a node passes its role on", "eks-node", "iam:PassRole", ours("eks-node"), { "iam:PassedToService": "ec2.amazonaws.com" }],
      ["a node tags a security group", "eks-node", "ec2:CreateTags", GROUP, {}],
    ] as const).map(
    anyone,
  ),
  // Controllers.
  ...// prettier-ignore
  ([
      ["the agent brings back a log group after a destroy", "cloudwatch-agent", "logs:CreateLogGroup", POD_LOGS, {}],
      ["the agent deletes what it shipped", "cloudwatch-agent", "logs:DeleteLogGroup", POD_LOGS, {}],
      ["the agent reads what others print", "cloudwatch-agent", "logs:GetLogEvents", `${POD_LOGS}:log-stream:node-1`, {}],
      ["the agent writes into the control plane's log", "cloudwatch-agent", "logs:PutLogEvents", "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/eks/wave-prod-eks/cluster:log-stream:1", {}],
      ["the controller removes a load balancer of another cluster", "load-balancer-controller", "elasticloadbalancing:DeleteLoadBalancer", BALANCER, resourceTag("team-a")],
      ["the controller removes a load balancer without a tag", "load-balancer-controller", "elasticloadbalancing:DeleteLoadBalancer", BALANCER, {}],
      ["the controller makes a load balancer for another cluster", "load-balancer-controller", "elasticloadbalancing:CreateLoadBalancer", BALANCER, requestTag("team-a")],
      ["the controller makes a load balancer without a tag", "load-balancer-controller", "elasticloadbalancing:CreateLoadBalancer", BALANCER, {}],
      ["the controller makes a load balancer in another region", "load-balancer-controller", "elasticloadbalancing:CreateLoadBalancer", BALANCER.replace("eu-central-1", "us-east-1"), requestTag()],
      ["the controller removes a target group of another cluster", "load-balancer-controller", "elasticloadbalancing:DeleteTargetGroup", TARGETS, resourceTag("team-a")],
      ["the controller makes another cluster's load balancer its own", "load-balancer-controller", "elasticloadbalancing:AddTags", BALANCER, { ...resourceTag("team-a"), ...requestTag() }],
      ["the controller makes a group of another cluster its own", "load-balancer-controller", "ec2:CreateTags", GROUP, { ...resourceTag("team-a"), ...requestTag() }],
      ["the controller makes a group without a tag its own", "load-balancer-controller", "ec2:CreateTags", GROUP, requestTag()],
      ["the controller removes a security group of another cluster", "load-balancer-controller", "ec2:DeleteSecurityGroup", GROUP, resourceTag("team-a")],
      ["the controller opens a security group of another VPC", "load-balancer-controller", "ec2:AuthorizeSecurityGroupIngress", GROUP, { "ec2:Vpc": ec2("vpc/vpc-other") }],
      ["the controller makes a security group in another VPC", "load-balancer-controller", "ec2:CreateSecurityGroup", ec2("vpc/vpc-other"), {}],
      ["the controller makes the linked role of another service", "load-balancer-controller", "iam:CreateServiceLinkedRole", role("aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS"), { "iam:AWSServiceName": "eks.amazonaws.com" }],
      ["the controller changes a listener in another region", "load-balancer-controller", "elasticloadbalancing:ModifyListener", LISTENER.replace("eu-central-1", "us-east-1"), {}],
      ["the controller starts instances", "load-balancer-controller", "ec2:RunInstances", ec2("instance/i-1"), {}],
    ] as const).map(
    anyone,
  ),
  ...// prettier-ignore
  ([
      ["the autoscaler changes a group without our tag, as that of the system nodes", "cluster-autoscaler", "autoscaling:SetDesiredCapacity", SCALING_GROUP, { "aws:ResourceTag/k8s.io/cluster-autoscaler/enabled": "true", "aws:ResourceTag/eks:cluster-name": "wave-prod-eks" }],
      ["the autoscaler ends an instance of a group without our tag", "cluster-autoscaler", "autoscaling:TerminateInstanceInAutoScalingGroup", SCALING_GROUP, {}],
      ["the autoscaler changes a group of another cluster", "cluster-autoscaler", "autoscaling:SetDesiredCapacity", SCALING_GROUP, autoscaledBy("team-a")],
      ["the autoscaler changes a group in another region", "cluster-autoscaler", "autoscaling:SetDesiredCapacity", SCALING_GROUP.replace("eu-central-1", "us-east-1"), autoscaledBy("wave-prod-eks")],
      ["the autoscaler makes a group its own", "cluster-autoscaler", "autoscaling:CreateOrUpdateTags", SCALING_GROUP, autoscaledBy("wave-prod-eks")],
      ["the autoscaler raises the bounds of a group", "cluster-autoscaler", "autoscaling:UpdateAutoScalingGroup", SCALING_GROUP, autoscaledBy("wave-prod-eks")],
      ["the autoscaler reads a node group of another cluster", "cluster-autoscaler", "eks:DescribeNodegroup", NODE_GROUP.replace("wave-prod-eks", "team-a"), {}],
      ["the autoscaler ends an instance itself", "cluster-autoscaler", "ec2:TerminateInstances", ec2("instance/i-1"), {}],
      ["the EFS controller removes an access point of Terraform's", "efs-csi-controller", "elasticfilesystem:DeleteAccessPoint", efs("access-point/fsap-data.files.wave-access-point"), {}],
      ["the EFS controller makes an access point without its tag", "efs-csi-controller", "elasticfilesystem:CreateAccessPoint", FILE_SYSTEM, {}],
      ["the EFS controller makes an access point in another file system", "efs-csi-controller", "elasticfilesystem:CreateAccessPoint", efs("file-system/fs-other"), { "aws:RequestTag/efs.csi.aws.com/cluster": "true" }],
      ["the EFS controller deletes the file system", "efs-csi-controller", "elasticfilesystem:DeleteFileSystem", FILE_SYSTEM, {}],
      ["the EFS controller lifts the file system's policy", "efs-csi-controller", "elasticfilesystem:PutFileSystemPolicy", FILE_SYSTEM, {}],
      ["the EFS node agent deletes its log", "efs-csi-node", "logs:DeleteLogGroup", logGroup("/aws/efs/utils"), {}],
      ["the EFS node agent writes to the log of the control plane", "efs-csi-node", "logs:PutLogEvents", logGroup("/aws/eks/wave-prod-eks/cluster:log-stream:x"), {}],
      ["files are mounted without an access point", "anybody", "elasticfilesystem:ClientMount", FILE_SYSTEM, { "elasticfilesystem:AccessedViaMountTarget": "true" }],
      [
        "files are mounted without a signature",
        "anybody",
        "elasticfilesystem:ClientMount",
        FILE_SYSTEM,
        {
          "elasticfilesystem:AccessedViaMountTarget": "true",
          "elasticfilesystem:AccessPointArn": efs("access-point/fsap-data.files.wave-access-point"),
        },
      ],
      [
        "a node mounts with its own role, as a pod could that reads its credentials",
        "eks-node",
        "elasticfilesystem:ClientMount",
        FILE_SYSTEM,
        {
          "aws:PrincipalArn": ours("eks-node"),
          "elasticfilesystem:AccessedViaMountTarget": "true",
          "elasticfilesystem:AccessPointArn": efs("access-point/fsap-data.files.wave-access-point"),
        },
      ],
      [
        "files are mounted through somebody else's access point",
        "anybody",
        "elasticfilesystem:ClientMount",
        FILE_SYSTEM,
        {
          "elasticfilesystem:AccessedViaMountTarget": "true",
          "aws:PrincipalArn": ours("efs-csi-node"),
          "elasticfilesystem:AccessPointArn": efs("access-point/fsap-other"),
        },
      ],
      ["files are mounted without TLS", "admin", "elasticfilesystem:ClientMount", FILE_SYSTEM, { "aws:SecureTransport": "false" }],
      [
        "files are mounted as root",
        "anybody",
        "elasticfilesystem:ClientRootAccess",
        FILE_SYSTEM,
        {
          "elasticfilesystem:AccessedViaMountTarget": "true",
          "elasticfilesystem:AccessPointArn": efs("access-point/fsap-data.files.wave-access-point"),
        },
      ],
      ["the backup role is taken by EC2", "ec2.amazonaws.com", ASSUME, ours("backup"), {}],
    ] as const).map(
    builds,
  ),
  // Services.
  ...// prettier-ignore
  ([
      ["flow logs of another account take the role", "vpc-flow-logs.amazonaws.com", ASSUME, ours("flow-log"), { "aws:SourceAccount": "999999999999" }],
      ["the flow-log role writes to the log of the control plane", "flow-log", "logs:PutLogEvents", logGroup("/aws/eks/wave-prod-eks/cluster:log-stream:x"), {}],
      ["the flow-log role deletes its log", "flow-log", "logs:DeleteLogGroup", logGroup("/aws/vpc/wave-prod/flow-log"), {}],
      ["the flow-log role shortens the retention of its log", "flow-log", "logs:PutRetentionPolicy", logGroup("/aws/vpc/wave-prod/flow-log"), {}],
      ["EC2 takes the role of the control plane", "ec2.amazonaws.com", ASSUME, ours("eks-cluster"), {}],
      ["Lambda takes the nodes' role", "lambda.amazonaws.com", ASSUME, ours("eks-node"), {}],
      ["an administrator takes the nodes' role", "admin", ASSUME, ours("eks-node"), {}],
      ["the control plane uses the key of the passwords", "eks-cluster", "kms:Decrypt", kmsKey("data.secrets-key"), {}],
      [
        "CloudWatch uses the logs' key for a log group of somebody else",
        "logs.eu-central-1.amazonaws.com",
        "kms:Decrypt",
        kmsKey("network.logs-key"),
        {
          "kms:EncryptionContext:aws:logs:arn": logGroup("/aws/lambda/team-a"),
        },
      ],
      [
        "CloudWatch of another region uses the logs' key",
        "logs.us-east-1.amazonaws.com",
        "kms:Decrypt",
        kmsKey("network.logs-key"),
        {
          "kms:EncryptionContext:aws:logs:arn": logGroup("/aws/eks/wave-prod-eks/cluster"),
        },
      ],
      ["somebody of another account uses the key of the passwords", "stranger", "kms:Decrypt", kmsKey("data.secrets-key"), {}],
    ] as const).map(
    anyone,
  ),
  ...// prettier-ignore
  ([
      ["an administrator takes the server's role", "admin", ASSUME, ours("wave-server"), {}],
    ] as const).map(
    builds,
  ),
  ...// prettier-ignore
  ([
      ["RDS monitoring of another account takes the role", "monitoring.rds.amazonaws.com", ASSUME, ours("rds-monitoring"), { "aws:SourceAccount": "999999999999" }],
      ["RDS monitoring writes to other log groups", "rds-monitoring", "logs:PutLogEvents", logGroup("/aws/eks/wave-prod-eks/cluster:log-stream:x"), {}],
      ["RDS monitoring reads the database password", "rds-monitoring", SECRET_VALUE, secret("wave-prod-postgres"), {}],
    ] as const).map(
    on("current", "lite"),
  ),
];
