import { EksCluster } from "../../../modules/aws/eks/eks-cluster";
import {
  addressAt,
  needsOf,
  networkOf,
  resourceAt,
} from "../../support/network";
import { onlyResource, synthOne } from "../../support/synth";

const stack = networkOf();
const cluster = onlyResource(stack, "aws_eks_cluster");

test("INF-01, C07: the minor of the settings, in standard support", () => {
  expect(cluster).toMatchObject({
    name: "wave-prod-eks",
    version: "1.36",
    upgrade_policy: { support_type: "STANDARD" },
  });
});

test("all five logs", () => {
  expect(cluster.enabled_cluster_log_types).toEqual([
    "api",
    "audit",
    "authenticator",
    "controllerManager",
    "scheduler",
  ]);
});

test("the log group exists before the cluster, with retention and key", () => {
  expect(
    resourceAt(stack, "aws_cloudwatch_log_group", "cluster/log-group"),
  ).toMatchObject({
    name: "/aws/eks/wave-prod-eks/cluster",
    retention_in_days: 365,
    kms_key_id: "${aws_kms_key.logs-key.arn}",
  });
  expect(cluster.depends_on).toContain(
    addressAt(stack, "aws_cloudwatch_log_group", "cluster/log-group"),
  );
  expect(resourceAt(stack, "aws_kms_key", "logs-key").policy).toContain(
    ':log-group:/aws/eks/wave-prod-eks/cluster"',
  );
});

test("C07: the private endpoint is always on, the public one only with its ranges", () => {
  expect(cluster.vpc_config).toMatchObject({
    endpoint_private_access: true,
    endpoint_public_access: true,
    public_access_cidrs: ["203.0.113.0/24"],
  });
  const endpoint = { public: false, publicCidrs: [] };
  const closed = onlyResource(
    networkOf({ cluster: { endpoint } }),
    "aws_eks_cluster",
  ).vpc_config as Record<string, unknown>;
  expect(closed).toMatchObject({
    endpoint_private_access: true,
    endpoint_public_access: false,
  });
  expect(closed).not.toHaveProperty("public_access_cidrs");
});

const controlPlaneSubnets = (zones: string[]) => {
  const { vpc_config } = onlyResource(
    networkOf({ network: { zones } }),
    "aws_eks_cluster",
  );
  return (vpc_config as { subnet_ids: string[] }).subnet_ids.map((subnet) =>
    subnet.replace(/_\w+\.id\}$/, ""),
  );
};

test("CIS 5.4.3: the control plane stands in the private subnets of the first two zones, for ever", () => {
  const subnets = ["b", "c"].map(
    (zone) => `\${aws_subnet.vpc_private_subnet-${zone}`,
  );
  expect(controlPlaneSubnets(["b", "c"])).toEqual(subnets);
  expect(controlPlaneSubnets(["b", "c", "a"])).toEqual(subnets);
});

test("Secrets are encrypted by a key of their own, which the cluster's role may use", () => {
  const secretsKeyArn = `\${${addressAt(stack, "aws_kms_key", "cluster/secrets-key")}.arn}`;
  expect(cluster.encryption_config).toEqual({
    provider: { key_arn: secretsKeyArn },
    resources: ["secrets"],
  });
  const policy = resourceAt(
    stack,
    "aws_iam_role_policy",
    "cluster/role/secrets-key",
  ).policy as string;
  expect(JSON.parse(policy)).toMatchObject({
    Statement: [
      {
        Action: [
          "kms:Encrypt",
          "kms:Decrypt",
          "kms:DescribeKey",
          "kms:ListGrants",
        ],
        Resource: secretsKeyArn,
      },
    ],
  });
});

test("C07, C11: entered by access entries only, and its creator gets nothing", () => {
  expect(cluster).toMatchObject({
    access_config: {
      authentication_mode: "API",
      bootstrap_cluster_creator_admin_permissions: false,
    },
    bootstrap_self_managed_addons: false,
  });
});

test("the service range of the settings", () => {
  expect(cluster.kubernetes_network_config).toEqual({
    ip_family: "ipv4",
    service_ipv4_cidr: "10.100.0.0/16",
  });
});

test("API and Terraform refuse to destroy it together, or neither does", () => {
  expect(cluster).toMatchObject({
    deletion_protection: true,
    lifecycle: { prevent_destroy: true },
  });
  expect(
    onlyResource(networkOf({ retain: false }), "aws_eks_cluster"),
  ).toMatchObject({
    deletion_protection: false,
    lifecycle: { prevent_destroy: false },
  });
});

test("the cluster goes before the permissions of its role", () => {
  expect(cluster.depends_on).toEqual(
    expect.arrayContaining([
      addressAt(
        stack,
        "aws_iam_role_policy_attachment",
        "cluster/role/amazon-eks-cluster-policy",
      ),
      addressAt(stack, "aws_iam_role_policy", "cluster/role/secrets-key"),
    ]),
  );
  expect([...needsOf(stack, "aws_eks_cluster.cluster")]).not.toContain(
    addressAt(stack, "aws_eks_node_group", "nodes/system"),
  );
});

test("an import does not replace the cluster: what counts at its birth alone is written, and not compared", () => {
  expect(cluster).toMatchObject({
    access_config: { bootstrap_cluster_creator_admin_permissions: false },
    bootstrap_self_managed_addons: false,
    lifecycle: {
      ignore_changes: [
        "access_config[0].bootstrap_cluster_creator_admin_permissions",
        "bootstrap_self_managed_addons",
      ],
    },
  });
});

const alone = synthOne((bare) => {
  new EksCluster(bare, "cluster", {
    name: "lab",
    version: "1.36",
    subnetIds: ["subnet-a", "subnet-b"],
    accountId: "123456789012",
    region: "us-gov-west-1",
  });
});

test("the defaults: private endpoint only, a year of logs, kept, EKS chooses the service range", () => {
  expect(onlyResource(alone, "aws_eks_cluster")).toMatchObject({
    vpc_config: {
      subnet_ids: ["subnet-a", "subnet-b"],
      endpoint_private_access: true,
      endpoint_public_access: false,
    },
    kubernetes_network_config: { ip_family: "ipv4" },
    deletion_protection: true,
    lifecycle: { prevent_destroy: true },
  });
  expect(
    onlyResource(alone, "aws_eks_cluster").kubernetes_network_config,
  ).not.toHaveProperty("service_ipv4_cidr");
  const group = onlyResource(alone, "aws_cloudwatch_log_group");
  expect(group).toMatchObject({
    name: "/aws/eks/lab/cluster",
    retention_in_days: 365,
  });
  expect(group).not.toHaveProperty("kms_key_id");
});

test("its role has the cluster's name and the policies of the partition", () => {
  expect(onlyResource(alone, "aws_iam_role")).toMatchObject({
    name: "lab-cluster",
    path: "/",
  });
  expect(onlyResource(alone, "aws_iam_role_policy_attachment").policy_arn).toBe(
    "arn:aws-us-gov:iam::aws:policy/AmazonEKSClusterPolicy",
  );
});
