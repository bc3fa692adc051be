import { type Context } from "../../../support/simulate";
import { type PlainCall } from "../../../support/simulate-principal";
import { CONTEXT } from "./resources";

type Row = readonly [
  sentence: string,
  does: string,
  to: string,
  context?: Context,
];

const HERE = "eu-central-1:123456789012";
const IAM = "arn:aws:iam::123456789012:";
const FOREIGN: Context = { "aws:ResourceTag/Name": "team-a-thing" };
const FOREIGN_NEW: Context = { "aws:RequestTag/Name": "team-a-thing" };
const NO_TAG: Context = { "aws:ResourceTag/Name": [] };
const NO_NEW: Context = { "aws:RequestTag/Name": [] };
const OWN_ROLE = `${IAM}role/wave-prod-euc1-wave-server`;

// prettier-ignore
const ALWAYS: readonly Row[] = [
  ["makes an IAM user", "iam:CreateUser", `${IAM}user/mallory`],
  ["makes an access key", "iam:CreateAccessKey", `${IAM}user/admin`],
  ["makes a role of another name", "iam:CreateRole", `${IAM}role/admin`],
  ["makes a role of another environment", "iam:CreateRole", `${IAM}role/wave-test-euc1-wave-server`],
  ["gives permissions to another role", "iam:PutRolePolicy", `${IAM}role/team-a-app`],
  ["gives permissions to its own role", "iam:PutRolePolicy", `${IAM}role/wave-deployer`],
  ["attaches AdministratorAccess", "iam:AttachRolePolicy", OWN_ROLE, { "iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess" }],
  ["attaches a node policy to another role of ours", "iam:AttachRolePolicy", OWN_ROLE, { "iam:PolicyARN": "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" }],
  ["attaches a policy that the settings do not name to the nodes", "iam:AttachRolePolicy", `${IAM}role/wave-prod-euc1-eks-node`, { "iam:PolicyARN": "arn:aws:iam::aws:policy/AmazonS3FullAccess" }],
  ["changes who may take another role", "iam:UpdateAssumeRolePolicy", `${IAM}role/team-a-app`],
  ["passes another role", "iam:PassRole", `${IAM}role/team-a-app`],
  ["passes a role of ours to Lambda", "iam:PassRole", OWN_ROLE, { "iam:PassedToService": "lambda.amazonaws.com" }],
  ["makes the linked role of another service", "iam:CreateServiceLinkedRole", `${IAM}role/aws-service-role/ops.example/X`, { "iam:AWSServiceName": "organizations.amazonaws.com" }],
  ["removes the token issuer of another cluster", "iam:DeleteOpenIDConnectProvider", `${IAM}oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/2`, FOREIGN],
  ["makes the token issuer of another cluster its own by a tag", "iam:TagOpenIDConnectProvider", `${IAM}oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/2`, FOREIGN],
  ["takes another role", "sts:AssumeRole", `${IAM}role/team-a-app`],
  ["deletes another cluster", "eks:DeleteCluster", `arn:aws:eks:${HERE}:cluster/team-a`],
  ["deletes a cluster in another region", "eks:DeleteCluster", "arn:aws:eks:us-east-1:123456789012:cluster/wave-prod-eks"],
  ["gets itself into another cluster", "eks:CreateAccessEntry", `arn:aws:eks:${HERE}:cluster/team-a`],
  ["makes a cluster of another name", "eks:CreateCluster", "*", FOREIGN_NEW],
  ["deletes another VPC", "ec2:DeleteVpc", `arn:aws:ec2:${HERE}:vpc/vpc-2`, FOREIGN],
  ["deletes a VPC without a name", "ec2:DeleteVpc", `arn:aws:ec2:${HERE}:vpc/vpc-2`, NO_TAG],
  ["puts a subnet into another VPC", "ec2:CreateSubnet", `arn:aws:ec2:${HERE}:vpc/vpc-2`, FOREIGN],
  ["makes a VPC of another name", "ec2:CreateVpc", `arn:aws:ec2:${HERE}:vpc/vpc-2`, FOREIGN_NEW],
  ["makes a VPC in another region", "ec2:CreateVpc", "arn:aws:ec2:us-east-1:123456789012:vpc/vpc-2"],
  ["opens another security group", "ec2:AuthorizeSecurityGroupIngress", `arn:aws:ec2:${HERE}:security-group/sg-2`, FOREIGN],
  ["opens the group of another cluster", "ec2:AuthorizeSecurityGroupIngress", `arn:aws:ec2:${HERE}:security-group/sg-2`, { ...FOREIGN, "aws:ResourceTag/aws:eks:cluster-name": "team-a" }],
  ["makes another VPC its own by a tag", "ec2:CreateTags", `arn:aws:ec2:${HERE}:vpc/vpc-2`, FOREIGN],
  ["makes a VPC without a name its own by a tag", "ec2:CreateTags", `arn:aws:ec2:${HERE}:vpc/vpc-2`, NO_TAG],
  ["makes a named security group its own by the tag of the default group", "ec2:CreateTags", `arn:aws:ec2:${HERE}:security-group/sg-2`, { ...FOREIGN, "aws:RequestTag/Name": "wave-prod-default-unused" }],
  ["starts an instance without a template of ours", "ec2:RunInstances", `arn:aws:ec2:${HERE}:instance/i-2`, { "ec2:LaunchTemplate": [] }],
  ["starts an instance from another template", "ec2:RunInstances", `arn:aws:ec2:${HERE}:launch-template/lt-2`, FOREIGN],
  ["stops the trail of the account", "cloudtrail:StopLogging", `arn:aws:cloudtrail:${HERE}:trail/all`],
  ["ends the flow log of another VPC", "ec2:DeleteFlowLogs", `arn:aws:ec2:${HERE}:vpc-flow-log/fl-2`, FOREIGN],
  ["reads a parameter of the account", "ssm:GetParameter", `arn:aws:ssm:${HERE}:parameter/team-a/password`],
  ["ends an instance", "ec2:TerminateInstances", `arn:aws:ec2:${HERE}:instance/i-2`],
  ["reads another bucket", "s3:GetObject", "arn:aws:s3:::team-a-data/secret"],
  ["reads build logs", "s3:GetObject", "arn:aws:s3:::wave-prod-logs-123456789012/build-logs/1"],
  ["deletes another bucket", "s3:DeleteBucket", "arn:aws:s3:::team-a-data"],
  ["deletes the state bucket", "s3:DeleteBucket", "arn:aws:s3:::wave-prod-state-123456789012"],
  ["opens another bucket", "s3:PutBucketPolicy", "arn:aws:s3:::team-a-data"],
  ["deletes the state", "s3:DeleteObject", "arn:aws:s3:::wave-prod-state-123456789012/wave/prod/data.tfstate"],
  ["deletes old versions of the state", "s3:DeleteObjectVersion", "arn:aws:s3:::wave-prod-state-123456789012/wave/prod/data.tfstate"],
  ["reads the state of another environment", "s3:GetObject", "arn:aws:s3:::wave-prod-state-123456789012/wave/test/data.tfstate"],
  ["reads another secret", "secretsmanager:GetSecretValue", `arn:aws:secretsmanager:${HERE}:secret:team-a-AbCdEf`],
  ["changes a secret that the operator made", "secretsmanager:PutSecretValue", `arn:aws:secretsmanager:${HERE}:secret:wave/cr.seqera.io-AbCdEf`],
  ["deletes a secret that the operator made", "secretsmanager:DeleteSecret", `arn:aws:secretsmanager:${HERE}:secret:wave/cr.seqera.io-AbCdEf`],
  ["schedules another key for deletion", "kms:ScheduleKeyDeletion", `arn:aws:kms:${HERE}:key/2`, FOREIGN],
  ["makes another key its own by a tag", "kms:TagResource", `arn:aws:kms:${HERE}:key/2`, FOREIGN],
  ["makes a key without a name, but with an alias, its own by a tag", "kms:TagResource", `arn:aws:kms:${HERE}:key/2`, { ...NO_TAG, "kms:ResourceAliases": ["alias/team-a"] }],
  ["decrypts with a key of ours past the services", "kms:Decrypt", `arn:aws:kms:${HERE}:key/1`],
  ["decrypts with another key", "kms:Decrypt", `arn:aws:kms:${HERE}:key/2`, { ...FOREIGN, "kms:ViaService": "secretsmanager.eu-central-1.amazonaws.com" }],
  ["gives a key of ours to somebody", "kms:CreateGrant", `arn:aws:kms:${HERE}:key/1`, { "kms:GrantIsForAWSResource": "false" }],
  ["gives the cluster's key to somebody", "kms:CreateGrant", `arn:aws:kms:${HERE}:key/2`, { ...FOREIGN, "kms:GrantIsForAWSResource": "false" }],
  ["gives a key without a name to somebody", "kms:CreateGrant", `arn:aws:kms:${HERE}:key/2`, { ...NO_TAG, "kms:GrantIsForAWSResource": "false" }],
  ["gives another key to a service", "kms:CreateGrant", `arn:aws:kms:${HERE}:key/2`, FOREIGN],
  ["changes the policy of another key", "kms:PutKeyPolicy", `arn:aws:kms:${HERE}:key/2`, { ...FOREIGN, ...NO_NEW }],
  ["changes the policy of a key without a name", "kms:PutKeyPolicy", `arn:aws:kms:${HERE}:key/2`, { ...NO_TAG, ...NO_NEW }],
  ["schedules a key without a name for deletion", "kms:ScheduleKeyDeletion", `arn:aws:kms:${HERE}:key/2`, NO_TAG],
  ["decrypts with a key without a name past the services", "kms:Decrypt", `arn:aws:kms:${HERE}:key/2`, NO_TAG],
  ["gives an alias of ours to another key", "kms:CreateAlias", `arn:aws:kms:${HERE}:key/2`, FOREIGN],
  ["takes another alias", "kms:UpdateAlias", `arn:aws:kms:${HERE}:alias/team-a`],
  ["deletes another database", "rds:DeleteDBInstance", `arn:aws:rds:${HERE}:db:team-a`],
  ["deletes a snapshot of the database", "rds:DeleteDBSnapshot", `arn:aws:rds:${HERE}:snapshot:wave-prod-postgres-final`],
  ["deletes another Redis", "elasticache:DeleteReplicationGroup", `arn:aws:elasticache:${HERE}:replicationgroup:team-a`],
  ["deletes another file system", "elasticfilesystem:DeleteFileSystem", `arn:aws:elasticfilesystem:${HERE}:file-system/fs-2`, FOREIGN],
  ["deletes another repository", "ecr:DeleteRepository", `arn:aws:ecr:${HERE}:repository/team-a/app`],
  ["pushes an image", "ecr:PutImage", `arn:aws:ecr:${HERE}:repository/wave-prod/build`],
  ["deletes the log of another cluster", "logs:DeleteLogGroup", `arn:aws:logs:${HERE}:log-group:/aws/eks/team-a/cluster`],
  ["reads the audit log", "logs:GetLogEvents", `arn:aws:logs:${HERE}:log-group:/aws/eks/wave-prod-eks/cluster:log-stream:x`],
  ["deletes another backup vault", "backup:DeleteBackupVault", `arn:aws:backup:${HERE}:backup-vault:team-a`],
  ["makes another backup plan its own by a tag", "backup:TagResource", `arn:aws:backup:${HERE}:backup-plan:2`, FOREIGN],
  ["deletes another backup plan", "backup:DeleteBackupPlan", `arn:aws:backup:${HERE}:backup-plan:2`, FOREIGN],
  ["writes a record beside Wave's", "route53:ChangeResourceRecordSets", "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ", { "route53:ChangeResourceRecordSetsNormalizedRecordNames": ["wave.example.com", "www.example.com"] }],
  ["writes into another zone", "route53:ChangeResourceRecordSets", "arn:aws:route53:::hostedzone/ZOTHER"],
  ["deletes the zone", "route53:DeleteHostedZone", "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ"],
  ["deletes another certificate", "acm:DeleteCertificate", `arn:aws:acm:${HERE}:certificate/2`, FOREIGN],
  ["makes another certificate its own by a tag", "acm:AddTagsToCertificate", `arn:aws:acm:${HERE}:certificate/2`, FOREIGN],
  ["writes a record below the domain of the services", "route53:ChangeResourceRecordSets", "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ", { "route53:ChangeResourceRecordSetsNormalizedRecordNames": ["api.scp.example.org"] }],
  ["deletes another table", "dynamodb:DeleteTable", `arn:aws:dynamodb:${HERE}:table/team-a`],
  ["reads a table", "dynamodb:GetItem", `arn:aws:dynamodb:${HERE}:table/experiments-prod`],
  ["deletes another queue", "sqs:DeleteQueue", `arn:aws:sqs:${HERE}:team-a`],
  ["reads messages", "sqs:ReceiveMessage", `arn:aws:sqs:${HERE}:queue-job-prod.fifo`],
  ["deletes another topic", "sns:DeleteTopic", `arn:aws:sns:${HERE}:team-a`],
  ["publishes to a topic", "sns:Publish", `arn:aws:sns:${HERE}:work-results-prod`],
  ["pushes an image of a service", "ecr:PutImage", `arn:aws:ecr:${HERE}:repository/api`],
  ["opens another bucket to pages of the internet", "s3:PutBucketCORS", "arn:aws:s3:::team-a-data"],
  ["removes another identity provider", "iam:DeleteOpenIDConnectProvider", `${IAM}oidc-provider/token.actions.githubusercontent.com`, FOREIGN],
  ["makes another identity provider its own by a tag", "iam:TagOpenIDConnectProvider", `${IAM}oidc-provider/token.actions.githubusercontent.com`, FOREIGN],
  ["encrypts with a key of ours past the services", "kms:Encrypt", `arn:aws:kms:${HERE}:key/1`],
  ["sends mail", "ses:SendRawEmail", `arn:aws:ses:${HERE}:identity/example.com`],
  ["removes another mail identity", "ses:DeleteEmailIdentity", `arn:aws:ses:${HERE}:identity/other.example`],
  ["removes a load balancer", "elasticloadbalancing:DeleteLoadBalancer", `arn:aws:elasticloadbalancing:${HERE}:loadbalancer/app/wave-prod/1`],
];

