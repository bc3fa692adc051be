import {
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { DescribeClusterCommand, EKSClient } from "@aws-sdk/client-eks";
import {
  ADDRESSES_OF_BALANCER,
  ADDRESSES_OF_NODES,
} from "../../../modules/core/cluster/existing-subnets";
import {
  type ExistingClusterSettings,
  type ExistingNetworkSettings,
  isExistingCluster,
  isExistingNetwork,
} from "../../../modules/core/kinds";
import { errorName } from "../aws/errors";
import { type Check, type Finding, type Severity } from "./check";
import { type Examined } from "./examined";

/** The VPC and the cluster that the settings name are as the settings describe them. */
export function existingChecks(examined: Examined): Check[] {
  const { settings } = examined;
  return [
    ...(isExistingNetwork(settings)
      ? [
          {
            about: `VPC ${settings.network.vpcId}`,
            ask: () => vpc(examined, settings),
          },
          { about: "subnets", ask: () => subnets(examined, settings) },
        ]
      : []),
    ...(isExistingCluster(settings)
      ? [
          {
            about: `cluster ${settings.cluster.name}`,
            ask: () => cluster(examined, settings),
          },
        ]
      : []),
  ];
}

const finding =
  (severity: Severity) =>
  (path: string, found: string, fix: string): Finding => ({
    path,
    found,
    fix,
    severity,
  });
const stops = finding("stops");
const know = finding("know");

async function vpc(
  { aws }: Examined,
  { network: { vpcId, cidrs }, accountId, region }: ExistingNetworkSettings,
): Promise<Finding[]> {
  const ec2 = aws.client(EC2Client);
  const found = await ec2
    .send(new DescribeVpcsCommand({ VpcIds: [vpcId] }))
    .then(({ Vpcs = [] }) => Vpcs[0])
    .catch(noneOf("InvalidVpcID.NotFound"));
  if (found === undefined)
    return [
      stops(
        "network.vpcId",
        `account ${accountId} sees no ${vpcId} in ${region}`,
        "write the id of a VPC of this region, or let its owner share the subnets",
      ),
    ];
  const ranges = (found.CidrBlockAssociationSet ?? [])
    .filter(({ CidrBlockState }) => CidrBlockState?.State === "associated")
    .map(({ CidrBlock = "" }) => CidrBlock);
  const attributes = await Promise.all(
    (["enableDnsSupport", "enableDnsHostnames"] as const).map(async (name) => {
      const { EnableDnsSupport, EnableDnsHostnames } = await ec2.send(
        new DescribeVpcAttributeCommand({ VpcId: vpcId, Attribute: name }),
      );
      return { name, isOn: (EnableDnsSupport ?? EnableDnsHostnames)?.Value };
    }),
  );
  return [
    ...cidrs.flatMap((cidr, index) =>
      ranges.includes(cidr)
        ? []
        : [
            stops(
              `network.cidrs[${index}]`,
              `${cidr}, and ${vpcId} has ${ranges.join(", ")}`,
              "write those of its ranges that nodes, pods and load balancers use",
            ),
          ],
    ),
    ...attributes
      .filter(({ isOn }) => isOn === false)
      .map(({ name }) =>
        stops(
          "network.vpcId",
          `${vpcId}, whose attribute ${name} is off: the names of file systems and of the private endpoint of Kubernetes would not resolve`,
          `aws ec2 modify-vpc-attribute --vpc-id ${vpcId} --${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} Value=true`,
        ),
      ),
  ];
}

async function subnets(
  { aws }: Examined,
  { network, region }: ExistingNetworkSettings,
): Promise<Finding[]> {
  const given = (["private", "public"] as const).flatMap((kind) =>
    Object.entries(network.subnets[kind]).map(([zone, subnet]) => ({
      ...subnet,
      zone,
      path: `network.subnets.${kind}.${zone}`,
      least: kind === "private" ? ADDRESSES_OF_NODES : ADDRESSES_OF_BALANCER,
    })),
  );
  const { Subnets = [] } = await aws.client(EC2Client).send(
    // A filter finds none where a list of ids would be refused as a whole.
    new DescribeSubnetsCommand({
      Filters: [{ Name: "subnet-id", Values: given.map(({ id }) => id) }],
    }),
  );
  return given.flatMap(({ id, cidr, zone, path, least }) => {
    const subnet = Subnets.find(({ SubnetId }) => SubnetId === id);
    if (subnet === undefined)
      return [
        stops(
          `${path}.id`,
          `there is no ${id} in ${region}`,
          `write a subnet of ${network.vpcId}`,
        ),
      ];
    const { VpcId = "", AvailabilityZone = "", CidrBlock = "" } = subnet;
    const free = subnet.AvailableIpAddressCount ?? 0;
    return [
      ...(VpcId === network.vpcId
        ? []
        : [
            stops(
              `${path}.id`,
              `${id}, a subnet of ${VpcId}, and network.vpcId is ${network.vpcId}`,
              "write a subnet of that VPC, or correct network.vpcId",
            ),
          ]),
      ...(AvailabilityZone === region + zone
        ? []
        : [
            stops(
              `${path}.id`,
              `${id}, which lies in ${AvailabilityZone}`,
              "write it below the letter of its zone",
            ),
          ]),
      ...(CidrBlock === cidr
        ? []
        : [
            stops(
              `${path}.cidr`,
              `${cidr}, and ${id} has ${CidrBlock}`,
              `write ${CidrBlock}`,
            ),
          ]),
      ...(free >= least
        ? []
        : [
            know(
              `${path}.id`,
              `${id} has ${free} free addresses, and at least ${least} are wanted`,
              "free addresses of it, or choose a larger subnet",
            ),
          ]),
    ];
  });
}

async function cluster(
  { aws }: Examined,
  settings: ExistingClusterSettings,
): Promise<Finding[]> {
  const { cluster: wanted, network, region } = settings;
  const { name, version, serviceCidr } = wanted;
  const found = await aws
    .client(EKSClient)
    .send(new DescribeClusterCommand({ name }))
    .then((answer) => answer.cluster)
    .catch(noneOf("ResourceNotFoundException"));
  if (found === undefined)
    return [
      stops(
        "cluster.name",
        `EKS in ${region} has no cluster ${name}`,
        "correct the name: aws eks list-clusters",
      ),
    ];
  const services = found.kubernetesNetworkConfig?.serviceIpv4Cidr;
  const vpcId = found.resourcesVpcConfig?.vpcId;
  return [
    ...(found.status === "ACTIVE"
      ? []
      : [
          stops(
            "cluster.name",
            `${name} is ${found.status ?? "in no state"}`,
            "wait until it is ACTIVE",
          ),
        ]),
    ...(found.version === version
      ? []
      : [
          stops(
            "cluster.version",
            `${version}, and ${name} runs ${found.version ?? ""}`,
            `write "${found.version ?? ""}"`,
          ),
        ]),
    ...(services === undefined || services === serviceCidr
      ? []
      : [
          stops(
            "cluster.serviceCidr",
            `${serviceCidr}, and the services of ${name} have ${services}`,
            "write that range",
          ),
        ]),
    ...(network.kind === "created" || vpcId === network.vpcId
      ? []
      : [
          stops(
            "network.vpcId",
            `${network.vpcId}, and ${name} is a cluster of ${vpcId ?? ""}`,
            "write the VPC of the cluster with its subnets, or name a cluster of that VPC",
          ),
        ]),
  ];
}

const noneOf =
  (name: string) =>
  (error: unknown): undefined => {
    if (errorName(error) === name) return undefined;
    throw error;
  };
