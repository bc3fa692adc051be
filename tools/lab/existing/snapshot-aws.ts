import { type Aws, ec2Call, iamCall, queryCall, restCall } from "../aws/client";
import { childrenOf, xmlElements, xmlTexts } from "../aws/xml";
import { type Snapshot, withoutFields } from "./snapshot";

/** Times of the answer and not of the object, and how much of a subnet is free. */
const VOLATILE: ReadonlySet<string> = new Set([
  "modifiedAt",
  "requestId",
  "availableIpAddressCount",
]);

/** One kind of a VPC's objects: how they are described, and the filter that finds those of the VPC. */
interface Kind {
  readonly action: string;
  /** Element that holds the list. */
  readonly list: string;
  readonly id: string;
  /** @default `vpc-id` */
  readonly filter?: string;
}

const KINDS: readonly Kind[] = [
  { action: "DescribeVpcs", list: "vpcSet", id: "vpcId" },
  { action: "DescribeSubnets", list: "subnetSet", id: "subnetId" },
  { action: "DescribeRouteTables", list: "routeTableSet", id: "routeTableId" },
  { action: "DescribeNatGateways", list: "natGatewaySet", id: "natGatewayId" },
  {
    action: "DescribeInternetGateways",
    list: "internetGatewaySet",
    id: "internetGatewayId",
    filter: "attachment.vpc-id",
  },
  {
    action: "DescribeSecurityGroups",
    list: "securityGroupInfo",
    id: "groupId",
  },
  {
    action: "DescribeVpcEndpoints",
    list: "vpcEndpointSet",
    id: "vpcEndpointId",
  },
  { action: "DescribeNetworkAcls", list: "networkAclSet", id: "networkAclId" },
  {
    action: "DescribeFlowLogs",
    list: "flowLogSet",
    id: "flowLogId",
    filter: "resource-id",
  },
];

const DNS = ["enableDnsSupport", "enableDnsHostnames"];

type Entry = readonly [id: string, description: unknown];

/** The VPC and what is in it, the cluster with its parts, its roles and its OIDC provider. */
export async function snapshotOfAws(
  aws: Aws,
  vpcId: string,
  cluster: string,
): Promise<Snapshot> {
  const entries = await Promise.all([
    ...KINDS.map((kind) => ofKind(aws, vpcId, kind)),
    ...DNS.map((attribute) => ofAttribute(aws, vpcId, attribute)),
    rulesOf(aws, vpcId),
    clusterOf(aws, cluster),
  ]);
  return new Map(
    entries.flat().map(([id, one]) => [id, withoutFields(one, VOLATILE)]),
  );
}

async function ofKind(
  aws: Aws,
  vpcId: string,
  { action, list, id, filter = "vpc-id" }: Kind,
): Promise<Entry[]> {
  const xml = await ec2Call(aws, action, {
    "Filter.1.Name": filter,
    "Filter.1.Value.1": vpcId,
  });
  return entriesOf(xml, list, id);
}

/** Items of a list of EC2, by id; what was deleted is described for a while. */
function entriesOf(xml: string, list: string, id: string): Entry[] {
  const items = xmlElements(xml)
    .flatMap((element) => childrenOf(element[list]))
    .flatMap((one) => childrenOf((one as Record<string, unknown>).item));
  return items
    .map((item) => item as Record<string, unknown>)
    .filter(({ state }) => state !== "deleted")
    .map((item) => [`${id} ${String(item[id])}`, sortedTags(item)]);
}

/** Tags have no order. */
const sortedTags = (item: Record<string, unknown>): unknown =>
  item.tagSet === undefined
    ? item
    : {
        ...item,
        tagSet: childrenOf((item.tagSet as { item?: unknown }).item)
          .map((tag) => JSON.stringify(tag))
          .sort(),
      };

async function ofAttribute(
  aws: Aws,
  VpcId: string,
  Attribute: string,
): Promise<Entry[]> {
  const xml = await ec2Call(aws, "DescribeVpcAttribute", { VpcId, Attribute });
  return [[`${Attribute} ${VpcId}`, { value: xmlTexts(xml, "value") }]];
}

