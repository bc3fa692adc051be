import { Eip } from "@cdktf/provider-aws/lib/eip";
import { NatGateway as AwsNatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

/** Properties of `NatGateway`. */
export interface NatGatewayProps {
  /** Value of the Name tags. */
  readonly name: string;
  /** Public subnet it stands in. */
  readonly subnetId: string;
  /** Routes of the public subnets to the internet. They must outlive the address, or AWS does not detach the gateway. */
  readonly internetConnectivity: readonly ITerraformDependable[];
}

/** NAT gateway with a fixed public address. About $33 a month and $0.045 per GB in us-east-1. */
export class NatGateway extends Construct {
  /** Id of the gateway, `nat-…`. */
  readonly natGatewayId: string;

  constructor(scope: Construct, id: string, props: NatGatewayProps) {
    super(scope, id);
    const { name, subnetId, internetConnectivity } = props;
    const address = new Eip(this, "address", {
      domain: "vpc",
      tags: { Name: name },
      dependsOn: [...internetConnectivity],
    });
    const gateway = new AwsNatGateway(this, "Default", {
      allocationId: address.allocationId,
      subnetId,
      tags: { Name: name },
      dependsOn: [...internetConnectivity],
    });
    this.natGatewayId = gateway.id;
  }
}
