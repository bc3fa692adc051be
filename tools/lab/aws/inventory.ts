import { xmlTexts } from "./xml";
import {
  type Aws,
  awsRequest,
  ec2Call,
  iamCall,
  queryCall,
  restCall,
  targetCall,
} from "./client";

/** Something that exists in the account. */
export interface Existing {
  readonly kind: string;
  readonly id: string;
}

/** How all objects of one kind are listed: their ids, names or ARNs. */
type List = (aws: Aws) => Promise<string[]>;

const ec2 =
  (
    action: string,
    element: string,
    filter: Record<string, string> = {},
  ): List =>
  async (aws) =>
    xmlTexts(await ec2Call(aws, action, filter), element);

const iam =
  (
    action: string,
    element: string,
    parameters: Record<string, string> = {},
  ): List =>
  async (aws) =>
    xmlTexts(await iamCall(aws, action, parameters), element);

/** Values of a field in the list of a JSON answer. A list of strings has no field. */
function picked(answer: unknown, list: string, field?: string): string[] {
  const items = (answer as Record<string, unknown[] | undefined>)[list] ?? [];
  return items.map((item) =>
    field === undefined
      ? String(item)
      : String((item as Record<string, unknown>)[field]),
  );
}

const target =
  (
    service: string,
    operation: string,
    list: string,
    field?: string,
    input: unknown = {},
  ): List =>
  async (aws) =>
    picked(await targetCall(aws, service, operation, input), list, field);

const rest =
  (service: string, path: string, list: string, field?: string): List =>
  async (aws) =>
    picked(await restCall(aws, service, "GET", path), list, field);

const cache =
  (action: string, element: string): List =>
  async (aws) =>
    xmlTexts(
      await queryCall(aws, "elasticache", "2015-02-02", action),
      element,
    );

const database =
  (action: string, element: string): List =>
  async (aws) =>
    xmlTexts(await queryCall(aws, "rds", "2014-10-31", action), element);

/** Kinds that Terraform could leave behind, and how to list them. */
const lists: Readonly<Record<string, List>> = {
  vpc: ec2("DescribeVpcs", "vpcId"),
  subnet: ec2("DescribeSubnets", "subnetId"),
  "security group": ec2("DescribeSecurityGroups", "groupId"),
  "route table": ec2("DescribeRouteTables", "routeTableId"),
  "internet gateway": ec2("DescribeInternetGateways", "internetGatewayId"),
  "nat gateway": ec2("DescribeNatGateways", "natGatewayId", {
    "Filter.1.Name": "state",
    "Filter.1.Value.1": "available",
  }),
  "elastic ip": ec2("DescribeAddresses", "allocationId"),
  "vpc endpoint": standingEndpoints,
  "flow log": ec2("DescribeFlowLogs", "flowLogId"),
  "launch template": ec2("DescribeLaunchTemplates", "launchTemplateId"),
  "network interface": ec2("DescribeNetworkInterfaces", "networkInterfaceId"),
  volume: ec2("DescribeVolumes", "volumeId"),
  "iam role": iam("ListRoles", "Arn"),
  "iam policy": iam("ListPolicies", "Arn", { Scope: "Local" }),
  "iam user": iam("ListUsers", "Arn"),
  "instance profile": iam("ListInstanceProfiles", "InstanceProfileName"),
  "oidc provider": iam("ListOpenIDConnectProviders", "Arn"),
  "log group": target(
    "logs",
    "Logs_20140328.DescribeLogGroups",
    "logGroups",
    "logGroupName",
  ),
  "kms key": enabledKeys,
  "kms alias": target(
    "kms",
    "TrentService.ListAliases",
    "Aliases",
    "AliasName",
  ),
  secret: target(
    "secretsmanager",
    "secretsmanager.ListSecrets",
    "SecretList",
    "Name",
    {
      IncludePlannedDeletion: true,
    },
  ),
  parameter: target(
    "ssm",
    "AmazonSSM.DescribeParameters",
    "Parameters",
    "Name",
  ),
  certificate: target(
    "acm",
    "CertificateManager.ListCertificates",
    "CertificateSummaryList",
    "CertificateArn",
  ),
  repository: target(
    "ecr",
    "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories",
    "repositories",
    "repositoryName",
  ),
  bucket: async (aws) =>
    xmlTexts(await awsRequest(aws, "s3", { method: "GET", path: "/" }), "Name"),
  table: target("dynamodb", "DynamoDB_20120810.ListTables", "TableNames"),
  queue: target("sqs", "AmazonSQS.ListQueues", "QueueUrls"),
  topic: async (aws) =>
    xmlTexts(
      await queryCall(aws, "sns", "2010-03-31", "ListTopics"),
      "TopicArn",
    ),
  alarm: async (aws) =>
    xmlTexts(
      await queryCall(aws, "monitoring", "2010-08-01", "DescribeAlarms"),
      "AlarmName",
    ),
  dashboard: async (aws) =>
    xmlTexts(
      await queryCall(aws, "monitoring", "2010-08-01", "ListDashboards"),
      "DashboardName",
    ),
  "dns record": records,
  "eks cluster": rest("eks", "/clusters", "clusters"),
  "node group": nodeGroups,
  "file system": rest(
    "elasticfilesystem",
    "/2015-02-01/file-systems",
    "FileSystems",
    "FileSystemId",
  ),
  "access point": rest(
    "elasticfilesystem",
    "/2015-02-01/access-points",
    "AccessPoints",
    "AccessPointId",
  ),
  "backup vault": rest(
    "backup",
    "/backup-vaults",
    "BackupVaultList",
    "BackupVaultName",
  ),
  "backup plan": rest(
    "backup",
    "/backup/plans",
    "BackupPlansList",
    "BackupPlanId",
  ),
  "replication group": cache("DescribeReplicationGroups", "ReplicationGroupId"),
  "cache parameter group": cache(
    "DescribeCacheParameterGroups",
    "CacheParameterGroupName",
  ),
  "cache subnet group": cache(
    "DescribeCacheSubnetGroups",
    "CacheSubnetGroupName",
  ),
  "cache snapshot": cache("DescribeSnapshots", "SnapshotName"),
  database: database("DescribeDBInstances", "DBInstanceIdentifier"),
  "database parameter group": database(
    "DescribeDBParameterGroups",
    "DBParameterGroupName",
  ),
  "database subnet group": database(
    "DescribeDBSubnetGroups",
    "DBSubnetGroupName",
  ),
  "database snapshot": database("DescribeDBSnapshots", "DBSnapshotIdentifier"),
  "mail identity": rest(
    "ses",
    "/v2/email/identities",
    "EmailIdentities",
    "IdentityName",
  ),
  "load balancer": async (aws) =>
    xmlTexts(
      await queryCall(
        aws,
        "elasticloadbalancing",
        "2015-12-01",
        "DescribeLoadBalancers",
      ),
      "LoadBalancerArn",
    ),
};

