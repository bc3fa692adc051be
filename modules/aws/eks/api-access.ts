import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";

/** Properties of `ApiAccess`. */
export interface ApiAccessProps {
  /** Name tag of the rules. */
  readonly name: string;
  /** The cluster's security group, which EKS makes and which guards the private endpoint. */
  readonly securityGroupId: string;
  /**
   * IPv4 ranges that may connect, each once.
   * @default none
   */
  readonly cidrs?: readonly string[];
  /**
   * Security groups that may connect, each once: of this VPC, or of a peered one. `<account>/sg-…` for another account.
   * @default none
   */
  readonly securityGroups?: readonly string[];
}

/** Port of the Kubernetes API. */
const API_PORT = 443;

/**
 * Who reaches the private endpoint of the Kubernetes API: the group that EKS makes admits only its own members, nodes and
 * pods ("Cluster API server endpoint" of the EKS user guide).
 */
export class ApiAccess extends Construct {
  constructor(scope: Construct, id: string, props: ApiAccessProps) {
    super(scope, id);
    const { cidrs = [], securityGroups = [] } = props;
    for (const cidr of cidrs)
      this.admit(cidr.replace(/[./]/g, "-"), { cidrIpv4: cidr }, props);
    for (const group of securityGroups)
      this.admit(
        group.replace("/", "-"),
        { referencedSecurityGroupId: group },
        props,
      );
  }

  private admit(
    id: string,
    source: { cidrIpv4: string } | { referencedSecurityGroupId: string },
    { name, securityGroupId }: ApiAccessProps,
  ): void {
    new VpcSecurityGroupIngressRule(this, `from-${id}`, {
      ...source,
      securityGroupId,
      description: "Kubernetes API",
      ipProtocol: "tcp",
      fromPort: API_PORT,
      toPort: API_PORT,
      tags: { Name: name },
    });
  }
}
