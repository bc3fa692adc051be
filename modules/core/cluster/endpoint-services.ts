import { type PlatformNeeds } from "../facts";
import { type CreatedNetworkSettings, hasAgents } from "../kinds";
import { hasAutoscaler } from "./autoscaled-groups";

/**
 * What nodes call: the agents and the image credentials of an EKS node, and its CNI ("Deploy private clusters with limited
 * internet access", EKS user guide).
 */
const OF_NODES = ["ec2", "ecr.api", "ecr.dkr", "eks", "eks-auth"];

/** What the load-balancer controller calls; the certificate is named, and support of AWS WAF is off. */
const OF_LOAD_BALANCERS = ["sts", "ec2", "elasticloadbalancing"];

/** What the EFS CSI driver calls. */
const OF_FILES = ["sts", "elasticfilesystem", "logs"];

/** What the Cluster Autoscaler calls. */
const OF_AUTOSCALER = ["sts", "autoscaling", "ec2", "eks"];

/** What the agents of CloudWatch call: metrics go with the logs, and nothing to `monitoring`. */
const OF_AGENTS = ["sts", "ec2", "logs"];

/** What agents with these policies of AWS on the nodes' role call. */
const OF_NODE_POLICIES: Readonly<Record<string, readonly string[]>> = {
  AmazonSSMManagedInstanceCore: ["ssm", "ssmmessages", "ec2messages"],
  CloudWatchAgentServerPolicy: ["logs", "monitoring"],
};

/**
 * Services that have an interface endpoint, as the ends of their names: those of the settings, and without internet all that
 * nodes, controllers and platforms call. S3 is not among them: its gateway endpoint is always there.
 */
export function endpointServices(
  settings: CreatedNetworkSettings,
  needs: PlatformNeeds,
): string[] {
  const { network, cluster } = settings;
  if (network.internet) return [...network.interfaceEndpoints];
  const ofNodePolicies = cluster.nodePolicyArns.flatMap(
    (arn) => OF_NODE_POLICIES[arn.replace(/^.*\//, "")] ?? [],
  );
  return [
    ...new Set([
      ...OF_NODES,
      ...OF_LOAD_BALANCERS,
      ...(needs.efs ? OF_FILES : []),
      ...(hasAutoscaler(settings, needs) ? OF_AUTOSCALER : []),
      ...(hasAgents(settings) ? OF_AGENTS : []),
      ...needs.services,
      ...ofNodePolicies,
      ...network.interfaceEndpoints,
    ]),
  ];
}
