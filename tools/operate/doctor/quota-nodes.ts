import { EC2Client, paginateDescribeInstances } from "@aws-sdk/client-ec2";
import { clusterNameOf } from "../../../modules/core/cluster/cluster";
import { zonesOf } from "../../../modules/core/network-facts";
import { type Examined } from "./examined";
import { type InstanceType, describeTypes } from "./instance-types";
import { type Nodes, nodesOf } from "./nodes";
import { type Use } from "./quota-network";

/** Families that the quota "Running On-Demand Standard" counts, by their first letters up to the generation. */
const STANDARD = /^(a|c|d|h|i|m|r|t|z)[a-z]*\d/;
/** Begin with one of these letters, and have quotas of their own. */
const OF_THEIR_OWN = /^(dl|hpc|inf|trn|mac)\d?/;

const isStandard = (type: string): boolean =>
  STANDARD.test(type) && !OF_THEIR_OWN.test(type);

/** vCPUs of the nodes: those that start, one update of the largest group on top, and all groups at their largest. */
export function nodeUse(examined: Examined): Promise<Use[]> | undefined {
  const groups = nodesOf(examined.settings).filter(
    ({ isSpot, instanceTypes }) => !isSpot && instanceTypes.every(isStandard),
  );
  return groups.length === 0 ? undefined : usesOf(examined, groups);
}

async function usesOf(
  examined: Examined,
  groups: readonly Nodes[],
): Promise<Use[]> {
  const instances = await runningInstances(examined);
  const own = clusterNameOf(examined.settings);
  const foreign = instances.filter(({ cluster }) => cluster !== own);
  const types = await describeTypes(examined, [
    ...groups.flatMap(({ instanceTypes }) => instanceTypes),
    ...foreign.map(({ type }) => type),
  ]);
  const others = sum(foreign.map(({ type }) => cpusOf(types, type)));
  // EKS takes the first type that it can have; the largest is what it may take.
  const cpus = (group: Nodes): number =>
    Math.max(...group.instanceTypes.map((type) => cpusOf(types, type)));
  const needed = (nodes: (group: Nodes) => number): number =>
    sum(groups.map((group) => nodes(group) * cpus(group)));
  const start = needed(({ desiredSize }) => desiredSize);
  const most = needed(({ maxSize }) => maxSize);
  // "Understand each phase of node updates" of the EKS user guide: up to twice as many more as a group has zones.
  const zones = zonesOf(examined.settings).length;
  const surge = Math.max(...groups.map((group) => 2 * zones * cpus(group)));
  const orElse = "or choose fewer or smaller nodes";
  return [
    {
      path: "cluster.nodeGroups",
      needs: start,
      what: "nodes at their desiredSize",
      others,
      orElse,
      severity: "stops",
    },
    {
      path: "cluster.nodeGroups",
      needs: start + surge,
      what: `nodes at their desiredSize, and ${2 * zones} more while a group is updated`,
      others,
      orElse,
      severity: "know",
    },
    {
      path: "cluster.nodeGroups",
      needs: most,
      what: "all nodes at their maxSize",
      others,
      orElse,
      severity: "know",
    },
  ];
}

interface Running {
  readonly type: string;
  /** EKS cluster whose managed node it is. */
  readonly cluster: string | undefined;
}

async function runningInstances({ aws }: Examined): Promise<Running[]> {
  const running: Running[] = [];
  for await (const { Reservations = [] } of paginateDescribeInstances(
    { client: aws.client(EC2Client) },
    {
      Filters: [
        { Name: "instance-state-name", Values: ["pending", "running"] },
      ],
    },
  ))
    for (const { Instances = [] } of Reservations)
      for (const { InstanceType, InstanceLifecycle, Tags = [] } of Instances)
        if (InstanceLifecycle !== "spot" && isStandard(InstanceType ?? ""))
          running.push({
            type: InstanceType ?? "",
            cluster: Tags.find(({ Key }) => Key === "eks:cluster-name")?.Value,
          });
  return running;
}

const cpusOf = (types: readonly InstanceType[], name: string): number =>
  types.find(({ type }) => type === name)?.vCpus ?? 0;

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((all, one) => all + one, 0);
