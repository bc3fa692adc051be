import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

/** Properties of `PrivateSubnets`. */
export interface PrivateSubnetsProps {
  /** First part of the Name tags. */
  readonly name: string;
  /** VPC they are part of. */
  readonly vpcId: string;
  /** Region, such as `eu-central-1`. */
  readonly region: string;
  /** Ranges by zone letter. */
  readonly ranges: Readonly<Record<string, string>>;
  /** NAT gateway that each zone uses, by zone letter; a zone without one reaches the VPC only. */
  readonly natGatewayIds: Readonly<Record<string, string>>;
  /**
   * Pods have subnets of their own, `PodSubnets`: these, which must exist by then, are for nodes and stores alone.
   * @default pods have addresses of these subnets
   */
  readonly podSubnets?: readonly ITerraformDependable[];
}

/**
 * When a zone goes, cluster and endpoints are changed before its subnet is deleted, and not after: Terraform orders it
 * so for what is created before it is destroyed. Otherwise AWS refuses, because the subnet is still in use.
 */
const LET_GO_FIRST = { createBeforeDestroy: true };

/** One private subnet per zone, for nodes, pods and stores; they reach the internet through NAT, if at all. */
export class PrivateSubnets extends Construct {
  /** Ids by zone letter. */
  readonly subnetIds: Readonly<Record<string, string>>;
  /** Route tables by zone letter: one per zone even with a single NAT gateway, so that going to one per zone moves routes only. */
  readonly routeTableIds: Readonly<Record<string, string>>;
  /** Routes and associations. Nodes depend on them: without the internet they can neither join nor be drained. */
  readonly routes: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PrivateSubnetsProps) {
    super(scope, id);
    const zones = Object.keys(props.ranges).map((zone) => {
      const subnet = this.createSubnet(zone, props);
      const table = this.createRouteTable(zone, props);
      const routes = this.route(zone, subnet, table, props);
      return { zone, subnet, table, routes };
    });
    this.subnetIds = Object.fromEntries(
      zones.map(({ zone, subnet }) => [zone, subnet.id]),
    );
    this.routeTableIds = Object.fromEntries(
      zones.map(({ zone, table }) => [zone, table.id]),
    );
    this.routes = zones.flatMap(({ routes }) => routes);
  }

  private createSubnet(zone: string, props: PrivateSubnetsProps): Subnet {
    return new Subnet(this, `subnet-${zone}`, {
      vpcId: props.vpcId,
      availabilityZone: `${props.region}${zone}`,
      cidrBlock: props.ranges[zone],
      mapPublicIpOnLaunch: false,
      tags: {
        Name: `${props.name}-private-${zone}`,
        // The load-balancer controller finds subnets of internal load balancers by this tag.
        "kubernetes.io/role/internal-elb": "1",
        // The VPC CNI (1.22.1 and later) gives pods no address of a subnet with this tag.
        ...(props.podSubnets && { "kubernetes.io/role/cni": "0" }),
      },
      lifecycle: LET_GO_FIRST,
      dependsOn: props.podSubnets && [...props.podSubnets],
    });
  }

  private createRouteTable(
    zone: string,
    { name, vpcId }: PrivateSubnetsProps,
  ): RouteTable {
    return new RouteTable(this, `routes-${zone}`, {
      vpcId,
      tags: { Name: `${name}-private-${zone}` },
      lifecycle: LET_GO_FIRST,
    });
  }

  private route(
    zone: string,
    subnet: Subnet,
    table: RouteTable,
    { natGatewayIds }: PrivateSubnetsProps,
  ): ITerraformDependable[] {
    const natGatewayId = natGatewayIds[zone];
    const association = new RouteTableAssociation(this, `routes-of-${zone}`, {
      routeTableId: table.id,
      subnetId: subnet.id,
    });
    if (natGatewayId === undefined) return [association];
    const toNat = new Route(this, `to-nat-${zone}`, {
      routeTableId: table.id,
      destinationCidrBlock: "0.0.0.0/0",
      natGatewayId,
    });
    return [toNat, association];
  }
}