/** As Terraform names them: `cluster:group`. */
async function nodeGroups(aws: Aws): Promise<string[]> {
  const clusters = picked(
    await restCall(aws, "eks", "GET", "/clusters"),
    "clusters",
  );
  const ids = clusters.map(async (name) => {
    const path = `/clusters/${name}/node-groups`;
    const groups = picked(
      await restCall(aws, "eks", "GET", path),
      "nodegroups",
    );
    return groups.map((group) => `${name}:${group}`);
  });
  return (await Promise.all(ids)).flat();
}

/** A deleted endpoint is listed for a while. */
async function standingEndpoints(aws: Aws): Promise<string[]> {
  const xml = await ec2Call(aws, "DescribeVpcEndpoints");
  const states = xmlTexts(xml, "state");
  return xmlTexts(xml, "vpcEndpointId").filter(
    (_, i) => states[i] !== "deleted",
  );
}

/** A key cannot be deleted at once: one that waits for its deletion counts as gone. Those that moto makes as AWS would are not ours. */
async function enabledKeys(aws: Aws): Promise<string[]> {
  const ids = await target(
    "kms",
    "TrentService.ListKeys",
    "Keys",
    "KeyId",
  )(aws);
  const states = await Promise.all(
    ids.map(async (KeyId) => {
      const { KeyMetadata } = (await targetCall(
        aws,
        "kms",
        "TrentService.DescribeKey",
        {
          KeyId,
        },
      )) as { KeyMetadata: { KeyState: string; Description: string } };
      return /^Default (master )?key/.test(KeyMetadata.Description)
        ? "AWS"
        : KeyMetadata.KeyState;
    }),
  );
  return ids.filter(
    (_, i) => states[i] !== "PendingDeletion" && states[i] !== "AWS",
  );
}

async function records(aws: Aws): Promise<string[]> {
  const zones = await awsRequest(aws, "route53", {
    method: "GET",
    path: "/2013-04-01/hostedzone",
  });
  const ids = xmlTexts(zones, "Id").map((id) => id.replace("/hostedzone/", ""));
  const sets = await Promise.all(
    ids.map(async (id) => {
      const xml = await awsRequest(aws, "route53", {
        method: "GET",
        path: `/2013-04-01/hostedzone/${id}/rrset`,
      });
      const types = xmlTexts(xml, "Type");
      return xmlTexts(xml, "Name").map(
        (name, i) => `${name} ${types[i] ?? ""}`,
      );
    }),
  );
  return [...ids, ...sets.flat()];
}

/**
 * Everything in the account, kind by kind.
 *
 * @param kinds What to look for, of which moto alone knows not every one.
 * @default every kind
 */
export async function inventory(
  aws: Aws,
  kinds = Object.keys(lists),
): Promise<Existing[]> {
  const found = await Promise.all(
    kinds.map(async (kind) => {
      const ids = (await lists[kind]?.(aws)) ?? [];
      return [...new Set(ids)].map((id) => ({ kind, id }));
    }),
  );
  return found.flat();
}
