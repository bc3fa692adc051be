import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

/** Properties of `PublicSubnets`. */
export interface PublicSubnetsProps {
  /** First part of the Name tags. */
  readonly name: string;
  /** VPC they are part of. */
  readonly vpcId: string;
  /** Region, such as `eu-central-1`. */
  readonly region: string;
  /** Ranges by zone letter. */
  readonly ranges: Readonly<Record<string, string>>;
  /** Internet gateway of the VPC. */
  readonly internetGatewayId: string;
}

/** One public subnet per zone, for load balancers and NAT gateways only: nothing gets a public address by itself. */
export class PublicSubnets extends Construct {
  /** Ids by zone letter. */
  readonly subnetIds: Readonly<Record<string, string>>;
  /** Route to the internet, and its associations: NAT gateways depend on them. */
  readonly routes: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PublicSubnetsProps) {
    super(scope, id);
    const table = this.createRouteTable(props);
    const zones = Object.keys(props.ranges).map((zone) => {
      const subnet = this.createSubnet(zone, props);
      return { zone, subnet, route: this.associate(zone, subnet, table) };
    });
    this.subnetIds = Object.fromEntries(
      zones.map(({ zone, subnet }) => [zone, subnet.id]),
    );
    this.routes = [
      this.routeToInternet(table, props),
      ...zones.map(({ route }) => route),
    ];
  }

  private createRouteTable({ name, vpcId }: PublicSubnetsProps): RouteTable {
    return new RouteTable(this, "routes", {
      vpcId,
      tags: { Name: `${name}-public` },
    });
  }

  private routeToInternet(
    table: RouteTable,
    { internetGatewayId }: PublicSubnetsProps,
  ): Route {
    return new Route(this, "to-internet", {
      routeTableId: table.id,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: internetGatewayId,
    });
  }

  private associate(
    zone: string,
    subnet: Subnet,
    table: RouteTable,
  ): RouteTableAssociation {
    return new RouteTableAssociation(this, `routes-${zone}`, {
      routeTableId: table.id,
      subnetId: subnet.id,
    });
  }

  private createSubnet(zone: string, props: PublicSubnetsProps): Subnet {
    return new Subnet(this, `subnet-${zone}`, {
      vpcId: props.vpcId,
      availabilityZone: `${props.region}${zone}`,
      cidrBlock: props.ranges[zone],
      mapPublicIpOnLaunch: false,
      tags: {
        Name: `${props.name}-public-${zone}`,
        // The load-balancer controller finds subnets of public load balancers by this tag.
        "kubernetes.io/role/elb": "1",
      },
    });
  }
}
