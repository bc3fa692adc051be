import {
  AssumedRole,
  type AssumedRoleProps,
} from "../../../modules/aws/iam/assumed-role";
import { createRole } from "../../../modules/aws/iam/role";
import { Construct } from "constructs";
import { resourcesOf, synthOne } from "../../support/synth";

const policy: AssumedRoleProps["policy"] = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
  ],
};
const server = "arn:aws:iam::123456789012:role/wave-prod-euc1-wave-server";
const jump = "arn:aws:iam::210987654321:role/wave-jump";

const stackWith = (change: Partial<AssumedRoleProps["trust"]> = {}) =>
  synthOne((stack) => {
    const assumedBy = createRole(
      new Construct(stack, "server"),
      { name: "wave-prod-euc1-wave-server", description: "Wave's server." },
      policy,
    );
    new AssumedRole(stack, "ecr", {
      name: "wave-prod-euc1-wave-ecr",
      description: "Wave's login to ECR.",
      trust: {
        kind: "assumed",
        roleArns: [server],
        sessionName: "wave-ecr-*",
        ...change,
      },
      policy,
      assumedBy,
    });
  });
const roleWith = (change: Partial<AssumedRoleProps["trust"]> = {}) => {
  const role = resourcesOf(stackWith(change), "aws_iam_role").ecr;
  if (role === undefined) throw new Error("no role ecr");
  return role;
};
const trustWith = (change: Partial<AssumedRoleProps["trust"]> = {}): unknown =>
  JSON.parse(roleWith(change).assume_role_policy as string);

test("CFG-R1: the trust names one role and the names of its sessions, and asks for nothing else by default", () => {
  expect(trustWith()).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "NamedRoles",
        Effect: "Allow",
        Principal: { AWS: server },
        Action: "sts:AssumeRole",
        Condition: { StringLike: { "sts:RoleSessionName": "wave-ecr-*" } },
      },
    ],
  });
});

test("CFG-R1: with an external id the trust asks for exactly that", () => {
  expect(trustWith({ externalId: "wave-prod" })).toMatchObject({
    Statement: [
      {
        Principal: { AWS: server },
        Condition: {
          StringLike: { "sts:RoleSessionName": "wave-ecr-*" },
          StringEquals: { "sts:ExternalId": "wave-prod" },
        },
      },
    ],
  });
});

test("IAM-09: several roles stand in a list", () => {
  expect(trustWith({ roleArns: [server, jump] })).toMatchObject({
    Statement: [{ Principal: { AWS: [server, jump] } }],
  });
});

test("the role comes after the one that takes it, and is made anew with it, but not with its tags", () => {
  expect(roleWith()).toMatchObject({
    depends_on: ["aws_iam_role.server"],
    lifecycle: { replace_triggered_by: ["aws_iam_role.server.unique_id"] },
  });
});

test("sessions last an hour, because role chaining allows no longer one", () => {
  expect(roleWith().max_session_duration).toBe(3600);
});

test("the role has its policy inline, under its own name, and takes it along when it is replaced", () => {
  const stack = stackWith();
  expect(Object.values(resourcesOf(stack, "aws_iam_role_policy"))).toEqual([
    expect.objectContaining({
      name: "wave-prod-euc1-wave-ecr",
      role: "${aws_iam_role.ecr.id}",
      policy: JSON.stringify(policy),
    }),
  ]);
  expect(stack.resource).not.toHaveProperty("aws_iam_policy");
});
