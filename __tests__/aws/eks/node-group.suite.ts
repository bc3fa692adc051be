import {
  NodeGroup,
  type NodeGroupProps,
} from "../../../modules/aws/eks/node-group";
import { releaseParameter } from "../../../modules/aws/eks/image-release";
import { createNodeRole } from "../../../modules/aws/eks/node-role";
import { onlyResource, resourcesOf, synthOne } from "../../support/synth";

const props: NodeGroupProps = {
  name: "lab",
  clusterName: "lab",
  version: "1.36",
  nodeRoleArn: "arn:aws:iam::123456789012:role/node",
  subnetIds: ["subnet-a", "subnet-b"],
  instanceTypes: ["m6i.large"],
  minSize: 1,
  desiredSize: 2,
  maxSize: 3,
};
const stackOf = (change: Partial<NodeGroupProps> = {}) =>
  synthOne((stack) => new NodeGroup(stack, "nodes", { ...props, ...change }));
const groupOf = (change: Partial<NodeGroupProps> = {}) =>
  onlyResource(stackOf(change), "aws_eks_node_group");
const templateOf = (change: Partial<NodeGroupProps> = {}) =>
  onlyResource(stackOf(change), "aws_launch_template");

test("the defaults: Amazon Linux 2023 on 100 GiB, no label, no taint, the Name tag", () => {
  const group = groupOf();
  expect(group).toMatchObject({
    ami_type: "AL2023_x86_64_STANDARD",
    instance_types: ["m6i.large"],
    scaling_config: { min_size: 1, desired_size: 2, max_size: 3 },
    tags: { Name: "lab" },
  });
  for (const key of ["labels", "taint", "release_version"])
    expect(group).not.toHaveProperty(key);
  expect(templateOf()).toMatchObject({
    block_device_mappings: [
      {
        device_name: "/dev/xvda",
        ebs: { volume_size: 100, encrypted: "true" },
      },
    ],
  });
  expect(templateOf().tag_specifications).toContainEqual({
    resource_type: "instance",
    tags: { Name: "lab" },
  });
});

test("a release stays as it is written; latest is that of the minor and image family, read at each plan", () => {
  expect(groupOf({ releaseVersion: "1.36.0-20260901" })).toMatchObject({
    release_version: "1.36.0-20260901",
  });
  const newest = stackOf({ releaseVersion: "latest" });
  const [name] = Object.keys(newest.data?.aws_ssm_parameter ?? {});
  expect(onlyResource(newest, "aws_eks_node_group")).toMatchObject({
    release_version: `\${data.aws_ssm_parameter.${name}.insecure_value}`,
  });
  expect(stackOf().data).toBeUndefined();
});

test.each([
  [
    "AL2023_x86_64_STANDARD",
    "eks/optimized-ami/1.36/amazon-linux-2023/x86_64/standard/recommended/release_version",
  ],
  [
    "AL2023_ARM_64_NVIDIA",
    "eks/optimized-ami/1.36/amazon-linux-2023/arm64/nvidia/recommended/release_version",
  ],
  [
    "BOTTLEROCKET_x86_64",
    "bottlerocket/aws-k8s-1.36/x86_64/latest/image_version",
  ],
  [
    "BOTTLEROCKET_ARM_64_FIPS",
    "bottlerocket/aws-k8s-1.36-fips/arm64/latest/image_version",
  ],
  [
    "BOTTLEROCKET_x86_64_NVIDIA_FIPS",
    "bottlerocket/aws-k8s-1.36-nvidia-fips/x86_64/latest/image_version",
  ],
])("the newest release of %s", (amiType, path) => {
  expect(releaseParameter("1.36", amiType)).toBe(`/aws/service/${path}`);
});

test("labels and taints go to EKS as they are given", () => {
  const taint = { key: "pool", value: "gpu", effect: "NO_EXECUTE" } as const;
  expect(groupOf({ labels: { pool: "gpu" }, taints: [taint] })).toMatchObject({
    labels: { pool: "gpu" },
    taint: [taint],
  });
});

test("the image family decides which device holds the data", () => {
  const devices = templateOf({ amiType: "BOTTLEROCKET_ARM_64", diskGiB: 50 })
    .block_device_mappings as { device_name: string; ebs: object }[];
  expect(devices.map(({ device_name }) => device_name)).toEqual([
    "/dev/xvda",
    "/dev/xvdb",
  ]);
  expect(devices[0]?.ebs).not.toHaveProperty("volume_size");
  expect(devices[1]?.ebs).toMatchObject({ volume_size: 50 });
});

test("a group waits for what it is given", () => {
  const stack = synthOne((scope) => {
    const role = createNodeRole(scope, "role", {
      name: "lab-node",
      region: "eu-central-1",
    });
    new NodeGroup(scope, "nodes", {
      ...props,
      nodeRoleArn: role.arn,
      dependsOn: role.permissions,
    });
  });
  const policies = Object.keys(
    resourcesOf(stack, "aws_iam_role_policy_attachment"),
  ).map((id) => `aws_iam_role_policy_attachment.${id}`);
  expect(policies).toHaveLength(3);
  expect(
    (onlyResource(stack, "aws_eks_node_group").depends_on as string[]).sort(),
  ).toEqual(policies.sort());
});

test("spot capacity where it is asked for; nothing is written without", () => {
  expect(groupOf({ capacityType: "SPOT" })).toMatchObject({
    capacity_type: "SPOT",
  });
  expect(groupOf()).not.toHaveProperty("capacity_type");
});
