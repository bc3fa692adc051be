import { DataAwsVpcEndpointService } from "@cdktf/provider-aws/lib/data-aws-vpc-endpoint-service";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { partitionOf } from "../../lib/aws-partition";
import { namesOf } from "../../lib/names";
import { type CoreSettings } from "../../core/settings/schema";

/** Properties of `InterfaceEndpoints`. */
export interface InterfaceEndpointsProps {
  readonly settings: CoreSettings;
  readonly vpcId: string;
  /** Private subnets: each gets a network interface of every endpoint. */
  readonly subnetIds: readonly string[];
}

/** Private addresses of AWS services inside the VPC. About $7.30 a month per service and zone (COST-L5). */
export class InterfaceEndpoints extends Construct {
  constructor(scope: Construct, id: string, props: InterfaceEndpointsProps) {
    super(scope, id);
    const group = this.createSecurityGroup(props);
    for (const service of props.settings.network.interfaceEndpoints)
      this.createEndpoint(service, group, props);
  }

  /** HTTPS from the VPC, and no way out (SEC-B14…B16). */
  private createSecurityGroup({
    settings,
    vpcId,
  }: InterfaceEndpointsProps): SecurityGroup {
    const name = namesOf(settings).of("endpoints");
    const group = new SecurityGroup(this, "security-group", {
      name,
      description: "Interface endpoints: HTTPS from the VPC.",
      vpcId,
      tags: { Name: name },
    });
    new VpcSecurityGroupIngressRule(this, "https-from-vpc", {
      securityGroupId: group.id,
      description: "HTTPS from the VPC.",
      cidrIpv4: settings.network.cidr,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    });
    return group;
  }

  private createEndpoint(
    service: string,
    group: SecurityGroup,
    { settings, vpcId, subnetIds }: InterfaceEndpointsProps,
  ): void {
    const id = service.replace(".", "-");
    new VpcEndpoint(this, id, {
      vpcId,
      vpcEndpointType: "Interface",
      serviceName: this.findService(`${id}-service`, service, settings.region),
      subnetIds: [...subnetIds],
      securityGroupIds: [group.id],
      privateDnsEnabled: true,
      tags: { Name: namesOf(settings).of(id) },
    });
  }

  /** `com.amazonaws.<region>.<service>`; in China some services start with `cn.com`, so they are looked up (DEC-17). */
  private findService(id: string, service: string, region: string): string {
    const name = `com.amazonaws.${region}.${service}`;
    if (partitionOf(region) !== "aws-cn") return name;
    return new DataAwsVpcEndpointService(this, id, {
      serviceType: "Interface",
      filter: [{ name: "service-name", values: [name, `cn.${name}`] }],
    }).serviceName;
  }
}
