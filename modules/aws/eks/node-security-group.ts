import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

/** Properties of `NodeSecurityGroup`. */
export interface NodeSecurityGroupProps {
  /** Name of the group, and Name tag of group and rules. */
  readonly name: string;
  /** What the nodes are for. AWS cannot change it later. */
  readonly description: string;
  readonly vpcId: string;
  /** The group that EKS makes: control plane and all other nodes, CoreDNS among their pods. */
  readonly clusterSecurityGroupId: string;
  /** Ranges in which file systems (NFS) answer: those of the private subnets, or the VPC's. */
  readonly fileCidrs: readonly string[];
  /**
   * TCP ports at which they answer, the first and the last.
   * @default 2049, NFS
   */
  readonly filePorts?: readonly [number, number];
  /**
   * Groups of nodes that do not have the cluster's group, where CoreDNS and the metrics server may run, each once.
   * @default all other nodes have the cluster's group
   */
  readonly otherNodesSecurityGroupIds?: readonly string[];
  /**
   * TCP ports that nodes and pods reach at any address: registries, AWS services and the Kubernetes API.
   * @default 80 and 443
   */
  readonly webPorts?: readonly number[];
}

/** Ports of EKS: "View Amazon EKS security group requirements" of its user guide. */
const API = 443;
const KUBELET = 10250;
const DNS = 53;
const NFS = 2049;

type Source = { cidrIpv4: string } | { referencedSecurityGroupId: string };

/**
 * Group of nodes whose pods run what users write. Nodes that have it by their launch template do not get the cluster's group:
 * what admits that one, stores and pods of other nodes, does not admit them. The control plane reaches their kubelet; they reach
 * the Kubernetes API, CoreDNS, file systems that admit the group, and the web. Instance metadata, time, and the VPC's resolver
 * pass every group ("Security groups" of the VPC user guide).
 */
export class NodeSecurityGroup extends Construct {
  readonly securityGroupId: string;
  /** Nodes depend on these: without a rule they can neither join nor be drained. */
  readonly rules: ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, props: NodeSecurityGroupProps) {
    super(scope, id);
    const { name, description, vpcId } = props;
    this.securityGroupId = new SecurityGroup(this, "Default", {
      name,
      description,
      vpcId,
      tags: { Name: name },
    }).id;
    this.joinCluster(props);
    this.letOut(props);
  }

  /** Both ways between these nodes and the groups of the others. Those let everything out, as EKS makes the cluster's. */
  private joinCluster({
    name,
    clusterSecurityGroupId,
    otherNodesSecurityGroupIds = [],
  }: NodeSecurityGroupProps): void {
    const kubelet = "Kubelet, from control plane and metrics server";
    const api = "Kubernetes API, for these nodes";
    const dns = "CoreDNS, for these nodes";
    const own = this.securityGroupId;
    const join = (group: string, end: string) => {
      this.into(`kubelet${end}`, own, group, portOf(name, kubelet, KUBELET));
      if (group === clusterSecurityGroupId)
        this.into("api", group, own, portOf(name, api, API));
      this.into(`dns-tcp${end}`, group, own, portOf(name, dns, DNS));
      this.into(`dns-udp${end}`, group, own, portOf(name, dns, DNS, true));
      const target = { referencedSecurityGroupId: group };
      this.out(`to-dns-tcp${end}`, target, portOf(name, "CoreDNS", DNS));
      this.out(`to-dns-udp${end}`, target, portOf(name, "CoreDNS", DNS, true));
    };
    join(clusterSecurityGroupId, "");
    for (const group of otherNodesSecurityGroupIds) join(group, `-${group}`);
  }

  private letOut({
    name,
    fileCidrs,
    filePorts: [fromPort, toPort] = [NFS, NFS],
    webPorts = [80, API],
  }: NodeSecurityGroupProps): void {
    for (const cidrIpv4 of fileCidrs)
      this.out(
        `to-files-${cidrIpv4.replace(/[./]/g, "-")}`,
        { cidrIpv4 },
        { ...portOf(name, "File systems", fromPort), toPort },
      );
    for (const port of webPorts)
      this.out(
        `to-web-${port}`,
        { cidrIpv4: "0.0.0.0/0" },
        portOf(name, "Registries, AWS services, Kubernetes API", port),
      );
  }

  private into(
    id: string,
    securityGroupId: string,
    referencedSecurityGroupId: string,
    rule: ReturnType<typeof portOf>,
  ): void {
    this.rules.push(
      new VpcSecurityGroupIngressRule(this, id, {
        ...rule,
        securityGroupId,
        referencedSecurityGroupId,
      }),
    );
  }

  private out(
    id: string,
    target: Source,
    rule: ReturnType<typeof portOf>,
  ): void {
    const { securityGroupId } = this;
    this.rules.push(
      new VpcSecurityGroupEgressRule(this, id, {
        ...rule,
        ...target,
        securityGroupId,
      }),
    );
  }
}

const portOf = (
  name: string,
  description: string,
  port: number,
  isUdp = false,
) => ({
  description,
  ipProtocol: isUdp ? "udp" : "tcp",
  fromPort: port,
  toPort: port,
  tags: { Name: name },
});
