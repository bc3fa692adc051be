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
  /** The cluster's group, which may connect: pods and nodes that no group of their own parts from it. */
  readonly sourceSecurityGroupId: string;
  /**
   * Group of the build nodes, which may connect too.
   * @default the cluster's only
   */
  readonly buildSecurityGroupId?: string;
  /**
   * Further groups whose members may connect, such as that of nodes which do not carry the cluster's.
   * @default none
   */
  readonly clientSecurityGroupIds?: readonly string[];
  /**
   * Groups of nodes that this project makes beside those of builds, by what they are: `{ "compute-nodes": … }`.
   * @default none
   */
  readonly nodeSecurityGroupIds?: Readonly<Record<string, string>>;
}

/**
 * Lets the cluster in on one port, build nodes and further clients where they are named, and nothing out: groups are stateful, so answers need no rule. The provider
 * removes the open egress rule that AWS adds to a new group.
 */
export class StoreSecurityGroup extends Construct {
  readonly securityGroupId: string;
  /** What lets clients in, for `dependsOn`. */
  readonly rules: VpcSecurityGroupIngressRule[] = [];

  constructor(scope: Construct, id: string, props: StoreSecurityGroupProps) {
    super(scope, id);
    const { name, description, vpcId } = props;
    const group = new SecurityGroup(this, "Default", {
      name,
      description,
      vpcId,
      tags: { Name: name },
    });
    this.securityGroupId = group.id;
    this.admit("from-cluster", "Nodes and pods of the cluster", {
      ...props,
      source: props.sourceSecurityGroupId,
    });
    if (props.buildSecurityGroupId !== undefined)
      this.admit("from-build-nodes", "Nodes that builds run on", {
        ...props,
        source: props.buildSecurityGroupId,
      });
    for (const source of props.clientSecurityGroupIds ?? [])
      this.admit(`from-${source}`, "Nodes with a group of their own", {
        ...props,
        source,
      });
    for (const [nodes, source] of Object.entries(
      props.nodeSecurityGroupIds ?? {},
    ))
      this.admit(`from-${nodes}`, "Nodes with a group of their own", {
        ...props,
        source,
      });
  }

  private admit(
    id: string,
    description: string,
    { name, port, source }: StoreSecurityGroupProps & { source: string },
  ): void {
    const rule = new VpcSecurityGroupIngressRule(this, id, {
      securityGroupId: this.securityGroupId,
      description,
      referencedSecurityGroupId: source,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      tags: { Name: name },
    });
    this.rules.push(rule);
  }
}