const BOUNDARY = `${IAM}policy/company-boundary`;

// prettier-ignore
const WITH_BOUNDARY: readonly Row[] = [
  ["makes a role without the boundary", "iam:CreateRole", OWN_ROLE, { "iam:PermissionsBoundary": [] }],
  ["makes a role with another boundary", "iam:CreateRole", OWN_ROLE, { "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess" }],
  ["gives permissions to a role without the boundary", "iam:PutRolePolicy", OWN_ROLE, { "iam:PermissionsBoundary": [] }],
  ["attaches a policy to a role without the boundary", "iam:AttachRolePolicy", OWN_ROLE, { "iam:PermissionsBoundary": [] }],
  ["puts another boundary on a role", "iam:PutRolePermissionsBoundary", OWN_ROLE, { "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess" }],
  ["takes the boundary off a role", "iam:DeleteRolePermissionsBoundary", OWN_ROLE],
  ["changes the boundary", "iam:CreatePolicyVersion", BOUNDARY],
  ["goes back to an older boundary", "iam:SetDefaultPolicyVersion", BOUNDARY],
  ["deletes the boundary", "iam:DeletePolicy", BOUNDARY],
];

// prettier-ignore
const WITH_RETAIN: readonly Row[] = [
  ["deletes build logs", "s3:DeleteObject", "arn:aws:s3:::wave-prod-logs-123456789012/build-logs/1"],
  ["deletes old versions of build logs", "s3:DeleteObjectVersion", "arn:aws:s3:::wave-prod-logs-123456789012/build-logs/1"],
  ["deletes a backup", "backup:DeleteRecoveryPoint", `arn:aws:backup:${HERE}:recovery-point:1`],
];

const callOf = ([, does, to, context = {}]: Row): PlainCall => ({
  does,
  to,
  // A key without a value is not in the request.
  with: Object.fromEntries(
    Object.entries({ ...CONTEXT, ...context }).filter(
      ([, value]) => value.length > 0,
    ),
  ),
});

const named = (rows: readonly Row[]): [string, PlainCall][] =>
  rows.map((row) => [row[0], callOf(row)]);

/** What no deployer may do. */
export const ABUSES = named(ALWAYS);
/** What no deployer may do whose roles have to have a boundary. */
export const ABUSES_WITH_BOUNDARY = named(WITH_BOUNDARY);
/** What the deployer may not do while `retain` is on. */
export const ABUSES_WITH_RETAIN = named(WITH_RETAIN);
