import { AGENT_REQUESTS } from "../../aws/eks/cloudwatch-observability";
import { sizeOf } from "../../lib/instance-type";
import { hasAgents } from "../kinds";
import { type CoreSettings } from "../settings/schema";

/** The kubelet's reserve ("Reserved resources" of the EKS user guide), and what runs on every node anyhow. */
const KEPT = { memoryMi: 1024, cpu: 300 };

/** What a node keeps for itself, with the agents of CloudWatch where they are ours. */
export const keptOf = (
  settings: Pick<CoreSettings, "observability">,
): typeof KEPT =>
  hasAgents(settings)
    ? {
        memoryMi: KEPT.memoryMi + AGENT_REQUESTS.memoryMi,
        cpu: KEPT.cpu + AGENT_REQUESTS.cpu,
      }
    : KEPT;

/** The controllers, CoreDNS and the metrics server, on all system nodes together. */
export const CONTROLLERS_MI = 1536;

/** Group of the system nodes. */
export const SYSTEM_GROUP = "cluster.nodeGroups.system";

/** What a pod can have on the smallest instance the group may start; undefined when a type is not known, or the nodes are not ours. */
export function roomOfNode({
  cluster,
  observability,
}: Pick<CoreSettings, "cluster" | "observability">) {
  const kept = keptOf({ observability });
  const { system } = cluster.nodeGroups;
  if (system === undefined) return undefined;
  const sizes = system.instanceTypes.map(sizeOf);
  const known = sizes.filter((size) => size !== undefined);
  if (known.length < sizes.length || known.length === 0) return undefined;
  return {
    memoryMi:
      Math.min(...known.map(({ memoryMi }) => memoryMi)) - kept.memoryMi,
    cpu: Math.min(...known.map(({ cpus }) => cpus)) * 1000 - kept.cpu,
  };
}

/** System nodes that run; none where they are not ours. */
export const systemSize = ({
  cluster,
}: Pick<CoreSettings, "cluster">): number =>
  cluster.nodeGroups.system?.desiredSize ?? 0;
