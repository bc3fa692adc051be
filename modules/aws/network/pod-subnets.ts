import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { VpcIpv4CidrBlockAssociation } from "@cdktf/provider-aws/lib/vpc-ipv4-cidr-block-association";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

/** Properties of `PodSubnets`. */
export interface PodSubnetsProps {
  /** First part of the Name tags. */
  readonly name: string;
  /** VPC that gets the range. */
  readonly vpcId: string;
  /** Region, such as `eu-central-1`. */
  readonly region: string;
  /** Second range of the VPC, /16 to /21. */
  readonly cidr: string;
  /** Ranges of the subnets by zone letter. */
  readonly ranges: Readonly<Record<string, string>>;
  /**
   * Refuse to take the range away while pods may have addresses of it.
   * @default true
   */
  readonly retain?: boolean;
}

/**
 * A second range of the VPC and a subnet of it per zone, from which the VPC CNI (1.18 and later) gives pods their addresses: it
 * makes the further network interfaces of nodes there, with the security groups of the node ("Enhanced subnet discovery" of the
 * EKS user guide). `PrivateSubnets` routes them.
 */
export class PodSubnets extends Construct {
  /** Ids by zone letter. */
  readonly subnetIds: Readonly<Record<string, string>>;
  /** What nodes depend on: their pods have no address otherwise. */
  readonly resources: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PodSubnetsProps) {
    super(scope, id);
    const range = this.associate(props);
    const subnets = Object.entries(props.ranges).map(
      ([zone, cidrBlock]): [string, Subnet] => [
        zone,
        this.createSubnet(zone, cidrBlock, range, props),
      ],
    );
    this.subnetIds = Object.fromEntries(
      subnets.map(([zone, { id: subnetId }]) => [zone, subnetId]),
    );
    this.resources = subnets.map(([, subnet]) => subnet);
  }

  private associate({
    vpcId,
    cidr,
    retain = true,
  }: PodSubnetsProps): VpcIpv4CidrBlockAssociation {
    return new VpcIpv4CidrBlockAssociation(this, "range", {
      vpcId,
      cidrBlock: cidr,
      lifecycle: { preventDestroy: retain },
    });
  }

  private createSubnet(
    zone: string,
    cidrBlock: string,
    range: VpcIpv4CidrBlockAssociation,
    { name, region, vpcId }: PodSubnetsProps,
  ): Subnet {
    return new Subnet(this, `subnet-${zone}`, {
      vpcId,
      availabilityZone: `${region}${zone}`,
      cidrBlock,
      mapPublicIpOnLaunch: false,
      tags: { Name: `${name}-pods-${zone}`, "kubernetes.io/role/cni": "1" },
      dependsOn: [range],
    });
  }
}
