import {
  autoscalingService,
  instancesOf,
} from "../../../../../tools/lab/aws/services/eks/scaling-groups";
import {
  type Clusters,
  type NodeGroup,
} from "../../../../../tools/lab/aws/services/eks/store";
import { xmlTexts } from "../../../../../tools/lab/aws/xml";
import { Client, errorOf, world } from "../../support";

const groupOf = (nodegroupName: string): NodeGroup => ({
  nodegroupName,
  nodegroupArn: "arn",
  version: "1.36",
  status: "ACTIVE",
  scalingConfig: { minSize: 0, desiredSize: 2, maxSize: 3 },
  labels: {},
  tags: {},
  rest: { subnets: ["subnet-a", "subnet-b"], instanceTypes: ["m5a.2xlarge"] },
});

let build: NodeGroup;
let scaling: Client;
beforeEach(() => {
  build = groupOf("build");
  const nodeGroups = new Map([
    ["build", build],
    ["system", groupOf("system")],
  ]);
  const cluster = { name: "wave", nodeGroups };
  scaling = new Client(
    autoscalingService(
      world,
      new Map([["wave", cluster]]) as unknown as Clusters,
    ),
  );
});

const mark = {
  "Tags.member.1.ResourceId": "eks-build",
  "Tags.member.1.ResourceType": "auto-scaling-group",
  "Tags.member.1.Key": "scaled",
  "Tags.member.1.Value": "wave",
};
const ours = {
  "Filters.member.1.Name": "tag:scaled",
  "Filters.member.1.Values.member.1": "wave",
};
const namesOf = async (filter: Record<string, string>) =>
  xmlTexts(
    await scaling.query("DescribeAutoScalingGroups", filter),
    "AutoScalingGroupName",
  );

test("a group is found by a tag of its own; by that of EKS all are", async () => {
  expect(await namesOf(ours)).toEqual([]);
  await scaling.query("CreateOrUpdateTags", mark);
  expect(await namesOf(ours)).toEqual(["eks-build"]);
  expect(
    await namesOf({
      "Filters.member.1.Name": "tag-key",
      "Filters.member.1.Values.member.1": "k8s.io/cluster-autoscaler/enabled",
    }),
  ).toEqual(["eks-build", "eks-system"]);
  await scaling.query("DeleteTags", mark);
  expect(await namesOf(ours)).toEqual([]);
});

test("a tag is read by group and key", async () => {
  await scaling.query("CreateOrUpdateTags", mark);
  const tags = await scaling.query("DescribeTags", {
    "Filters.member.1.Name": "auto-scaling-group",
    "Filters.member.1.Values.member.1": "eks-build",
    "Filters.member.2.Name": "key",
    "Filters.member.2.Values.member.1": "scaled",
  });
  expect(xmlTexts(tags, "Value")).toEqual(["wave"]);
});

test("sizes are those of the node group, within its bounds", async () => {
  await scaling.query("SetDesiredCapacity", {
    AutoScalingGroupName: "eks-build",
    DesiredCapacity: "3",
  });
  expect(build.scalingConfig.desiredSize).toBe(3);
  expect(
    await errorOf(() =>
      scaling.query("SetDesiredCapacity", {
        AutoScalingGroupName: "eks-build",
        DesiredCapacity: "4",
      }),
    ),
  ).toContain("ValidationError");
});

test("the instance that is ended goes, and no other", async () => {
  const [first, second] = instancesOf({ name: "wave" }, build);
  await scaling.query("TerminateInstanceInAutoScalingGroup", {
    InstanceId: first?.id ?? "",
    ShouldDecrementDesiredCapacity: "true",
  });
  expect(instancesOf({ name: "wave" }, build)).toEqual([second]);
  expect(build.scalingConfig.desiredSize).toBe(1);
});
