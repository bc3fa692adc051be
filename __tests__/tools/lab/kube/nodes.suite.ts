import { type NodeGroup } from "../../../../tools/lab/aws/services/eks/store";
import { nodesOf, sizeOf } from "../../../../tools/lab/kube/nodes";

const group = (change: Partial<NodeGroup> = {}): NodeGroup => ({
  nodegroupName: "build",
  nodegroupArn: "arn",
  version: "1.36",
  status: "ACTIVE",
  scalingConfig: { minSize: 1, desiredSize: 2, maxSize: 3 },
  labels: { service: "wave-build" },
  tags: {},
  rest: {
    subnets: ["subnet-a", "subnet-b"],
    instanceTypes: ["m5a.2xlarge"],
    taints: [{ key: "build", value: "yes", effect: "PREFER_NO_SCHEDULE" }],
  },
  ...change,
});

test("a node group is as many nodes as it wants, with its labels and taints", () => {
  const nodes = nodesOf({ name: "wave" }, group());
  expect(nodes.map(({ metadata }) => metadata.name)).toEqual([
    "wave-build-1",
    "wave-build-2",
  ]);
  expect(nodes[1]).toMatchObject({
    metadata: {
      labels: {
        service: "wave-build",
        "eks.amazonaws.com/nodegroup": "build",
        "topology.kubernetes.io/zone": "zone-2",
      },
    },
    spec: {
      taints: [{ key: "build", value: "yes", effect: "PreferNoSchedule" }],
    },
  });
});

test("a group that failed has no node", () => {
  const failed = group({ status: "CREATE_FAILED" });
  expect(nodesOf({ name: "wave" }, failed)).toEqual([]);
});

test.each([
  ["m5a.2xlarge", { cpu: "8", memory: "29491Mi" }],
  ["c5.xlarge", { cpu: "4", memory: "7372Mi" }],
  ["r5.large", { cpu: "2", memory: "14745Mi" }],
])("%s offers %j", (type, allocatable) => {
  expect(sizeOf(type)).toMatchObject({ allocatable });
});
