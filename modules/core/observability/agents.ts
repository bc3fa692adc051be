import { type Construct } from "constructs";
import { failedNodesAlarms } from "../../aws/cloudwatch/cluster-alarms";
import {
  CLOUDWATCH_OBSERVABILITY,
  containerLogGroups,
  createCloudwatchObservability,
} from "../../aws/eks/cloudwatch-observability";
import { type ServiceAccountRole } from "../../aws/iam/role-trust";
import { LogGroup } from "../../aws/logs/log-group";
import { type IdentityOutputs } from "../../contracts/identity";
import { type NetworkOutputs } from "../../contracts/network";
import { partitionOf } from "../../lib/aws-partition";
import { readPolicy } from "../../lib/policy";
import { clusterNameOf } from "../cluster/cluster";
import { systemNodes } from "../cluster/node-labels";
import { hasAgents, isCreatedCluster } from "../kinds";
import { type CoreSettings } from "../settings/schema";
import { createAlarms } from "./alarms";

/** Log groups of the agents by what is in them; none where no agents are ours. */
export const agentLogGroups = (
  settings: CoreSettings,
): Readonly<Record<string, string>> =>
  hasAgents(settings) ? containerLogGroups(clusterNameOf(settings)) : {};

/** Creates the log groups of the agents, before there are agents. */
export function createAgentLogs(
  scope: Construct,
  settings: CoreSettings,
  kmsKeyArn: string,
): void {
  for (const [what, name] of Object.entries(agentLogGroups(settings)))
    new LogGroup(scope, `${what}-logs`, {
      name,
      kmsKeyArn,
      retentionDays: settings.observability?.logRetentionDays,
    });
}

/** Role of the agents, as plain data: it writes into the log groups that are there, and makes none. Undefined without agents. */
export function agentRole(
  settings: CoreSettings,
): ServiceAccountRole | undefined {
  if (!hasAgents(settings)) return undefined;
  const { accountId, region } = settings;
  const { namespace, serviceAccount } = CLOUDWATCH_OBSERVABILITY;
  return {
    description: "CloudWatch agent and Fluent Bit.",
    trust: { kind: "service-account", namespace, serviceAccount },
    policy: readPolicy(
      "cloudwatch-observability/agent.json",
      partitionOf(region),
      {
        LOG_GROUP_ARNS: Object.values(agentLogGroups(settings)).flatMap(
          (name) => {
            const arn = `arn:aws:logs:${region}:${accountId}:log-group:${name}`;
            return [arn, `${arn}:*`];
          },
        ),
      },
    ),
  };
}

/** What the agents take from the other stacks. */
export interface AgentsInputs {
  readonly network: Pick<NetworkOutputs, "clusterName" | "alarmTopicArn">;
  readonly identity: Pick<IdentityOutputs, "cloudwatchAgentRoleArn">;
}

/**
 * Installs the agents, and watches what only agents tell of.
 *
 * @returns Version of the add-on that runs; undefined where it is not ours.
 */
export function createAgents(
  scope: Construct,
  settings: CoreSettings,
  { network, identity }: AgentsInputs,
): string | undefined {
  const { observability, cluster } = settings;
  if (observability === undefined || observability.addOn === "none")
    return undefined;
  const { clusterName } = network;
  createAlarms(
    scope,
    settings,
    network,
    "nodes",
    failedNodesAlarms(clusterName),
  );
  if (!hasAgents(settings)) return undefined;
  return createCloudwatchObservability(scope, "cloudwatch-observability", {
    clusterName,
    kubernetesVersion: cluster.version,
    version: isCreatedCluster(settings)
      ? settings.cluster.addOns.cloudwatchObservability
      : undefined,
    roleArn: identity.cloudwatchAgentRoleArn,
    nodeSelector: systemNodes(settings),
  }).version;
}
