import { z } from "zod";
import {
  addOnVersion,
  cidr,
  duration,
  logRetentionDays,
  managedPolicyArn,
} from "../../settings/formats";
import {
  existingNodeGroupsSchema,
  nodeGroupsSchema,
} from "./node-group-schema";

/** Who reaches the Kubernetes API, and on which way. */
const endpointSchema = z
  .strictObject({
    public: z
      .boolean()
      .default(false)
      .describe(
        "Reach the Kubernetes API over the internet too. The private endpoint is always on.",
      ),
    publicCidrs: z
      .array(cidr)
      .default([])
      .describe("Who may: required with `public`, never 0.0.0.0/0."),
    privateCidrs: z
      .array(cidr)
      .default([])
      .describe(
        "Who reaches the private endpoint besides nodes and pods: ranges of a VPN, a peered network or the runner of deployments, or the VPC's own. One of the two private lists is required without `public`.",
      ),
    privateSecurityGroups: z
      .array(
        z
          .string()
          .regex(
            /^(\d{12}\/)?sg-([0-9a-f]{8}|[0-9a-f]{17})$/,
            "the id of a security group, such as sg-0123456789abcdef0; one of another account as 123456789012/sg-0123456789abcdef0",
          ),
      )
      .default([])
      .describe(
        "The same by security group: that of a runner in this VPC (which exists after the first deployment) or in a peered one.",
      ),
  })
  .prefault({});

const kubernetesMinor = z
  .string()
  .regex(/^1\.\d+$/, 'a Kubernetes minor such as "1.36" (in quotes)');

const nodePolicyArns = z
  .array(managedPolicyArn)
  .default([])
  .describe(
    "More managed policies for the role of the nodes, of AWS or of this account: for agents that run on nodes, such as that of Systems Manager. Pods on the host network have them too.",
  );

const clusterName = z
  .string()
  .regex(
    /^[0-9A-Za-z][\w-]{0,99}$/,
    "the name of a cluster: at most 100 letters, digits, _ and -",
  );

const createdClusterSchema = z.strictObject({
  kind: z.literal("created").default("created"),
  name: clusterName
    .optional()
    .describe(
      "Name of the cluster. It cannot be changed later. Unset: <name>-<environment>-eks.",
    ),
  version: kubernetesMinor.default("1.36").describe("Kubernetes minor."),
  serviceCidr: cidr
    .default("10.100.0.0/16")
    .describe("Range of Kubernetes services. It cannot be changed later."),
  endpoint: endpointSchema,
  logRetentionDays: logRetentionDays
    .default(365)
    .describe("Days to keep the five control-plane logs."),
  addOns: z
    .strictObject({
      vpcCni: addOnVersion.describe("Version of vpc-cni."),
      coreDns: addOnVersion.describe("Version of coredns."),
      kubeProxy: addOnVersion.describe("Version of kube-proxy."),
      metricsServer: addOnVersion.describe("Version of metrics-server."),
      podIdentityAgent: addOnVersion.describe(
        "Version of eks-pod-identity-agent.",
      ),
      cloudwatchObservability: addOnVersion.describe(
        "Version of amazon-cloudwatch-observability, where `observability.addOn` is ours: v4.5.0 or later.",
      ),
    })
    .prefault({})
    .describe(
      "Add-on versions to stay on; the output addon_versions prints what runs. Unset: AWS's default for the minor.",
    ),
  nodePolicyArns,
  autoscaler: z
    .strictObject({
      scaleDownAfter: duration
        .default("10m")
        .describe(
          "How long nobody must have needed a node before it goes. A node that runs a build stays.",
        ),
    })
    .optional()
    .describe(
      "Cluster Autoscaler: starts nodes of `nodeGroups.build` and `nodeGroups.buildArm64` for builds that wait, between minSize and maxSize, and removes them afterwards. The groups `system` and of other names keep their size. Absent: the capacity is fixed.",
    ),
  networkPolicyMode: z
    .enum(["standard", "strict"])
    .default("standard")
    .describe(
      "What a pod may do before its network policies are in force: everything (standard) or nothing (strict). With strict a pod that no policy selects stays closed, yours too; those of kube-system are opened here. For clusters that run already: deploy `workloads` first, then `network`.",
    ),
  nodeGroups: nodeGroupsSchema,
});

const nodeLabels = z.record(
  z
    .string()
    .regex(
      /^([a-z0-9]([a-z0-9.-]*[a-z0-9])?\/)?[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/,
      "a key of Kubernetes, such as nodegroup or example.com/pool",
    )
    .describe("key of a label"),
  z
    .string()
    .regex(
      /^([A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?)?$/,
      "at most 63 letters, digits and _ . - between them",
    ),
);

const oursOrExisting = z.enum(["ours", "existing"]);
const oursExistingOrNone = z.enum(["ours", "existing", "none"]);

/** A cluster that somebody else made and runs. */
const existingClusterSchema = z.strictObject({
  kind: z.literal("existing"),
  name: clusterName.describe(
    "Name of the cluster. It cannot be changed later.",
  ),
  version: kubernetesMinor.describe(
    "Its Kubernetes minor, compared with the cluster at plan: write the new one after an upgrade.",
  ),
  serviceCidr: cidr.describe(
    "Its range of services, compared with the cluster at plan.",
  ),
  clientSecurityGroupIds: z
    .array(
      z
        .string()
        .regex(
          /^sg-([0-9a-f]{8}|[0-9a-f]{17})$/,
          "the id of a security group, such as sg-0123456789abcdef0",
        ),
    )
    .default([])
    .describe(
      "Security groups of its nodes, where nodes do not carry the group that EKS made for the cluster: the stores let these in too.",
    ),
  nodeSelectors: z
    .strictObject({
      system: nodeLabels
        .default({})
        .describe(
          "Labels of the nodes for Wave and controllers of ours, where there is no `nodeGroups.system`. Empty: any node.",
        ),
      build: nodeLabels
        .optional()
        .describe(
          "One label of the nodes for builds, x86_64 and untainted: Wave takes no more. Unset: `nodeGroups.build`.",
        ),
      buildArm64: nodeLabels
        .optional()
        .describe(
          "One label of the nodes for builds for arm64. Unset: `nodeGroups.buildArm64`.",
        ),
    })
    .prefault({}),
  controllers: z.strictObject({
    loadBalancerController: oursOrExisting.describe(
      "AWS Load Balancer Controller: installed here (ours), or in the cluster already, 2.14.1 or later.",
    ),
    efsCsiDriver: oursExistingOrNone.describe(
      "EFS CSI driver. none where nothing mounts EFS.",
    ),
    metricsServer: oursExistingOrNone.describe(
      "Metrics server, which `wave.autoscaling` needs; ours is the add-on of EKS.",
    ),
  }),
  oidcProvider: oursOrExisting.describe(
    "IAM OIDC provider of the cluster: made here, or in the account already.",
  ),
  networkPolicies: z
    .enum(["enforced", "notEnforced"])
    .describe("Whether the cluster's CNI enforces network policies."),
  nodePolicyArns,
  nodeGroups: existingNodeGroupsSchema,
});

export const clusterSchema = z
  .discriminatedUnion("kind", [createdClusterSchema, existingClusterSchema])
  .describe(
    "EKS cluster: one that is made here (created), or one that exists.",
  );
