import { NodeGroups } from "../../../modules/core/cluster/node-groups";
import { currentSettings } from "../../support/settings";
import { resourcesOf, synthOne } from "../../support/synth";

const others = synthOne((bare) => {
  const settings = currentSettings();
  const group = settings.cluster.nodeGroups.system;
  const batch = {
    ...group,
    labels: { pool: "batch" },
    taints: [
      { key: "pool", value: "batch", effect: "NoSchedule" as const },
      { key: "drain", effect: "PreferNoSchedule" as const },
      { key: "gone", effect: "NoExecute" as const },
    ],
  };
  const nodeGroups = { ...settings.cluster.nodeGroups, batch, gpuA10: group };
  new NodeGroups(bare, "nodes", {
    settings: { ...settings, cluster: { ...settings.cluster, nodeGroups } },
    clusterName: "wave-prod-eks",
    clusterSecurityGroupId: "sg-cluster",
    vpcId: "vpc-1",
    subnetIds: ["subnet-a"],
    dependsOn: [],
  });
});
const otherGroup = (id: string) =>
  Object.entries(resourcesOf(others, "aws_eks_node_group")).find(([name]) =>
    name.startsWith(`nodes_${id}_`),
  )?.[1];

test("any other group has the labels and taints of its settings, as EKS spells them", () => {
  expect(otherGroup("batch")).toMatchObject({
    labels: { pool: "batch" },
    taint: [
      { key: "pool", value: "batch", effect: "NO_SCHEDULE" },
      { key: "drain", effect: "PREFER_NO_SCHEDULE" },
      { key: "gone", effect: "NO_EXECUTE" },
    ],
  });
});

test("a group that asks for nothing has no label and no taint; its ids and its name are kebab-case", () => {
  const plain = otherGroup("gpu-a10");
  expect(plain).toMatchObject({ node_group_name_prefix: "wave-prod-gpu-a10-" });
  expect(plain).not.toHaveProperty("labels");
  expect(plain).not.toHaveProperty("taint");
});
