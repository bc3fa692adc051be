import { type Graph, type Subject } from "../../audit/graph";
import { first, isScaled, numberOf, referred } from "../../audit/reading";
import { type Item } from "./items";

/**
 * Nodes of a managed group with their disks. The ones that always stand are counted: all that are wanted, or with the
 * autoscaler the fewest; one more costs by the hour.
 */
export function groupItems(group: Subject, graph: Graph): Item[] {
  const { body } = group;
  const name = String(body.node_group_name_prefix ?? body.node_group_name);
  const type = String(first(body, "instance_types"));
  const size = (key: string): number =>
    numberOf(first(body, `scaling_config.${key}`));
  const scaled = isScaled(graph, group);
  const standing = scaled ? size("min_size") : size("desired_size");
  const one = oneNode(name.replace(/-$/, ""), type, diskOf(group, graph), body);
  return [
    ...(standing > 0 ? one(standing) : []),
    ...(scaled && size("max_size") > standing
      ? one(1).map((item) => ({ ...item, scaled: true }))
      : []),
  ];
}

const oneNode =
  (name: string, type: string, disk: number, body: Subject["body"]) =>
  (nodes: number): Item[] => [
    {
      part: "nodes",
      what: `nodes ${name}, ${type}`,
      price: `ec2.${type}`,
      quantity: nodes,
      ...(body.capacity_type === "SPOT" && {
        assumption: `Nodes ${name} are SPOT: their price changes by the hour, and the one on demand is counted.`,
      }),
    },
    {
      part: "nodes",
      what: `disks of ${name}, gp3`,
      price: "ebs.gp3",
      quantity: nodes * disk,
      measure: "GB",
    },
  ];

const diskOf = (group: Subject, graph: Graph): number =>
  referred(graph, group, "launch_template.id", "aws_launch_template").reduce(
    (sum, { body }) =>
      sum + numberOf(first(body, "block_device_mappings.ebs.volume_size")),
    0,
  );
