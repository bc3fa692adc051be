import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { type Construct } from "constructs";
import { type ExistingNetworkSettings } from "../kinds";
import { type Condition, lifecycleOf, quoted } from "../preflight/expectation";
import { checkSubnets } from "./existing-subnets";
import { type ClusterNetwork } from "./vpc";

type Subnets = ExistingNetworkSettings["network"]["subnets"]["private"];

/**
 * The VPC that the settings name, and its subnets: read, compared with every literal of the settings, and not touched. What the
 * nodes need to reach the internet is its owner's.
 */
export function readVpc(
  scope: Construct,
  settings: ExistingNetworkSettings,
): ClusterNetwork {
  const { network, region } = settings;
  const { vpcId, subnets } = network;
  const vpc = new DataAwsVpc(scope, "network-vpc-id", {
    id: vpcId,
    lifecycle: lifecycleOf(conditionsOfVpc(settings)),
  });
  const read = (kind: keyof typeof subnets, of: Subnets = {}) =>
    Object.fromEntries(
      Object.entries(of).map(([zone, { id, cidr }]) => {
        const path = `network.subnets.${kind}.${zone}`;
        const subnet = new DataAwsSubnet(
          scope,
          `network-subnets-${kind}-${zone}`,
          {
            id,
            lifecycle: lifecycleOf([
              {
                condition: `self.vpc_id == ${quoted(vpcId)}`,
                otherwise: `${path}.id is ${id}, a subnet of \${self.vpc_id}, and network.vpcId is ${vpcId}. Write a subnet of that VPC, or correct network.vpcId.`,
              },
              {
                condition: `self.availability_zone == ${quoted(`${region}${zone}`)}`,
                otherwise: `${path}.id is ${id}, which lies in \${self.availability_zone}, not in ${region}${zone}. Write it below the letter of its zone.`,
              },
              {
                condition: `self.cidr_block == ${quoted(cidr)}`,
                otherwise: `${path}.cidr is ${cidr}, and ${id} has \${self.cidr_block}. Write that range: network policies and rules of security groups are made of it.`,
              },
            ]),
          },
        );
        return [zone, subnet];
      }),
    );
  const privateSubnets = read("private", subnets.private);
  const publicSubnets = read("public", subnets.public);
  checkSubnets(scope, settings, { vpc, privateSubnets, publicSubnets });
  return {
    vpc: {
      vpcId: vpc.id,
      ownerId: vpc.ownerId,
      privateSubnetIds: idsOf(privateSubnets),
      publicSubnetIds: idsOf(publicSubnets),
    },
    connectivity: [],
  };
}

const idsOf = (subnets: Readonly<Record<string, DataAwsSubnet>>) =>
  Object.fromEntries(
    Object.entries(subnets).map(([zone, { id }]) => [zone, id]),
  );

/** Ranges that AWS has taken into the VPC; one on its way in, or out, is none. */
const ASSOCIATED = `[for range in self.cidr_block_associations : range.cidr_block if range.state == "associated"]`;

function conditionsOfVpc({ network }: ExistingNetworkSettings): Condition[] {
  const { vpcId, cidrs } = network;
  const dns = (attribute: string, name: string): Condition => ({
    condition: `self.${attribute}`,
    otherwise: `network.vpcId is ${vpcId}, whose attribute ${name} is off: the names of file systems and of the private endpoint of Kubernetes would not resolve. Turn it on: aws ec2 modify-vpc-attribute --vpc-id ${vpcId} --${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} Value=true.`,
  });
  return [
    ...cidrs.map((cidr, index) => ({
      condition: `contains(${ASSOCIATED}, ${quoted(cidr)})`,
      otherwise: `network.cidrs[${index}] is ${cidr}, and ${vpcId} has \${join(", ", ${ASSOCIATED})}. Write those of its ranges that nodes, pods and load balancers use.`,
    })),
    dns("enable_dns_support", "enableDnsSupport"),
    dns("enable_dns_hostnames", "enableDnsHostnames"),
  ];
}
