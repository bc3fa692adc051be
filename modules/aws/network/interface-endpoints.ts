import { DataAwsVpcEndpointService } from "@cdktf/provider-aws/lib/data-aws-vpc-endpoint-service";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { partitionOf } from "../../lib/aws-partition";

/** Properties of `InterfaceEndpoints`. */
export interface InterfaceEndpointsProps {
  /** First part of the names of endpoints and security group. */
  readonly name: string;
  /** Region, such as `eu-central-1`. */
  readonly region: string;
  readonly vpcId: string;
  /** Range of the VPC: HTTPS is open to it. */
  readonly vpcCidr: string;
  /**
   * Second range of the VPC, from which pods have their addresses: HTTPS is open to it too.
   * @default none
   */
  readonly podCidr?: string;
  /** Subnets, one per zone: each gets a network interface of every endpoint. AWS does not move one to another subnet of its zone. */
  readonly subnetIds: readonly string[];
  /** Services by the end of their name, such as `ecr.api`. */
  readonly services: readonly string[];
}

/** Private addresses of AWS services inside the VPC. About $7.30 a month per service and zone. */
export class InterfaceEndpoints extends Construct {
  /** For those who have no other way to the services. */
  readonly resources: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: InterfaceEndpointsProps) {
    super(scope, id);
    const group = this.createSecurityGroup(props);
    const rules = this.admitVpc(group, props);
    const endpoints = props.services.map((service) =>
      this.createEndpoint(service, group, props),
    );
    this.resources = [...rules, ...endpoints];
  }

  /** HTTPS from the VPC, and no way out. */
  private createSecurityGroup(props: InterfaceEndpointsProps): SecurityGroup {
    const name = `${props.name}-endpoints`;
    return new SecurityGroup(this, "security-group", {
      name,
      description: "Interface endpoints: HTTPS from the VPC.",
      vpcId: props.vpcId,
      tags: { Name: name },
    });
  }

  private admitVpc(
    group: SecurityGroup,
    { name, vpcCidr, podCidr }: InterfaceEndpointsProps,
  ): VpcSecurityGroupIngressRule[] {
    const admit = (id: string, from: string, cidrIpv4: string) =>
      new VpcSecurityGroupIngressRule(this, id, {
        securityGroupId: group.id,
        description: `HTTPS from ${from}.`,
        cidrIpv4,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        tags: { Name: `${name}-endpoints` },
      });
    return [
      admit("https-from-vpc", "the VPC", vpcCidr),
      ...(podCidr === undefined
        ? []
        : [admit("https-from-pods", "pods", podCidr)]),
    ];
  }

  private createEndpoint(
    service: string,
    group: SecurityGroup,
    { name, region, vpcId, subnetIds }: InterfaceEndpointsProps,
  ): VpcEndpoint {
    const id = service.replace(".", "-");
    return new VpcEndpoint(this, id, {
      vpcId,
      vpcEndpointType: "Interface",
      serviceName: this.findService(`${id}-service`, service, region),
      subnetIds: [...subnetIds],
      securityGroupIds: [group.id],
      privateDnsEnabled: true,
      tags: { Name: `${name}-${id}` },
    });
  }

  /** `com.amazonaws.<region>.<service>`; in China some services start with `cn.com`, so they are looked up. */
  private findService(id: string, service: string, region: string): string {
    const name = `com.amazonaws.${region}.${service}`;
    if (partitionOf(region) !== "aws-cn") return name;
    return new DataAwsVpcEndpointService(this, id, {
      serviceType: "Interface",
      filter: [{ name: "service-name", values: [name, `cn.${name}`] }],
    }).serviceName;
  }
}
