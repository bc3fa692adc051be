import { z } from "zod";
import { AMI_TYPES } from "../../aws/eks/image-release";
import { arnOf, positiveInt } from "../../settings/formats";

const nodeGroupSchema = z.strictObject({
  instanceTypes: z
    .array(
      z
        .string()
        .regex(
          /^[a-z0-9-]+\.[a-z0-9]+$/,
          "an instance type such as m5a.2xlarge",
        ),
    )
    .min(1)
    .default(["m5a.2xlarge"])
    .describe("Instance types of one architecture."),
  minSize: positiveInt.describe(
    "Fewest nodes. At least 1: nothing scales this group.",
  ),
  desiredSize: positiveInt.describe(
    "Nodes to run. Terraform owns this number; nothing scales it at run time.",
  ),
  maxSize: positiveInt.describe(
    "Most nodes at rest. An update of the nodes surges above it, by up to two nodes for each zone: leave room in quotas and subnets.",
  ),
  diskGiB: z
    .int()
    .min(20)
    .default(100)
    .describe("Size of each node's encrypted gp3 volume, in GiB."),
  amiType: z
    .enum(AMI_TYPES)
    .default("AL2023_x86_64_STANDARD")
    .describe("EKS image family."),
  releaseVersion: z
    .string()
    .optional()
    .describe(
      "EKS image release to stay on, such as 1.36.0-20260901, or latest: the newest that AWS has published at each plan, for which the nodes roll. Unset: EKS chooses at creation and nothing patches the nodes later; aws eks update-nodegroup-version does it by hand.",
    ),
  volumeKmsKeyArn: arnOf("kms", ".+")
    .optional()
    .describe(
      "Key of the node volumes. Its policy must let the role AWSServiceRoleForAutoScaling of this account use it and create grants, or no node starts; the same holds for a default EBS key of the account's own. Unset: the account's default, aws/ebs.",
    ),
  maxUserNamespaces: positiveInt
    .optional()
    .describe(
      "Bottlerocket only: kernel setting user.max_user_namespaces. BuildKit needs 63359 in build groups; AL2023 has enough.",
    ),
});

/** Any group but `system`. */
export const workerGroupSchema = nodeGroupSchema.extend({
  minSize: z
    .int()
    .min(0)
    .describe(
      "Fewest nodes. 0 only where `cluster.autoscaler` scales the group.",
    ),
  desiredSize: z
    .int()
    .min(0)
    .optional()
    .describe(
      "Nodes to run. Unset: minSize. Terraform owns this number; a group that `cluster.autoscaler` scales starts with it, and pods decide from then on.",
    ),
});

/** Label and taint keys of Kubernetes, as EKS takes them for node groups: 63 characters with their prefix. */
const nodeKey = z
  .string()
  .max(63)
  .regex(
    /^([a-z0-9]([a-z0-9.-]*[a-z0-9])?\/)?[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?$/,
    "a key of Kubernetes, such as pool or example.com/pool",
  )
  .refine(
    (key) => !/(^|\.)(kubernetes\.io|k8s\.io|eks\.amazonaws\.com)\//.test(key),
    "not of kubernetes.io/, k8s.io/ or eks.amazonaws.com/, which EKS refuses",
  )
  .describe("a name of at most 63 characters");

const nodeValue = z
  .string()
  .max(63)
  .regex(
    /^[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?$/,
    "letters, digits and _ . - between them",
  );

const otherGroupSchema = workerGroupSchema
  .extend({
    labels: z
      .record(nodeKey, nodeValue)
      .optional()
      .describe("Labels of the nodes, for node selectors."),
    taints: z
      .array(
        z.strictObject({
          key: nodeKey.describe("Key of the taint."),
          value: nodeValue.optional().describe("Value of the taint."),
          effect: z
            .enum(["NoSchedule", "PreferNoSchedule", "NoExecute"])
            .describe("What happens to pods that do not tolerate it."),
        }),
      )
      .optional()
      .describe("Keep away pods that do not tolerate them."),
  })
  .describe(
    "Any other group, by a name such as batch: nodes for pods that ask for its labels.",
  );

const buildGroups = {
  build: workerGroupSchema
    .optional()
    .describe(
      "Runs build pods: labelled service=wave-build and untainted, because Wave sets no tolerations. Required, except with `wave.mode: lite`.",
    ),
  buildArm64: workerGroupSchema
    .optional()
    .describe(
      "Runs builds for arm64: labelled service=wave-build-arm64. Goes with `wave.build.arm64`. Current only.",
    ),
};

const systemGroup = nodeGroupSchema.describe(
  "Runs Wave, its store and the controllers.",
);

export const nodeGroupsSchema = z
  .strictObject({ system: systemGroup, ...buildGroups })
  // Optional, so that the type has no group of every name.
  .catchall(otherGroupSchema);

/** Groups of ours in a cluster that exists: none has to be there. */
export const existingNodeGroupsSchema = z
  .strictObject({ system: systemGroup.optional(), ...buildGroups })
  .catchall(otherGroupSchema)
  .prefault({});
