import {
  ServiceRole,
  type ServiceRoleProps,
} from "../../../modules/aws/iam/service-role";
import { type PolicyDocument } from "../../../modules/lib/policy";
import { onlyResource, resourcesOf, synthOne } from "../../support/synth";

const props: ServiceRoleProps = {
  name: "wave-prod-euc1-backup",
  description: "Backs up.",
  service: "backup.amazonaws.com",
};
const stackOf = (change: Partial<ServiceRoleProps> = {}) =>
  synthOne((stack) => new ServiceRole(stack, "role", { ...props, ...change }));
const roleOf = (change: Partial<ServiceRoleProps> = {}) =>
  onlyResource(stackOf(change), "aws_iam_role");
const trustOf = (change: Partial<ServiceRoleProps> = {}): unknown =>
  JSON.parse(roleOf(change).assume_role_policy as string);

test("is assumed by the service and nobody else", () => {
  expect(trustOf()).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TheServiceAssumesTheRole",
        Effect: "Allow",
        Principal: { Service: "backup.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    ],
  });
});

test("asks for the own account where the service sends it", () => {
  expect(trustOf({ sourceAccountId: "123456789012" })).toMatchObject({
    Statement: [
      { Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } } },
    ],
  });
});

test("carries the path and the permissions boundary that it is given", () => {
  const boundary = "arn:aws:iam::123456789012:policy/boundary";
  expect(
    roleOf({ path: "/wave/", permissionsBoundaryArn: boundary }),
  ).toMatchObject({ path: "/wave/", permissions_boundary: boundary });
  expect(roleOf().path).toBe("/");
  expect(roleOf()).not.toHaveProperty("permissions_boundary");
});

test.each(["aws", "aws-us-gov", "aws-cn"] as const)(
  "attaches managed policies of partition %s",
  (partition) => {
    const attachments = resourcesOf(
      stackOf({ partition, managedPolicies: ["AmazonEKS_CNI_Policy"] }),
      "aws_iam_role_policy_attachment",
    );
    expect(Object.entries(attachments)).toEqual([
      [
        expect.stringMatching(/^role_amazon-eks-cni-policy_/),
        expect.objectContaining({
          // Not by name: a replaced role takes its policies along.
          role: "${aws_iam_role.role.id}",
          policy_arn: `arn:${partition}:iam::aws:policy/AmazonEKS_CNI_Policy`,
        }),
      ],
    ]);
  },
);

test("own statements are inline, and go and come with the role", () => {
  const own: PolicyDocument = { Version: "2012-10-17", Statement: [] };
  const stack = stackOf({ policies: { own } });
  expect(onlyResource(stack, "aws_iam_role_policy")).toMatchObject({
    name: "own",
    role: "${aws_iam_role.role.id}",
    policy: JSON.stringify(own),
  });
});

test("names every permission, so that a user of the role can depend on it", () => {
  let permissions = 0;
  synthOne((stack) => {
    permissions = new ServiceRole(stack, "role", {
      ...props,
      managedPolicies: ["AmazonEKSClusterPolicy"],
      policies: { own: { Version: "2012-10-17", Statement: [] } },
    }).permissions.length;
  });
  expect(permissions).toBe(2);
});
