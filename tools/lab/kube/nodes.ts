import { instancesOf } from "../aws/services/eks/scaling-groups";
import {
  type Cluster,
  type Clusters,
  type NodeGroup,
} from "../aws/services/eks/store";
import { sleep } from "../system/process";
import { type KubeApi } from "./api";

interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

/** A node as the API takes it. */
export interface LabNode {
  readonly metadata: {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly providerID: string;
    readonly taints: readonly Taint[];
  };
  readonly [field: string]: unknown;
}

/** Nodes of a group: as many as it wants, in the zones of its subnets by turns. None of a group that failed. */
export function nodesOf(
  cluster: Pick<Cluster, "name">,
  group: NodeGroup,
): LabNode[] {
  const { instanceTypes = [], taints = [] } = group.rest;
  return instancesOf(cluster, group).map(({ id, node: name, zone }) => ({
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      labels: {
        ...group.labels,
        "eks.amazonaws.com/nodegroup": group.nodegroupName,
        "kubernetes.io/arch": "amd64",
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "topology.kubernetes.io/zone": zone,
      },
    },
    spec: {
      providerID: `aws:///${zone}/${id}`,
      taints: (taints as Taint[]).map(taintOf),
    },
    status: sizeOf((instanceTypes as string[])[0] ?? ""),
  }));
}

/** `NO_SCHEDULE` of EKS → `NoSchedule`. */
const taintOf = ({ key, value, effect }: Taint): Taint => ({
  key,
  ...(value !== undefined && { value }),
  effect: effect
    .toLowerCase()
    .replace(/(?:^|_)([a-z])/g, (_dash, letter: string) =>
      letter.toUpperCase(),
    ),
});

/** GiB for each processor, by the first letter of an instance type. */
const memoryRatio: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8 };

/** What pods can use of `m5a.2xlarge`: 8 processors and, as kubelet and system take their part, nine tenths of 32 GiB. */
export function sizeOf(instanceType: string): object {
  const [family = "", size = ""] = instanceType.split(".");
  const factor = Number(/^(\d+)xlarge$/.exec(size)?.[1] ?? 1);
  const cpu = /xlarge$/.test(size) ? 4 * factor : 2;
  const memory = cpu * (memoryRatio[family.charAt(0)] ?? 4);
  const resources = {
    cpu: String(cpu),
    memory: `${Math.floor(memory * 0.9 * 1024)}Mi`,
    pods: "58",
  };
  return { capacity: resources, allocatable: resources };
}

/** Nodes that the groups of a cluster want, by name. */
const wantedNodes = (cluster: Cluster | undefined): Map<string, LabNode> =>
  new Map(
    [...(cluster?.nodeGroups.values() ?? [])]
      .flatMap((group) => nodesOf({ name: cluster?.name ?? "" }, group))
      .map((node) => [node.metadata.name, node]),
  );

const path = "/api/v1/nodes";

/** Makes the nodes those of the node groups of a cluster, and again whenever a group changes; until this process ends. */
export async function followNodeGroups(
  api: KubeApi,
  clusters: Clusters,
  name: string,
): Promise<never> {
  const known = new Map<string, string>();
  for (;;) {
    await align(api, wantedNodes(clusters.get(name)), known).catch(
      (error: unknown) => {
        console.error(error);
      },
    );
    await sleep(300);
  }
}

async function align(
  api: KubeApi,
  wanted: ReadonlyMap<string, LabNode>,
  known: Map<string, string>,
): Promise<void> {
  for (const [name, node] of wanted) {
    const text = JSON.stringify(node);
    if (known.get(name) === text) continue;
    if (known.has(name)) await api.call("DELETE", `${path}/${name}`);
    await api.call("POST", path, node);
    known.set(name, text);
  }
  for (const name of known.keys()) {
    if (wanted.has(name)) continue;
    await api.call("DELETE", `${path}/${name}`);
    known.delete(name);
  }
}
