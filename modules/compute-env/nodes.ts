import { type Construct } from "constructs";
import { isIPv4 } from "node:net";
import { type NetworkOutputs } from "../contracts/network";
import {
  type PlatformNodes,
  createPlatformNodes,
} from "../core/cluster/platform-nodes";
import { networkFactsOf } from "../core/network-facts";
import { FUSE_MOUNTS, FUSE_RESOURCE } from "../kubernetes/fuse-plugin";
import { hasFusePlugin } from "./facts";
import { portOf } from "../core/registries";
import { COMPUTE_GROUP, COMPUTE_NODES } from "./names";
import { type ComputeEnvSettings } from "./settings/schema";

/** Toleration of a pod, as Kubernetes has it. */
export interface Toleration {
  readonly key?: string | undefined;
  readonly operator: "Equal" | "Exists";
  readonly value?: string | undefined;
  readonly effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute" | undefined;
}

/** Labels of the nodes that head pods and tasks run on; none: any node. */
export const nodeSelectorOf = ({
  computeEnv: { nodes },
}: ComputeEnvSettings): Readonly<Record<string, string>> =>
  nodes.kind === "existing"
    ? nodes.nodeSelector
    : { [COMPUTE_NODES.key]: COMPUTE_NODES.value };

/** What these nodes' taints ask of head pods and tasks. */
export const tolerationsOf = ({
  computeEnv: { nodes },
}: ComputeEnvSettings): readonly Toleration[] =>
  nodes.kind === "existing"
    ? nodes.tolerations
    : [{ ...COMPUTE_NODES, operator: "Equal", effect: "NoSchedule" }];

/** The nodes that are made here; nothing where they are given. Storage that is not made here has to admit their group. */
export type ComputeNodes = Partial<PlatformNodes>;

/** What the nodes stand on. */
export interface ComputeNodesInputs {
  readonly settings: ComputeEnvSettings;
  readonly network: NetworkOutputs;
}

/** The node group of pipelines, from 0 nodes with an autoscaler. */
export function createComputeNodes(
  scope: Construct,
  { settings, network }: ComputeNodesInputs,
): ComputeNodes {
  const { egress, images, nodes } = settings.computeEnv;
  if (nodes.kind === "existing") return {};
  return createPlatformNodes(scope, {
    settings,
    network,
    name: COMPUTE_GROUP,
    description: "Nodes that pipelines run on",
    label: COMPUTE_NODES,
    nodes: hasFusePlugin(settings)
      ? { ...nodes, pluginResources: { [FUSE_RESOURCE]: FUSE_MOUNTS } }
      : nodes,
    ...storageAccess(settings),
    ports: [...egress.ports, ...Object.values(images).flatMap(portOf)],
  });
}

/** Where an NFS server that has a name may be: networks are joined by private ranges (RFC 1918, RFC 6598). */
const PRIVATE = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
];

/** Where storage answers. What a given claim speaks is not known: FSx for Lustre, for example, has ports of its own. */
function storageAccess(settings: ComputeEnvSettings): {
  fileCidrs: readonly string[];
  filePorts?: readonly [number, number];
} {
  const { storage } = settings.computeEnv;
  const { privateCidrs, vpcCidrs } = networkFactsOf(settings);
  switch (storage.kind) {
    case "efs":
      return { fileCidrs: Object.values(privateCidrs) };
    case "fusion":
      return { fileCidrs: [] };
    case "nfs":
      return {
        fileCidrs: isIPv4(storage.server)
          ? [`${storage.server}/32`]
          : [...new Set([...vpcCidrs, ...PRIVATE])],
      };
    case "claim":
      return { fileCidrs: vpcCidrs, filePorts: [1, 65535] };
  }
}
