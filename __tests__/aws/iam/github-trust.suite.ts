import {
  GITHUB_ISSUER,
  type GithubWorkflows,
  githubProviderArn,
  githubTrustDocument,
} from "../../../modules/aws/iam/github-trust";
import { oidcProviderArn } from "../../../modules/aws/iam/oidc-provider";
import { TerraformOutput } from "cdktf";
import { isAllowed, worldOfRoles } from "../../support/simulate";
import { synthOne } from "../../support/synth";

const ACCOUNT = "123456789012";
const PROVIDER = githubProviderArn(ACCOUNT, "aws");
const ROLE = `arn:aws:iam::${ACCOUNT}:role/ci-api`;

const workflows: GithubWorkflows = {
  repository: "example/api",
  branches: ["main", "release/1.0"],
  environments: ["production"],
};
const numbered: GithubWorkflows = {
  ...workflows,
  organizationId: "11",
  repositoryId: "22",
};

/** Whether a workflow with this token takes the role. */
const enters = (
  of: GithubWorkflows,
  sub: string,
  { aud = "sts.amazonaws.com", provider = PROVIDER } = {},
): Promise<boolean> =>
  isAllowed(
    worldOfRoles({
      accountId: ACCOUNT,
      issuerHost: "oidc.eks.eu-central-1.amazonaws.com/id/CLUSTER",
      roles: [
        {
          key: "ci-api",
          name: "ci-api",
          arn: ROLE,
          path: "ci-api",
          trust: githubTrustDocument(PROVIDER, of, "aws"),
          policies: {},
          managed: [],
        },
      ],
      resourcePolicies: [],
    }),
    {
      as: provider,
      does: "sts:AssumeRoleWithWebIdentity",
      to: ROLE,
      with: {
        "token.actions.githubusercontent.com:sub": sub,
        "token.actions.githubusercontent.com:aud": aud,
      },
    },
  );

test.each([
  [workflows, "repo:example/api:ref:refs/heads/main"],
  [workflows, "repo:example/api:ref:refs/heads/release/1.0"],
  [workflows, "repo:example/api:environment:production"],
  [numbered, "repo:example/api:ref:refs/heads/main"],
  [numbered, "repo:example@11/api@22:ref:refs/heads/main"],
  [numbered, "repo:example@11/api@22:environment:production"],
])("C50: its workflow enters: %#: %s", async (of, sub) => {
  expect(await enters(of, sub)).toBe(true);
});

test.each([
  ["another repository", "repo:example/ui:ref:refs/heads/main"],
  ["a repository whose name goes on", "repo:example/api-2:ref:refs/heads/main"],
  ["a fork", "repo:stranger/api:ref:refs/heads/main"],
  ["another branch", "repo:example/api:ref:refs/heads/feature"],
  ["a branch whose name goes on", "repo:example/api:ref:refs/heads/main2"],
  ["a branch in other capitals", "repo:example/api:ref:refs/heads/Main"],
  ["a pull request", "repo:example/api:pull_request"],
  ["a tag of the branch's name", "repo:example/api:ref:refs/tags/main"],
  ["another environment", "repo:example/api:environment:staging"],
  [
    "a new organization that took the old name",
    "repo:example@12/api@22:ref:refs/heads/main",
  ],
  [
    "a new repository of the name",
    "repo:example@11/api@23:ref:refs/heads/main",
  ],
  ["a pattern as a name", "repo:example/*:ref:refs/heads/main"],
])("C50: denied: %s", async (_, sub) => {
  expect(await enters(numbered, sub)).toBe(false);
});

test("C50: a number of one alone names no repository: tokens with numbers are denied", async () => {
  for (const of of [
    { ...workflows, organizationId: "11" },
    { ...workflows, repositoryId: "22" },
  ])
    expect(await enters(of, "repo:example@11/api@22:ref:refs/heads/main")).toBe(
      false,
    );
});

test("C50: denied: another audience, and the same claims from another issuer", async () => {
  const sub = "repo:example/api:ref:refs/heads/main";
  expect(await enters(workflows, sub, { aud: "https://example.com" })).toBe(
    false,
  );
  expect(
    await enters(workflows, sub, {
      provider: PROVIDER.replace("token.actions", "token.others"),
    }),
  ).toBe(false);
});

test("C50: the provider's ARN is what IAM makes of issuer and account", () => {
  const stack = synthOne((scope) => {
    new TerraformOutput(scope, "arn", {
      value: oidcProviderArn({
        accountId: ACCOUNT,
        partition: "aws-cn",
        issuer: GITHUB_ISSUER,
      }),
    });
  });
  expect(
    String(stack.output?.arn?.value).replace(
      /\$\{trimprefix\("https:\/\/([^"]+)", "https:\/\/"\)\}/,
      "$1",
    ),
  ).toBe(githubProviderArn(ACCOUNT, "aws-cn"));
});
