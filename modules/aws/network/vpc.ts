import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Vpc as AwsVpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { namesOf } from "../../lib/names";
import { subnetsOf } from "../../lib/subnets";
import { type CoreSettings } from "../../core/settings/schema";
import { NatGateway } from "./nat-gateway";
import { PrivateSubnets } from "./private-subnets";
import { PublicSubnets } from "./public-subnets";

/** Properties of `Vpc`. */
export interface VpcProps {
  readonly settings: CoreSettings;
}

/** VPC with a public and a private subnet per zone, NAT, and an endpoint for S3. What costs money is the NAT. */
export class Vpc extends Construct {
  /** Id of the VPC. */
  readonly vpcId: string;
  /** Private subnets by zone letter: nodes, pods, stores. */
  readonly privateSubnetIds: Readonly<Record<string, string>>;
  /** Public subnets by zone letter: load balancers, NAT gateways. */
  readonly publicSubnetIds: Readonly<Record<string, string>>;
  /** Ways out of the private subnets; nodes depend on them. */
  readonly waysOut: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: VpcProps) {
    super(scope, id);
    const vpc = this.createVpc(props);
    this.emptyDefaultSecurityGroup(vpc, props);
    const internetGateway = this.createInternetGateway(vpc, props);
    const publicSubnets = this.createPublicSubnets(vpc, internetGateway, props);
    const nats = this.createNatGateways(publicSubnets, props);
    const privateSubnets = this.createPrivateSubnets(vpc, nats, props);
    const s3 = this.createS3Endpoint(vpc, privateSubnets, props);
    this.vpcId = vpc.id;
    this.privateSubnetIds = privateSubnets.subnetIds;
    this.publicSubnetIds = publicSubnets.subnetIds;
    this.waysOut = [...privateSubnets.routes, s3];
  }

  private createVpc({ settings }: VpcProps): AwsVpc {
    return new AwsVpc(this, "Default", {
      cidrBlock: settings.network.cidr,
      // Both are needed by the private API endpoint, by EFS host names and by interface endpoints.
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: nameOf(settings) },
    });
  }

  /** Without rules, so that nothing works by falling back to it (SEC-B12). */
  private emptyDefaultSecurityGroup(vpc: AwsVpc, { settings }: VpcProps): void {
    new DefaultSecurityGroup(this, "default-security-group", {
      vpcId: vpc.id,
      ingress: [],
      egress: [],
      tags: { Name: `${nameOf(settings)}-default-unused` },
    });
  }

  private createInternetGateway(
    vpc: AwsVpc,
    { settings }: VpcProps,
  ): InternetGateway {
    return new InternetGateway(this, "internet-gateway", {
      vpcId: vpc.id,
      tags: { Name: nameOf(settings) },
    });
  }

  private createPublicSubnets(
    vpc: AwsVpc,
    internetGateway: InternetGateway,
    { settings }: VpcProps,
  ): PublicSubnets {
    return new PublicSubnets(this, "public", {
      name: nameOf(settings),
      region: settings.region,
      vpcId: vpc.id,
      internetGatewayId: internetGateway.id,
      ranges: rangesOf("public", settings),
    });
  }

  /** NAT gateway that each zone uses, by zone letter. */
  private createNatGateways(
    { subnetIds, routes }: PublicSubnets,
    { settings }: VpcProps,
  ): Readonly<Record<string, string>> {
    const place = ([zone, subnetId]: [string, string]) =>
      new NatGateway(this, `nat-${zone}`, {
        name: `${nameOf(settings)}-nat-${zone}`,
        subnetId,
        wayOut: routes,
      }).natGatewayId;
    const subnets = Object.entries(subnetIds);
    // The first zone of the settings stays as long as the cluster does: the control plane is there.
    const [first] = subnets;
    if (settings.network.natGateways === "perZone" || first === undefined)
      return Object.fromEntries(subnets.map((it) => [it[0], place(it)]));
    const shared = place(first);
    return Object.fromEntries(subnets.map(([zone]) => [zone, shared]));
  }

  private createPrivateSubnets(
    vpc: AwsVpc,
    natGatewayIds: Readonly<Record<string, string>>,
    { settings }: VpcProps,
  ): PrivateSubnets {
    return new PrivateSubnets(this, "private", {
      name: nameOf(settings),
      region: settings.region,
      vpcId: vpc.id,
      natGatewayIds,
      ranges: rangesOf("private", settings),
    });
  }

  /** Free, and keeps image layers off the NAT gateway: ECR serves them from S3 (COST-L5). */
  private createS3Endpoint(
    vpc: AwsVpc,
    { routeTableIds }: PrivateSubnets,
    { settings }: VpcProps,
  ): VpcEndpoint {
    return new VpcEndpoint(this, "s3", {
      vpcId: vpc.id,
      vpcEndpointType: "Gateway",
      serviceName: `com.amazonaws.${settings.region}.s3`,
      routeTableIds: [...routeTableIds],
      tags: { Name: `${nameOf(settings)}-s3` },
    });
  }
}

function nameOf(settings: CoreSettings): string {
  return namesOf(settings).prefix;
}

function rangesOf(
  kind: "public" | "private",
  { network }: CoreSettings,
): Record<string, string> {
  const subnets = Object.entries(subnetsOf(network.cidr, network.zones));
  return Object.fromEntries(
    subnets.map(([zone, ranges]) => [zone, ranges[kind]]),
  );
}
