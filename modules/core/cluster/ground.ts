import { type Construct } from "constructs";
import { clusterLogGroupName } from "../../aws/eks/eks-cluster";
import { KmsKey } from "../../aws/kms/kms-key";
import { flowLogGroupName } from "../../aws/network/flow-log";
import { namesOf } from "../../lib/names";
import { type PlatformNeeds } from "../facts";
import { agentLogGroups, createAgentLogs } from "../observability/agents";
import {
  type ExistingNetworkSettings,
  hasAgents,
  isCreatedCluster,
  isCreatedNetwork,
  isExistingCluster,
  isExistingNetwork,
} from "../kinds";
import { type CoreSettings } from "../settings/schema";
import { type ClusterFields, clusterNameOf, createCluster } from "./cluster";
import { readCluster } from "./existing-cluster";
import { readVpc } from "./existing-vpc";
import { createNodes } from "./nodes";
import { type OwnNodes, createOwnNodes } from "./own-nodes";
import { type ClusterNetwork, createVpc } from "./vpc";

/** What the other stacks stand on. */
export interface Ground extends OwnNodes {
  readonly vpc: ClusterNetwork["vpc"];
  readonly cluster: ClusterFields;
}

/** What the platforms ask of it. */
export interface GroundInputs {
  readonly needs: PlatformNeeds;
  /** Ports of registries that builds reach, besides 80 and 443. */
  readonly buildPorts: readonly number[];
}

/** VPC, cluster and nodes: made, or read where they exist. A cluster that exists stands in a VPC that exists. */
export function createGround(
  scope: Construct,
  settings: CoreSettings,
  { needs, buildPorts }: GroundInputs,
): Ground {
  if (isExistingCluster(settings) && isExistingNetwork(settings)) {
    const { vpc } = readVpc(scope, settings);
    const cluster = readCluster(scope, settings);
    if (hasAgents(settings))
      createAgentLogs(scope, settings, createLogsKey(scope, settings).arn);
    const own = createOwnNodes(scope, settings, { vpc, cluster, buildPorts });
    return { vpc, cluster, ...own };
  }
  if (!isCreatedCluster(settings))
    throw new Error("A cluster that exists is not in a VPC that is made here.");
  const logsKeyArn = createLogsKey(scope, settings).arn;
  createAgentLogs(scope, settings, logsKeyArn);
  const { vpc, connectivity } = isCreatedNetwork(settings)
    ? createVpc(scope, settings, { needs, logsKeyArn })
    : readVpc(scope, settings as CoreSettings as ExistingNetworkSettings);
  const cluster = createCluster(scope, settings, {
    subnetIds: Object.values(vpc.privateSubnetIds),
    logsKeyArn,
  });
  const { nodes, addOnVersions } = createNodes(scope, settings, {
    vpc,
    connectivity,
    cluster,
    buildPorts,
  });
  const { buildSecurityGroupId } = nodes;
  return { vpc, cluster, buildSecurityGroupId, addOnVersions };
}

/** Key of the logs of what is made here. */
function createLogsKey(scope: Construct, settings: CoreSettings): KmsKey {
  const names = namesOf(settings);
  const groups = {
    ...(isCreatedCluster(settings) && {
      "of the control plane": [clusterLogGroupName(clusterNameOf(settings))],
    }),
    ...(isCreatedNetwork(settings) && {
      "of the VPC": [flowLogGroupName(names.prefix)],
    }),
    ...(hasAgents(settings) && {
      "of pods and nodes": Object.values(agentLogGroups(settings)),
    }),
  };
  const whose = Object.keys(groups);
  const last = whose.pop() ?? "";
  return new KmsKey(scope, "logs-key", {
    name: names.of("logs"),
    description: `Logs ${[whose.join(", "), last].filter(Boolean).join(" and ")}.`,
    accountId: settings.accountId,
    region: settings.region,
    retain: settings.retain,
    logGroupNames: Object.values(groups).flat(),
  });
}
