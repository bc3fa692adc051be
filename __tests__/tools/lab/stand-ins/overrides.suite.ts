import { dropNewer } from "../../../../tools/lab/stand-ins/overrides";

test("newer attributes are dropped by name, and nothing else", () => {
  expect(
    dropNewer({
      aws_eks_cluster: {
        cluster: { name: "wave", deletion_protection: true },
      },
      aws_s3_bucket: { logs: { bucket: "logs" } },
    }),
  ).toEqual({
    resource: { aws_eks_cluster: { cluster: { deletion_protection: null } } },
    dropped: ["aws_eks_cluster.deletion_protection"],
  });
});

test("a newer attribute inside a block is dropped with the block's others repeated", () => {
  const block = {
    enabled: true,
    max_parallel_nodes_repaired_count: 1,
    max_unhealthy_node_threshold_count: 2,
  };
  const { resource, dropped } = dropNewer({
    aws_eks_node_group: { system: { node_repair_config: block } },
  });
  expect(JSON.parse(JSON.stringify(resource))).toEqual({
    aws_eks_node_group: {
      system: { node_repair_config: [{ enabled: true }] },
    },
  });
  expect(dropped).toEqual([
    "aws_eks_node_group.node_repair_config.max_parallel_nodes_repaired_count",
    "aws_eks_node_group.node_repair_config.max_unhealthy_node_threshold_count",
  ]);
});
