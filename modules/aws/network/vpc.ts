import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Vpc as AwsVpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { podSubnetsOf, subnetsOf } from "../../lib/subnets";
import { NatGateway } from "./nat-gateway";
import { PodSubnets } from "./pod-subnets";
import { PrivateSubnets } from "./private-subnets";
import { PublicSubnets } from "./public-subnets";

/** Properties of `Vpc`. */
export interface VpcProps {
  /** Value of the Name tag, and first part of the Name tags of what stands in the VPC. */
  readonly name: string;
  /** Region, such as `eu-central-1`. */
  readonly region: string;
  /** Range, /16 to /21. Each zone letter has its own eighth of it for a private subnet: `subnetsOf`. */
  readonly cidr: string;
  /**
   * Second range, /16 to /21, from which pods get their addresses; each zone letter has its own eighth of it. It can be added
   * later, and not taken away while pods run.
   * @default pods have addresses of the private subnets
   */
  readonly podCidr?: string;
  /** Letters of the availability zones, `a` to `f`: two or more for EKS and RDS. Add or remove one, and no other subnet moves. */
  readonly zones: readonly string[];
  /**
   * Internet gateway, public subnets and NAT. Without them nothing of the VPC reaches the internet, and nothing of the
   * internet the VPC; what nodes and pods call of AWS then needs `InterfaceEndpoints`.
   * @default true
   */
  readonly internet?: boolean;
  /**
   * One NAT gateway for all zones, in the first of `zones`, or one per zone: a zone's failure then leaves the others on line.
   * @default "single"
   */
  readonly natGateways?: "single" | "perZone";
  /**
   * Refuse to destroy the VPC, or to replace it for another range.
   * @default true
   */
  readonly retain?: boolean;
}

