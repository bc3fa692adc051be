import { GroupAccess } from "../../../modules/aws/eks/group-access";
import { TrustedRole } from "../../../modules/aws/iam/trusted-role";
import { type PolicyDocument } from "../../../modules/lib/policy";
import { onlyResource, synthOne } from "../../support/synth";

const trust: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::210987654321:role/platform" },
      Action: "sts:AssumeRole",
    },
  ],
};
const policy: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "eks:ListClusters", Resource: "*" }],
};

test("trust and policy are the caller's; the policy goes after those who use the role", () => {
  const stack = synthOne((scope) => {
    const role = new TrustedRole(scope, "launcher", {
      name: "lab-launcher",
      description: "Launcher.",
      path: "/apps/",
      trust,
      policy,
    });
    new GroupAccess(scope, "entry", {
      clusterName: "lab",
      principalArn: role.arn,
      kubernetesGroups: ["launcher"],
      dependsOn: role.permissions,
    });
  });
  expect(onlyResource(stack, "aws_iam_role")).toMatchObject({
    name: "lab-launcher",
    path: "/apps/",
    assume_role_policy: JSON.stringify(trust),
  });
  expect(onlyResource(stack, "aws_iam_role_policy")).toMatchObject({
    name: "lab-launcher",
    role: "${aws_iam_role.launcher.id}",
    policy: JSON.stringify(policy),
  });
  expect(onlyResource(stack, "aws_eks_access_entry").depends_on).toEqual([
    expect.stringMatching(/^aws_iam_role_policy\.launcher_policy_\w+$/),
  ]);
});
