import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";

/** Properties of `StoreSecurityGroup`. */
export interface StoreSecurityGroupProps {
  /** Name of the group, and value of the Name tag. */
  readonly name: string;
  /** What the group guards. AWS cannot change it later. */
  readonly description: string;
  readonly vpcId: string;
  /** The one TCP port that is open. */
  readonly port: number;
  /** The one group that may connect: the cluster's. */
  readonly sourceSecurityGroupId: string;
}

/**
 * Lets the cluster in on one port and nothing out: groups are stateful, so answers need no rule. The provider
 * removes the open egress rule that AWS adds to a new group.
 */
export class StoreSecurityGroup extends Construct {
  readonly securityGroupId: string;

  constructor(scope: Construct, id: string, props: StoreSecurityGroupProps) {
    super(scope, id);
    const { name, description, vpcId, port, sourceSecurityGroupId } = props;
    const group = new SecurityGroup(this, "Default", {
      name,
      description,
      vpcId,
      tags: { Name: name },
    });
    new VpcSecurityGroupIngressRule(this, "from-cluster", {
      securityGroupId: group.id,
      description: "Nodes and pods of the cluster",
      referencedSecurityGroupId: sourceSecurityGroupId,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      tags: { Name: name },
    });
    this.securityGroupId = group.id;
  }
}