/** VPC with a private subnet per zone and an endpoint for S3, and with the internet a public subnet per zone and NAT, which cost money. */
export class Vpc extends Construct {
  /** Id of the VPC. */
  readonly vpcId: string;
  /** Private subnets by zone letter: nodes, pods, stores. */
  readonly privateSubnetIds: Readonly<Record<string, string>>;
  /** Public subnets by zone letter: load balancers. None without the internet. */
  readonly publicSubnetIds: Readonly<Record<string, string>>;
  /** What makes the internet, or S3 alone, reachable from the private subnets. Nodes depend on it: they can neither join nor be drained without. */
  readonly internetConnectivity: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: VpcProps) {
    super(scope, id);
    const vpc = this.createVpc(props);
    this.emptyDefaultSecurityGroup(vpc, props);
    const { internet = true } = props;
    const publicSubnets = internet
      ? this.createPublicSubnets(
          vpc,
          this.createInternetGateway(vpc, props),
          props,
        )
      : undefined;
    const nats =
      publicSubnets === undefined
        ? {}
        : this.createNatGateways(publicSubnets, props);
    const pods = this.createPodSubnets(vpc, props);
    const privateSubnets = this.createPrivateSubnets(vpc, nats, pods, props);
    const podRoutes = this.routePods(pods, privateSubnets);
    const s3 = this.createS3Endpoint(vpc, privateSubnets, props);
    this.vpcId = vpc.id;
    this.privateSubnetIds = privateSubnets.subnetIds;
    this.publicSubnetIds = publicSubnets?.subnetIds ?? {};
    this.internetConnectivity = [
      ...privateSubnets.routes,
      s3,
      ...(pods?.resources ?? []),
      ...podRoutes,
    ];
  }

  private createVpc({ name, cidr, retain = true }: VpcProps): AwsVpc {
    return new AwsVpc(this, "Default", {
      cidrBlock: cidr,
      // Both are needed by the private API endpoint, by EFS host names and by interface endpoints.
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: name },
      lifecycle: { preventDestroy: retain },
    });
  }

  /** Without rules, so that nothing works by falling back to it. */
  private emptyDefaultSecurityGroup(vpc: AwsVpc, { name }: VpcProps): void {
    new DefaultSecurityGroup(this, "default-security-group", {
      vpcId: vpc.id,
      ingress: [],
      egress: [],
      tags: { Name: `${name}-default-unused` },
    });
  }

  private createInternetGateway(
    vpc: AwsVpc,
    { name }: VpcProps,
  ): InternetGateway {
    return new InternetGateway(this, "internet-gateway", {
      vpcId: vpc.id,
      tags: { Name: name },
    });
  }

  private createPublicSubnets(
    vpc: AwsVpc,
    internetGateway: InternetGateway,
    props: VpcProps,
  ): PublicSubnets {
    return new PublicSubnets(this, "public", {
      name: props.name,
      region: props.region,
      vpcId: vpc.id,
      internetGatewayId: internetGateway.id,
      ranges: rangesOf("public", props),
    });
  }

  /** NAT gateway that each zone uses, by zone letter. */
  private createNatGateways(
    { subnetIds, routes }: PublicSubnets,
    { name, natGateways = "single" }: VpcProps,
  ): Readonly<Record<string, string>> {
    const create = ([zone, subnetId]: [string, string]) =>
      new NatGateway(this, `nat-${zone}`, {
        name: `${name}-nat-${zone}`,
        subnetId,
        internetConnectivity: routes,
      }).natGatewayId;
    const subnets = Object.entries(subnetIds);
    const [first] = subnets;
    if (natGateways === "perZone" || first === undefined)
      return Object.fromEntries(subnets.map((it) => [it[0], create(it)]));
    const shared = create(first);
    return Object.fromEntries(subnets.map(([zone]) => [zone, shared]));
  }

  private createPodSubnets(
    vpc: AwsVpc,
    { name, region, podCidr, zones, retain }: VpcProps,
  ): PodSubnets | undefined {
    if (podCidr === undefined) return undefined;
    return new PodSubnets(this, "pods", {
      name,
      region,
      vpcId: vpc.id,
      cidr: podCidr,
      ranges: podSubnetsOf(podCidr, zones),
      retain,
    });
  }

  /** The same ways out as those of the nodes. */
  private routePods(
    pods: PodSubnets | undefined,
    { routeTableIds }: PrivateSubnets,
  ): RouteTableAssociation[] {
    return Object.entries(pods?.subnetIds ?? {}).map(
      ([zone, subnetId]) =>
        new RouteTableAssociation(this, `routes-of-pods-${zone}`, {
          routeTableId: routeTableIds[zone] ?? "",
          subnetId,
        }),
    );
  }

  private createPrivateSubnets(
    vpc: AwsVpc,
    natGatewayIds: Readonly<Record<string, string>>,
    pods: PodSubnets | undefined,
    props: VpcProps,
  ): PrivateSubnets {
    return new PrivateSubnets(this, "private", {
      name: props.name,
      region: props.region,
      vpcId: vpc.id,
      natGatewayIds,
      podSubnets: pods?.resources,
      ranges: rangesOf("private", props),
    });
  }

  /** Free, and keeps image layers off the NAT gateway: ECR serves them from S3. */
  private createS3Endpoint(
    vpc: AwsVpc,
    { routeTableIds }: PrivateSubnets,
    { name, region }: VpcProps,
  ): VpcEndpoint {
    return new VpcEndpoint(this, "s3", {
      vpcId: vpc.id,
      vpcEndpointType: "Gateway",
      serviceName: `com.amazonaws.${region}.s3`,
      routeTableIds: Object.values(routeTableIds),
      tags: { Name: `${name}-s3` },
    });
  }
}

function rangesOf(
  kind: "public" | "private",
  { cidr, zones }: VpcProps,
): Record<string, string> {
  const subnets = Object.entries(subnetsOf(cidr, zones));
  return Object.fromEntries(
    subnets.map(([zone, ranges]) => [zone, ranges[kind]]),
  );
}
