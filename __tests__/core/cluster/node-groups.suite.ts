import {
  addressAt,
  needsOf,
  networkOf,
  resourceAt,
} from "../../support/network";
import { currentSettings, liteSettings } from "../../support/settings";
import { onlyResource, resourcesOf } from "../../support/synth";

const stack = networkOf();
const groupIn = (of: typeof stack, group: string) =>
  resourceAt(of, "aws_eks_node_group", `nodes/${group}`);
const templateIn = (of: typeof stack, group: string) =>
  resourceAt(of, "aws_launch_template", `nodes/${group}/launch-template`);
const changed = networkOf({
  cluster: {
    version: "1.35",
    nodeGroups: {
      system: {
        instanceTypes: ["m6a.2xlarge"],
        releaseVersion: "1.35.2-20260901",
      },
      build: {
        amiType: "BOTTLEROCKET_x86_64",
        diskGiB: 300,
        volumeKmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/k",
      },
    },
  },
});

const current = networkOf(
  {
    name: "abcdefghijklmnopqrst",
    environment: "abcdefghijkl",
    cluster: {
      nodeGroups: {
        system: { maxUserNamespaces: 63359 },
        build: {
          instanceTypes: ["m6a.2xlarge"],
          amiType: "BOTTLEROCKET_x86_64",
          maxUserNamespaces: 63359,
        },
        buildArm64: {
          instanceTypes: ["m7g.2xlarge"],
          amiType: "AL2023_ARM_64_STANDARD",
          minSize: 1,
          desiredSize: 2,
          maxSize: 3,
        },
      },
    },
  },
  currentSettings,
);

test("INF-13: m5a.2xlarge on Amazon Linux 2023, in private subnets", () => {
  const system = groupIn(stack, "system");
  expect(system).toMatchObject({
    instance_types: ["m5a.2xlarge"],
    ami_type: "AL2023_x86_64_STANDARD",
  });
  expect(system.subnet_ids).toHaveLength(3);
  for (const subnet of system.subnet_ids as string[])
    expect(subnet).toMatch(/vpc_private_subnet/);
});

test("INF-17: two labelled groups, neither tainted", () => {
  expect(Object.keys(resourcesOf(stack, "aws_eks_node_group"))).toHaveLength(2);
  expect(groupIn(stack, "system").labels).toEqual({ service: "wave-system" });
  expect(groupIn(stack, "build").labels).toEqual({ service: "wave-build" });
  for (const group of ["system", "build"])
    expect(groupIn(stack, group)).not.toHaveProperty("taint");
});

test("Terraform owns the size", () => {
  const system = groupIn(stack, "system");
  expect(system.scaling_config).toEqual({
    min_size: 3,
    desired_size: 3,
    max_size: 4,
  });
  expect(system.lifecycle).toEqual({ create_before_destroy: true });
});

test("the groups follow the cluster's minor; a release is kept when set", () => {
  for (const group of ["system", "build"])
    expect(groupIn(changed, group).version).toBe("1.35");
  expect(groupIn(changed, "system").release_version).toBe("1.35.2-20260901");
  expect(groupIn(changed, "build")).not.toHaveProperty("release_version");
});

test("C08: a new instance type keeps the logical id, and the new group comes before the old one goes", () => {
  expect(Object.keys(resourcesOf(changed, "aws_eks_node_group"))).toEqual(
    Object.keys(resourcesOf(stack, "aws_eks_node_group")),
  );
  expect(groupIn(changed, "system")).toMatchObject({
    instance_types: ["m6a.2xlarge"],
    node_group_name_prefix: "wave-prod-system-",
    lifecycle: { create_before_destroy: true },
  });
  expect(groupIn(changed, "system")).not.toHaveProperty("node_group_name");
});

test("the name prefix fits EKS's 37 characters whatever the names", () => {
  const long = networkOf({
    name: "abcdefghijklmnopqrst",
    environment: "abcdefghijkl",
  });
  for (const group of ["system", "build"]) {
    const prefix = groupIn(long, group).node_group_name_prefix as string;
    expect(prefix).toMatch(/^abcdefghijklmnopqrst-.*-$/);
    expect(prefix.length).toBeLessThanOrEqual(37);
  }
});

test("rolled node by node, and sick nodes are replaced", () => {
  expect(groupIn(stack, "build")).toMatchObject({
    update_config: { max_unavailable: 1 },
    node_repair_config: { enabled: true },
  });
});

test("nobody logs in to a node", () => {
  for (const group of ["system", "build"]) {
    expect(groupIn(stack, group)).not.toHaveProperty("remote_access");
    expect(templateIn(stack, group)).not.toHaveProperty("key_name");
  }
});

test("IMDSv2 only, one hop away", () => {
  expect(templateIn(stack, "build").metadata_options).toEqual({
    http_endpoint: "enabled",
    http_tokens: "required",
    http_put_response_hop_limit: 1,
  });
});

test("encrypted gp3, no public address, nothing in the user data", () => {
  const template = templateIn(stack, "system");
  expect(template.block_device_mappings).toEqual([
    {
      device_name: "/dev/xvda",
      ebs: {
        volume_type: "gp3",
        volume_size: 100,
        encrypted: "true",
        delete_on_termination: "true",
      },
    },
  ]);
  expect(template).not.toHaveProperty("network_interfaces");
  expect(template).not.toHaveProperty("user_data");
});

test("Bottlerocket's second volume is the large one; both carry the key of the settings", () => {
  const key = "arn:aws:kms:eu-central-1:123456789012:key/k";
  expect(templateIn(changed, "build").block_device_mappings).toMatchObject([
    { device_name: "/dev/xvda", ebs: { encrypted: "true", kms_key_id: key } },
    {
      device_name: "/dev/xvdb",
      ebs: { encrypted: "true", kms_key_id: key, volume_size: 300 },
    },
  ]);
});

