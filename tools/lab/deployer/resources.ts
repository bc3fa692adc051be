import { type Call } from "../aws/services/call";
import { type RequestFacts } from "./request";

/** Type in an ARN of what an action of EC2 makes. */
export const MADE_IN_EC2: Readonly<Record<string, string>> = {
  AllocateAddress: "elastic-ip",
  AuthorizeSecurityGroupEgress: "security-group-rule",
  AuthorizeSecurityGroupIngress: "security-group-rule",
  CreateFlowLogs: "vpc-flow-log",
  CreateInternetGateway: "internet-gateway",
  CreateLaunchTemplate: "launch-template",
  CreateNatGateway: "natgateway",
  CreateRouteTable: "route-table",
  CreateSecurityGroup: "security-group",
  CreateSubnet: "subnet",
  CreateVpc: "vpc",
  CreateVpcEndpoint: "vpc-endpoint",
};

/** Parameters of an action of EC2 that name what it is asked on; the rest of what it names is not asked. */
const ASKED_IN_EC2: Readonly<Record<string, RegExp>> = {
  AssociateRouteTable: /^(RouteTableId|SubnetId)$/,
  AssociateVpcCidrBlock: /^VpcId$/,
  AttachInternetGateway: /^(InternetGatewayId|VpcId)$/,
  AuthorizeSecurityGroupEgress: /^GroupId$/,
  AuthorizeSecurityGroupIngress: /^GroupId$/,
  CreateFlowLogs: /^ResourceId\.1$/,
  CreateNatGateway: /^(SubnetId|AllocationId)$/,
  CreateRoute: /^RouteTableId$/,
  CreateRouteTable: /^VpcId$/,
  CreateSecurityGroup: /^VpcId$/,
  CreateSubnet: /^VpcId$/,
  CreateTags: /^ResourceId\.\d+$/,
  CreateVpcEndpoint: /^(VpcId|(RouteTableId|SubnetId|SecurityGroupId)\.\d+)$/,
  DeleteFlowLogs: /^FlowLogId\.\d+$/,
  DeleteInternetGateway: /^InternetGatewayId$/,
  DeleteLaunchTemplate: /^LaunchTemplateId$/,
  DeleteNatGateway: /^NatGatewayId$/,
  DeleteRoute: /^RouteTableId$/,
  DeleteRouteTable: /^RouteTableId$/,
  DeleteSecurityGroup: /^GroupId$/,
  DeleteSubnet: /^SubnetId$/,
  DeleteTags: /^ResourceId\.\d+$/,
  DeleteVpc: /^VpcId$/,
  DeleteVpcEndpoints: /^VpcEndpointId\.\d+$/,
  DetachInternetGateway: /^(InternetGatewayId|VpcId)$/,
  ModifySubnetAttribute: /^SubnetId$/,
  ModifyVpcAttribute: /^VpcId$/,
  ModifyVpcEndpoint: /^VpcEndpointId$/,
  ReleaseAddress: /^AllocationId$/,
  ReplaceRoute: /^RouteTableId$/,
  RevokeSecurityGroupEgress: /^GroupId$/,
  RevokeSecurityGroupIngress: /^GroupId$/,
};

/** Ids of EC2 that an action is asked on. */
export const askedInEc2 = (action: string, { form }: RequestFacts): string[] =>
  [...form]
    .filter(([name]) => ASKED_IN_EC2[action]?.test(name))
    .map(([, id]) => id);

/** Type in an ARN by the beginning of an id. */
const TYPES: Readonly<Record<string, string>> = {
  eipalloc: "elastic-ip",
  fl: "vpc-flow-log",
  igw: "internet-gateway",
  lt: "launch-template",
  nat: "natgateway",
  rtb: "route-table",
  sg: "security-group",
  sgr: "security-group-rule",
  subnet: "subnet",
  vpc: "vpc",
  vpce: "vpc-endpoint",
};

/** `vpc-0a1b` → `vpc/vpc-0a1b`; undefined for an id of another kind. */
export function ec2Resource(id: string): string | undefined {
  const type = TYPES[id.replace(/-[^-]*$/, "")];
  return type === undefined ? undefined : `${type}/${id}`;
}

type Name = (facts: RequestFacts, call: Call) => string | undefined;

const jsonText = (text: string, name: string): string | undefined =>
  new RegExp(`"${name}":\\s*"([^"]*)"`).exec(text)?.[1];

const parameter =
  (stem: string, ...names: readonly string[]): Name =>
  ({ form, text }) => {
    const value = names
      .map((name) => form.get(name) ?? jsonText(text, name))
      .find((one) => one !== undefined);
    return value === undefined ? undefined : stem + value;
  };

/** An ARN as the request has it, or a part of it behind its partition. */
const arn =
  (...names: readonly string[]): Name =>
  (facts, call) =>
    parameter("", ...names)(facts, call)?.replace(/^arn:[^:]*:/, "");

/** ARN after `arn:<partition>:`, with `@` for region and account, of services whose requests name what they are about. */
const NAMED: Readonly<Record<string, readonly Name[]>> = {
  autoscaling: [
    parameter(
      "autoscaling:@:autoScalingGroup:1:autoScalingGroupName/",
      "Tags.member.1.ResourceId",
    ),
  ],
  cloudwatch: [
    parameter("cloudwatch:@:alarm:", "AlarmName", "AlarmNames.member.1"),
    parameter(
      "cloudwatch::#:dashboard/",
      "DashboardName",
      "DashboardNames.member.1",
    ),
    arn("ResourceARN"),
  ],
  dynamodb: [parameter("dynamodb:@:table/", "TableName"), arn("ResourceArn")],
  ecr: [parameter("ecr:@:repository/", "repositoryName")],
  elasticache: [
    parameter("elasticache:@:replicationgroup:", "ReplicationGroupId"),
    parameter("elasticache:@:subnetgroup:", "CacheSubnetGroupName"),
  ],
  iam: [parameter("iam::#:role/", "RoleName")],
  logs: [parameter("logs:@:log-group:", "logGroupName")],
  rds: [
    parameter("rds:@:db:", "DBInstanceIdentifier"),
    parameter("rds:@:pg:", "DBParameterGroupName"),
    parameter("rds:@:subgrp:", "DBSubnetGroupName"),
  ],
  secretsmanager: [
    ({ text }) => {
      const given = jsonText(text, "SecretId") ?? jsonText(text, "Name");
      // Secrets Manager ends every ARN with six characters of its own.
      return given === undefined || given.startsWith("arn:")
        ? given?.replace(/^arn:[^:]*:/, "")
        : `secretsmanager:@:secret:${given}-AbCdEf`;
    },
  ],
  sns: [
    parameter("sns:@:", "Name"),
    arn("TopicArn", "ResourceArn", "SubscriptionArn"),
  ],
  sqs: [
    parameter("sqs:@:", "QueueName"),
    (facts, call) =>
      parameter("", "QueueUrl")(facts, call)?.replace(/^.*\//, "sqs:@:"),
  ],
  s3: [
    ({ text }, { path, query }) => {
      // Several objects at once are named in the body.
      const key = query.has("delete")
        ? /<Key>([^<]*)</.exec(text)?.[1]
        : undefined;
      return `s3:::${path.slice(1)}${key === undefined ? "" : `/${key}`}`;
    },
  ],
};

/** What a request of a service other than EC2 names, if the lab can tell. Lists and lookups name nothing of their own. */
export function namedResource(
  { service, ...call }: Call,
  facts: RequestFacts,
): string | undefined {
  return NAMED[service]
    ?.map((name) => name(facts, { service, ...call }))
    .find((one) => one !== undefined);
}
