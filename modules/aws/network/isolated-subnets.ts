import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Construct } from "constructs";

/** Properties of `IsolatedSubnets`. */
export interface IsolatedSubnetsProps {
  /** First part of the Name tags; the zone letter follows. */
  readonly name: string;
  /** VPC they are part of. */
  readonly vpcId: string;
  /** Region, such as `eu-central-1`. */
  readonly region: string;
  /** Ranges by zone letter. */
  readonly ranges: Readonly<Record<string, string>>;
}

/** One subnet per zone without a route of its own: it reaches the VPC, and no more. For interface endpoints. */
export class IsolatedSubnets extends Construct {
  /** Ids by zone letter. */
  readonly subnetIds: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: IsolatedSubnetsProps) {
    super(scope, id);
    const create = ([zone, cidrBlock]: [string, string]): [string, string] => {
      const subnet = new Subnet(this, `subnet-${zone}`, {
        vpcId: props.vpcId,
        availabilityZone: `${props.region}${zone}`,
        cidrBlock,
        mapPublicIpOnLaunch: false,
        tags: { Name: `${props.name}-${zone}` },
        // When a zone goes, the endpoints let go of its subnet before it is deleted.
        lifecycle: { createBeforeDestroy: true },
      });
      return [zone, subnet.id];
    };
    this.subnetIds = Object.fromEntries(
      Object.entries(props.ranges).map(create),
    );
  }
}