/** Rules of all security groups of the VPC, with what they say of themselves. */
async function rulesOf(aws: Aws, vpcId: string): Promise<Entry[]> {
  const groups = await ofKind(aws, vpcId, {
    action: "DescribeSecurityGroups",
    list: "securityGroupInfo",
    id: "groupId",
  });
  const xml = await ec2Call(aws, "DescribeSecurityGroupRules", {
    "Filter.1.Name": "group-id",
    ...Object.fromEntries(
      groups.map(([id], i) => [
        `Filter.1.Value.${i + 1}`,
        id.replace("groupId ", ""),
      ]),
    ),
  });
  return entriesOf(xml, "securityGroupRuleSet", "securityGroupRuleId");
}

/** Lists of a cluster, the fields that hold them, and what is asked of each member besides its description. */
const PARTS: Readonly<
  Record<string, { readonly field: string; readonly more?: string }>
> = {
  "node-groups": { field: "nodegroups" },
  addons: { field: "addons" },
  "access-entries": { field: "accessEntries", more: "/access-policies" },
};

async function clusterOf(aws: Aws, name: string): Promise<Entry[]> {
  const path = `/clusters/${name}`;
  const ask = (more: string) => restCall(aws, "eks", "GET", `${path}${more}`);
  const { cluster } = (await ask("")) as { cluster: Described };
  const parts = Object.entries(PARTS).map(async ([part, { field, more }]) => {
    const list = (await ask(`/${part}`)) as Record<string, string[]>;
    const members = (list[field] ?? []).map(async (member) => {
      const own = `/${part}/${encodeURIComponent(member)}`;
      const described = [await ask(own), more && (await ask(`${own}${more}`))];
      return [`${part} ${member}`, { described }] as const;
    });
    return Promise.all(members);
  });
  return [
    [`cluster ${name}`, cluster],
    ...(await Promise.all(parts)).flat(),
    ["pod identities", await ask("/pod-identity-associations")],
    ...(await scalingGroupsOf(aws, name)),
    ...(await providerOf(aws, cluster.identity.oidc.issuer)),
    ...(await roleOf(aws, cluster.roleArn)),
  ];
}

interface Described {
  readonly roleArn: string;
  readonly identity: { readonly oidc: { readonly issuer: string } };
}

/** Auto Scaling groups that belong to the cluster, with their tags. */
async function scalingGroupsOf(aws: Aws, cluster: string): Promise<Entry[]> {
  const xml = await queryCall(
    aws,
    "autoscaling",
    "2011-01-01",
    "DescribeAutoScalingGroups",
    {
      "Filters.member.1.Name": "tag:eks:cluster-name",
      "Filters.member.1.Values.member.1": cluster,
    },
  );
  return xmlElements(xml)
    .filter(({ AutoScalingGroupName: name }) => typeof name === "string")
    .map((group) => [
      `scaling group ${String(group.AutoScalingGroupName)}`,
      group,
    ]);
}

async function providerOf(aws: Aws, issuer: string): Promise<Entry[]> {
  const OpenIDConnectProviderArn = `arn:aws:iam::${aws.accountId}:oidc-provider/${issuer.replace("https://", "")}`;
  const xml = await iamCall(aws, "GetOpenIDConnectProvider", {
    OpenIDConnectProviderArn,
  }).catch(() => undefined);
  return xml === undefined
    ? []
    : [["OIDC provider", withoutFields(xmlElements(xml)[2], REQUEST)]];
}

const REQUEST: ReadonlySet<string> = new Set(["ResponseMetadata"]);

async function roleOf(aws: Aws, arn: string): Promise<Entry[]> {
  const RoleName = arn.split("/").at(-1) ?? "";
  const answers = [
    ...["GetRole", "ListAttachedRolePolicies", "ListRolePolicies"],
  ].map(async (action) =>
    withoutFields(
      xmlElements(await iamCall(aws, action, { RoleName }))[0],
      REQUEST,
    ),
  );
  return [[`role ${RoleName}`, { described: await Promise.all(answers) }]];
}
