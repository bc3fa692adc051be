import { DataAwsRouteTable } from "@cdktf/provider-aws/lib/data-aws-route-table";
import { DataAwsRouteTables } from "@cdktf/provider-aws/lib/data-aws-route-tables";
import { type DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import { type DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { TerraformStack } from "cdktf";
import { type Construct } from "constructs";
import { type ExistingNetworkSettings } from "../kinds";
import { type Condition, addressOf } from "../preflight/expectation";

/** Subnets by zone letter, as they were read. */
export interface ReadSubnets {
  readonly vpc: DataAwsVpc;
  readonly privateSubnets: Readonly<Record<string, DataAwsSubnet>>;
  readonly publicSubnets: Readonly<Record<string, DataAwsSubnet>>;
}

/** What an Application Load Balancer wants in each of its subnets ("Subnets for your load balancer" of its user guide). */
export const ADDRESSES_OF_BALANCER = 8;

/** Nodes, pods and stores take addresses of the private subnets. */
export const ADDRESSES_OF_NODES = 64;

/**
 * What is worth a warning of each plan, and no refusal: addresses run short by what runs there already, and a way out that is no
 * default route may be right.
 */
export function checkSubnets(
  scope: Construct,
  { network }: ExistingNetworkSettings,
  { vpc, privateSubnets, publicSubnets }: ReadSubnets,
): void {
  for (const [zone, subnet] of Object.entries(privateSubnets)) {
    const path = `network.subnets.private.${zone}`;
    addCheck(scope, `private-subnet-${zone}`, [
      enoughAddresses(path, subnet, ADDRESSES_OF_NODES),
      {
        condition: `!${addressOf(subnet)}.map_public_ip_on_launch`,
        otherwise: `${path}.id is ${idOf(subnet)}, which gives a public address to what starts in it: choose a private subnet for nodes and stores.`,
      },
    ]);
    if (network.internet && network.proxy === undefined)
      checkRoute(scope, zone, { vpc, subnet });
  }
  for (const [zone, subnet] of Object.entries(publicSubnets))
    addCheck(scope, `public-subnet-${zone}`, [
      enoughAddresses(
        `network.subnets.public.${zone}`,
        subnet,
        ADDRESSES_OF_BALANCER,
      ),
    ]);
}

const enoughAddresses = (
  path: string,
  subnet: DataAwsSubnet,
  least: number,
): Condition => ({
  condition: `${addressOf(subnet)}.available_ip_address_count >= ${least}`,
  otherwise: `${path}.id is ${idOf(subnet)}, which has \${${addressOf(subnet)}.available_ip_address_count} free addresses: at least ${least} are wanted.`,
});

/** The route table that a subnet is associated with; the main one of the VPC where it is associated with none. */
function checkRoute(
  scope: Construct,
  zone: string,
  { vpc, subnet }: { vpc: DataAwsVpc; subnet: DataAwsSubnet },
): void {
  const own = new DataAwsRouteTables(scope, `route-tables-${zone}`, {
    filter: [{ name: "association.subnet-id", values: [subnet.id] }],
  });
  const table = new DataAwsRouteTable(scope, `route-table-${zone}`, {
    routeTableId: `\${try(${addressOf(own)}.ids[0], ${addressOf(vpc)}.main_route_table_id)}`,
  });
  addCheck(scope, `route-table-${zone}`, [
    {
      condition: `contains(${addressOf(table)}.routes[*].cidr_block, "0.0.0.0/0")`,
      otherwise: `network.internet is true, and \${${addressOf(table)}.id}, the route table of network.subnets.private.${zone}.id ${idOf(subnet)}, has no route to 0.0.0.0/0: nodes and pods reach registries and AWS by one. Add it, or write network.internet: false.`,
    },
  ]);
}

/** A `check` block, which CDKTF 0.21 has no construct for. */
function addCheck(
  scope: Construct,
  name: string,
  assertions: readonly Condition[],
): void {
  TerraformStack.of(scope).addOverride(`check.${name}`, {
    assert: assertions.map(({ condition, otherwise }) => ({
      condition: `\${${condition}}`,
      error_message: otherwise,
    })),
  });
}

/** As it was written in the settings. */
const idOf = (subnet: DataAwsSubnet): string => subnet.idInput ?? "";
