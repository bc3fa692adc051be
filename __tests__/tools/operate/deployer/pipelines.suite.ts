import { readFileSync } from "node:fs";
import { type PolicyDocument } from "../../../../modules/lib/policy";
import { projectFile } from "../../../../modules/lib/project-file";
import { deployerPolicies } from "../../../../tools/operate/deployer/documents";
import {
  type PipelineHomes,
  pipelineTrusts,
} from "../../../../tools/operate/deployer/pipelines";
import {
  exampleSettings,
  currentSettings,
  deliverySettings,
  emgSettings,
} from "../../../support/settings";

const trustsOf = (homes: PipelineHomes, region = "eu-central-1") =>
  pipelineTrusts(currentSettings({ region }), "prod", homes);

const conditionOf = (document: PolicyDocument | undefined) =>
  document?.Statement[0]?.Condition;

test("GitHub's two environments take the role: for the plan, and for the apply; no branch and no pull request does", () => {
  const { "trust-github.json": document } = trustsOf({
    github: "example/infrastructure",
  });
  expect(conditionOf(document)).toEqual({
    StringEquals: {
      "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
      "token.actions.githubusercontent.com:sub": [
        "repo:example/infrastructure:environment:prod",
        "repo:example/infrastructure:environment:prod-plan",
      ],
    },
  });
});

test("with the numbers of organization and repository both forms of a subject do", () => {
  const { "trust-github.json": document } = trustsOf({
    github: "example@11/infrastructure@22",
  });
  expect(
    conditionOf(document)?.StringEquals?.[
      "token.actions.githubusercontent.com:sub"
    ],
  ).toEqual(
    expect.arrayContaining([
      "repo:example/infrastructure:environment:prod",
      "repo:example@11/infrastructure@22:environment:prod",
    ]),
  );
});

test("GitLab's main branch takes the role, and with plans of merge requests each branch of the project", () => {
  const subjectsOf = (mergeRequests: boolean) =>
    conditionOf(
      trustsOf({ gitlab: "git.example.com/a/b/c", mergeRequests })[
        "trust-gitlab.json"
      ],
    );
  expect(subjectsOf(false)).toEqual({
    StringEquals: { "git.example.com:aud": "sts.amazonaws.com" },
    StringLike: {
      "git.example.com:sub": ["project_path:a/b/c:ref_type:branch:ref:main"],
    },
  });
  expect(subjectsOf(true)?.StringLike).toEqual({
    "git.example.com:sub": ["project_path:a/b/c:ref_type:branch:ref:*"],
  });
});

test("the provider is that of the account, in the partition of the region", () => {
  const documents = trustsOf(
    { github: "example/a", gitlab: "gitlab.com/example/a" },
    "us-gov-west-1",
  );
  expect(
    Object.values(documents).map(({ Statement }) => Statement[0]?.Principal),
  ).toEqual([
    {
      Federated:
        "arn:aws-us-gov:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
    },
    { Federated: "arn:aws-us-gov:iam::123456789012:oidc-provider/gitlab.com" },
  ]);
});

test.each<[string, PipelineHomes]>([
  ["--github", { github: "infrastructure" }],
  ["--github", { github: "example/*" }],
  ["--github", { github: "https://github.com/example/infrastructure" }],
  ["--gitlab", { gitlab: "example/infrastructure" }],
  ["--gitlab", { gitlab: "gitlab.com/*/a" }],
  ["--merge-requests", { github: "example/a", mergeRequests: true }],
])("refused: %s of %j", (option, homes) => {
  expect(() => trustsOf(homes)).toThrow(`  ${option}\n`);
});

test("without a pipeline there is no document", () => {
  expect(trustsOf({})).toEqual({});
});

describe("the session of a plan", () => {
  const text = readFileSync(
    projectFile("policies/deployer/plan-session.json"),
    "utf8",
  );
  const { Statement } = JSON.parse(text) as PolicyDocument;
  const [read] = Statement;
  const allows = (action: string): boolean =>
    [read?.Action ?? []]
      .flat()
      .some((pattern) =>
        new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(action),
      );
  const actions = [
    exampleSettings(),
    currentSettings(),
    deliverySettings(),
    emgSettings(),
  ].flatMap((settings) =>
    Object.values(deployerPolicies(settings)).flatMap((document) =>
      document.Statement.flatMap(({ Action }) => Action),
    ),
  );
  const READS = /:(BatchCheck|BatchGet|Describe|Get|List)|^kms:Decrypt$/;

  test("reads whatever the deployer may read", () => {
    const reads = actions.filter((action) => READS.test(action));
    expect(reads.length).toBeGreaterThan(100);
    expect(reads.filter((action) => !allows(action))).toEqual([]);
  });

  test("makes, changes and deletes nothing", () => {
    const writes = actions.filter((action) => !READS.test(action));
    expect(writes.length).toBeGreaterThan(100);
    expect(writes.filter(allows)).toEqual([]);
  });

  test("writes the lock of a state only, and no state", () => {
    const [, ...others] = Statement;
    const writes = others.filter(({ Action }) =>
      [Action].flat().some((one) => one.startsWith("s3:")),
    );
    expect(writes.map(({ Resource }) => Resource)).toEqual([
      "arn:aws:s3:::*.tflock",
    ]);
  });

  test("is as short as AWS takes one", () => {
    expect(JSON.stringify(JSON.parse(text)).length).toBeLessThanOrEqual(2048);
  });
});
