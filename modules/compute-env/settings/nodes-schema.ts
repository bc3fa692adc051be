import { z } from "zod";
import { workerGroupSchema } from "../../core/settings/node-group-schema";

const labelKey = z
  .string()
  .regex(
    /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/,
    "a key of Kubernetes, such as pool or karpenter.sh/nodepool",
  )
  .describe("the key of a label");

const labelValue = z
  .string()
  .regex(
    /^([A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?)?$/,
    "at most 63 letters, digits and _ . - between them",
  );

const tolerationSchema = z.strictObject({
  key: labelKey.optional().describe("Key of the taint. Unset: every taint."),
  operator: z
    .enum(["Equal", "Exists"])
    .default("Equal")
    .describe("Exists: whatever its value."),
  value: labelValue.optional().describe("Value of the taint, with Equal."),
  effect: z
    .enum(["NoSchedule", "PreferNoSchedule", "NoExecute"])
    .optional()
    .describe("Unset: every effect."),
});

/** Section `computeEnv.nodes`. */
export const nodesSchema = z
  .discriminatedUnion("kind", [
    workerGroupSchema.extend({
      kind: z.literal("nodeGroup").default("nodeGroup"),
      instanceTypes: workerGroupSchema.shape.instanceTypes
        .default(["m6a.2xlarge", "m5a.2xlarge", "m6i.2xlarge"])
        .describe(
          "Instance types of one architecture and one size: the autoscaler counts with the first.",
        ),
      capacityType: z
        .enum(["ON_DEMAND", "SPOT"])
        .default("ON_DEMAND")
        .describe(
          "SPOT costs less, and AWS takes such a node back at two minutes' notice, tasks and head pods included.",
        ),
      minSize: z
        .int()
        .min(0)
        .default(1)
        .describe("Fewest nodes. 0 only with `cluster.autoscaler`."),
      maxSize: workerGroupSchema.shape.maxSize.default(6),
      diskGiB: workerGroupSchema.shape.diskGiB
        .default(200)
        .describe("Size of each node's encrypted gp3 volume, in GiB."),
    }),
    z.strictObject({
      kind: z.literal("existing"),
      nodeSelector: z
        .record(labelKey, labelValue)
        .default({})
        .describe("Labels of the nodes that run tasks. {}: any node."),
      tolerations: z
        .array(tolerationSchema)
        .default([])
        .describe("Taints of these nodes that tasks tolerate."),
    }),
  ])
  .prefault({})
  .describe(
    "Nodes of head pods and tasks: a node group made here, with label and taint service=compute, or nodes that exist.",
  );
