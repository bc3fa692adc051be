import {
  GroupAccess,
  type GroupAccessProps,
} from "../../../modules/aws/eks/group-access";
import { onlyResource, synthOne } from "../../support/synth";

const stackOf = (change: Partial<GroupAccessProps> = {}) =>
  synthOne(
    (stack) =>
      new GroupAccess(stack, "launcher", {
        clusterName: "wave-prod-eks",
        principalArn: "arn:aws:iam::123456789012:role/launcher",
        kubernetesGroups: ["tower-launcher"],
        ...change,
      }),
  );

test("an entry with groups, and with no policy of EKS beside them", () => {
  const stack = stackOf();
  expect(Object.keys(stack.resource ?? {})).toEqual(["aws_eks_access_entry"]);
  expect(onlyResource(stack, "aws_eks_access_entry")).toMatchObject({
    cluster_name: "wave-prod-eks",
    principal_arn: "arn:aws:iam::123456789012:role/launcher",
    type: "STANDARD",
    kubernetes_groups: ["tower-launcher"],
  });
});

test("EKS names the user, unless a name is given", () => {
  expect(onlyResource(stackOf(), "aws_eks_access_entry")).not.toHaveProperty(
    "user_name",
  );
  expect(
    onlyResource(stackOf({ userName: "tower" }), "aws_eks_access_entry"),
  ).toMatchObject({ user_name: "tower" });
});
