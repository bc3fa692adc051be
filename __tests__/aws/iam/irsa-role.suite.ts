import {
  IrsaRole,
  type IrsaRoleProps,
} from "../../../modules/aws/iam/irsa-role";
import { OidcProvider } from "../../../modules/aws/iam/oidc-provider";
import { onlyResource, synthOne } from "../../support/synth";

const policy: IrsaRoleProps["policy"] = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" },
  ],
};

const stackWith = (change: Partial<IrsaRoleProps> = {}) =>
  synthOne((stack) => {
    new IrsaRole(stack, "server", {
      name: "wave-prod-euc1-wave-server",
      description: "Wave's server.",
      trust: {
        kind: "service-account",
        namespace: "wave",
        serviceAccount: "wave-sa",
      },
      policy,
      provider: new OidcProvider(stack, "oidc", {
        name: "oidc",
        issuer: "https://issuer.example/id/1",
      }),
      ...change,
    });
  });

test("IAM-06, SET-04: the trust names one subject and the audience, under the issuer's host", () => {
  const role = onlyResource(stackWith(), "aws_iam_role");
  const host = '${trimprefix("https://issuer.example/id/1", "https://")}';
  expect(JSON.parse(escapedQuotes(role.assume_role_policy))).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "OneServiceAccount",
        Effect: "Allow",
        Principal: {
          Federated: "${aws_iam_openid_connect_provider.oidc.arn}",
        },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            [`${host}:aud`]: "sts.amazonaws.com",
            [`${host}:sub`]: "system:serviceaccount:wave:wave-sa",
          },
        },
      },
    ],
  });
});

test("the role has its policy inline, under its own name", () => {
  const stack = stackWith();
  expect(onlyResource(stack, "aws_iam_role_policy")).toMatchObject({
    name: "wave-prod-euc1-wave-server",
    role: "${aws_iam_role.server.id}",
    policy: JSON.stringify(policy),
  });
  expect(stack.resource).not.toHaveProperty("aws_iam_policy");
});

test("path and permissions boundary are the account's rules: none by default", () => {
  const role = onlyResource(stackWith(), "aws_iam_role");
  expect(role.path).toBe("/");
  expect(role).not.toHaveProperty("permissions_boundary");
  const boundary = "arn:aws:iam::123456789012:policy/boundary";
  expect(
    onlyResource(
      stackWith({ path: "/apps/", permissionsBoundaryArn: boundary }),
      "aws_iam_role",
    ),
  ).toMatchObject({ path: "/apps/", permissions_boundary: boundary });
});

/** Terraform reads the quotes inside `${…}` as its own; for JSON they have to be escaped. */
function escapedQuotes(document: unknown): string {
  return String(document).replace(/\$\{[^}]*\}/g, (expression) =>
    expression.replaceAll('"', '\\"'),
  );
}

test("several accounts: each subject stands exactly, in a list, and no pattern", () => {
  const role = onlyResource(
    stackWith({
      trust: {
        kind: "service-accounts",
        serviceAccounts: [
          { namespace: "tower-nf", serviceAccount: "head" },
          { namespace: "tower-nf", serviceAccount: "task" },
        ],
      },
    }),
    "aws_iam_role",
  );
  const host = '${trimprefix("https://issuer.example/id/1", "https://")}';
  expect(JSON.parse(escapedQuotes(role.assume_role_policy))).toMatchObject({
    Statement: [
      {
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            [`${host}:aud`]: "sts.amazonaws.com",
            [`${host}:sub`]: [
              "system:serviceaccount:tower-nf:head",
              "system:serviceaccount:tower-nf:task",
            ],
          },
        },
      },
    ],
  });
});

test("a pattern of namespaces: account and audience stand exactly, one pattern, and no other subject", () => {
  const role = onlyResource(
    stackWith({
      trust: {
        kind: "service-account-pattern",
        namespacePattern: "worker-*",
        serviceAccount: "deployment-runner",
      },
    }),
    "aws_iam_role",
  );
  const host = '${trimprefix("https://issuer.example/id/1", "https://")}';
  expect(JSON.parse(escapedQuotes(role.assume_role_policy))).toMatchObject({
    Statement: [
      {
        Principal: {
          Federated: "${aws_iam_openid_connect_provider.oidc.arn}",
        },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: { [`${host}:aud`]: "sts.amazonaws.com" },
          StringLike: {
            [`${host}:sub`]: "system:serviceaccount:worker-*:deployment-runner",
          },
        },
      },
    ],
  });
});
