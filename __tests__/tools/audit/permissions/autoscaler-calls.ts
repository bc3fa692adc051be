import { type AllowedCalls, BUILDS } from "./call";
import { NODE_GROUP, SCALING_GROUP, autoscaledBy } from "./places";

/** What the Cluster Autoscaler does. */
export const AUTOSCALER_CALLS: readonly AllowedCalls[] = [
  {
    lines: BUILDS,
    as: "cluster-autoscaler",
    what: "looks around",
    does: [
      "autoscaling:DescribeAutoScalingGroups",
      "autoscaling:DescribeScalingActivities",
      "ec2:DescribeInstanceTypes",
      "ec2:DescribeLaunchTemplateVersions",
    ],
    to: ["*"],
  },
  {
    lines: BUILDS,
    as: "cluster-autoscaler",
    what: "reads the labels of a group without nodes",
    does: ["eks:DescribeNodegroup"],
    to: [NODE_GROUP],
  },
  {
    lines: BUILDS,
    as: "cluster-autoscaler",
    what: "starts and ends a build node",
    does: [
      "autoscaling:SetDesiredCapacity",
      "autoscaling:TerminateInstanceInAutoScalingGroup",
    ],
    to: [SCALING_GROUP],
    with: autoscaledBy("wave-prod-eks"),
  },
];