test("instances, volumes and network interfaces carry the tags of the settings", () => {
  const tags = {
    project: "wave",
    environment: "prod",
    Name: "wave-prod-build",
  };
  expect(templateIn(stack, "build").tag_specifications).toEqual([
    { resource_type: "instance", tags },
    { resource_type: "volume", tags },
    { resource_type: "network-interface", tags },
  ]);
});

test("a change of the template reaches the nodes", () => {
  expect(groupIn(stack, "system").launch_template).toEqual({
    id: expect.stringMatching(/^\$\{aws_launch_template\..*\.id\}$/) as unknown,
    version: expect.stringMatching(
      /^\$\{aws_launch_template\..*\.latest_version\}$/,
    ) as unknown,
  });
});

test("CIS 5.1.2: nodes may join, pull and give out addresses, and no more", () => {
  const policies = Object.entries(
    resourcesOf(stack, "aws_iam_role_policy_attachment"),
  )
    .filter(([id]) => id.startsWith("nodes_"))
    .map(([, { policy_arn }]) => policy_arn);
  expect(policies.sort()).toEqual([
    "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
    "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
    "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy",
  ]);
});

test("nodes outlive neither their permissions, the internet, the CNI, nor the deployer's access", () => {
  const needs = needsOf(
    stack,
    addressAt(stack, "aws_eks_node_group", "nodes/build"),
  );
  const expected = [
    ["aws_iam_role_policy_attachment", "nodes/role/amazon-eks-cni-policy"],
    [
      "aws_iam_role_policy_attachment",
      "nodes/role/amazon-eks-worker-node-policy",
    ],
    [
      "aws_iam_role_policy_attachment",
      "nodes/role/amazon-ec2-container-registry-pull-only",
    ],
    ["aws_eks_addon", "node-add-ons/vpc-cni"],
    ["aws_eks_addon", "node-add-ons/kube-proxy"],
    ["aws_eks_addon", "node-add-ons/pod-identity-agent"],
    ["aws_eks_access_policy_association", "access/deployer-policy"],
    ["aws_route", "vpc/private/to-nat-b"],
    ["aws_route_table_association", "vpc/private/routes-of-b"],
    ["aws_internet_gateway", "vpc/internet-gateway"],
    ["aws_route", "vpc/public/to-internet"],
    ["aws_route_table_association", "vpc/public/routes-b"],
  ].map(([type = "", path = ""]) => addressAt(stack, type, path));
  for (const address of expected) expect(needs).toContain(address);
});

test("every role has the path and the boundary of the settings", () => {
  const permissionsBoundaryArn = "arn:aws:iam::123456789012:policy/boundary";
  const bounded = networkOf({
    iam: { path: "/wave/", permissionsBoundaryArn },
  });
  const roles = Object.values(resourcesOf(bounded, "aws_iam_role"));
  expect(roles).toHaveLength(3);
  for (const role of roles)
    expect(role).toMatchObject({
      path: "/wave/",
      permissions_boundary: permissionsBoundaryArn,
      name: expect.stringMatching(/^wave-prod-euc1-/) as unknown,
    });
});

test("EC2 of China assumes the node role under its own name", () => {
  const china = networkOf({ region: "cn-north-1" });
  expect(
    resourceAt(china, "aws_iam_role", "nodes/role").assume_role_policy,
  ).toContain('"ec2.amazonaws.com.cn"');
  expect(onlyResource(china, "aws_eks_cluster").role_arn).toMatch(
    /aws_iam_role\.cluster_role/,
  );
});

test("INF-14, INF-17, current: a third group builds for arm64, labelled and untainted", () => {
  expect(Object.keys(resourcesOf(current, "aws_eks_node_group"))).toHaveLength(
    3,
  );
  const group = groupIn(current, "build-arm64");
  expect(group).toMatchObject({
    labels: { service: "wave-build-arm64" },
    instance_types: ["m7g.2xlarge"],
    ami_type: "AL2023_ARM_64_STANDARD",
    scaling_config: { min_size: 1, desired_size: 2, max_size: 3 },
  });
  expect(group).not.toHaveProperty("taint");
  expect(groupIn(current, "build").labels).toEqual({ service: "wave-build" });
});

test("current: names stay different within EKS's 37 characters when they are cut", () => {
  const prefixes = Object.values(
    resourcesOf(current, "aws_eks_node_group"),
  ).map(({ node_group_name_prefix }) => node_group_name_prefix as string);
  expect(new Set(prefixes).size).toBe(3);
  for (const prefix of prefixes) expect(prefix.length).toBeLessThanOrEqual(37);
});

test("INF-14: no group for arm64 without its setting", () => {
  expect(Object.keys(resourcesOf(stack, "aws_eks_node_group"))).toEqual([
    expect.stringMatching(/^nodes_build_/) as unknown,
    expect.stringMatching(/^nodes_system_/) as unknown,
  ]);
});

test("Lite builds nothing: the system group is the only one", () => {
  const lite = networkOf({}, liteSettings);
  expect(onlyResource(lite, "aws_eks_node_group").labels).toEqual({
    service: "wave-system",
  });
});

test("Bottlerocket gets the user namespaces of rootless BuildKit, as TOML", () => {
  const { user_data: data } = templateIn(current, "build");
  expect(Buffer.from(data as string, "base64").toString()).toBe(
    '[settings.kernel.sysctl]\n"user.max_user_namespaces" = "63359"\n',
  );
});

test("Amazon Linux gets no TOML, and Bottlerocket none without the setting", () => {
  expect(templateIn(current, "system")).not.toHaveProperty("user_data");
  expect(templateIn(changed, "build")).not.toHaveProperty("user_data");
});
