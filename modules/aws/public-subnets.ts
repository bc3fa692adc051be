import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
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

  constructor(scope: Construct, id: string, props: PublicSubnetsProps) {
    super(scope, id);
    const table = this.createRouteTable(props);
    this.subnetIds = Object.fromEntries(
      Object.keys(props.ranges).map((zone) => {
        const subnet = this.createSubnet(zone, props);
        new RouteTableAssociation(this, `routes-${zone}`, {
          routeTableId: table.id,
          subnetId: subnet.id,
        });
        return [zone, subnet.id];
      }),
    );
  }

  private createRouteTable(props: PublicSubnetsProps): RouteTable {
    const table = new RouteTable(this, "routes", {
      vpcId: props.vpcId,
      tags: { Name: `${props.name}-public` },
    });
    new Route(this, "to-internet", {
      routeTableId: table.id,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: props.internetGatewayId,
    });
    return table;
  }

  private createSubnet(zone: string, props: PublicSubnetsProps): Subnet {
    return new Subnet(this, `subnet-${zone}`, {
      vpcId: props.vpcId,
      availabilityZone: `${props.region}${zone}`,
      cidrBlock: props.ranges[zone],
      mapPublicIpOnLaunch: false,
      tags: {
        Name: `${props.name}-public-${zone}`,
        // The load-balancer controller finds subnets of public load balancers by this tag (SEC-E15).
        "kubernetes.io/role/elb": "1",
      },
    });
  }
}
