import { createCiRoles } from "../../modules/delivery/ci";
import { ACCOUNT, documentOf, worldOfStack } from "../support/compute-env";
import { type SettingsChange, deliverySettings } from "../support/settings";
import { type Call, isAllowed } from "../support/simulate";
import {
  type StackJson,
  onlyResource,
  resourcesOf,
  synthOne,
} from "../support/synth";

const KEY = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/delivery`;
const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;

const stackOf = (change: SettingsChange = {}): StackJson =>
  synthOne((stack) => {
    createCiRoles(stack, { settings: deliverySettings(change), keyArn: KEY });
  });
const stack = stackOf();
const world = worldOfStack(stack);

describe("who takes the role of a service's CI", () => {
  const enters = (sub: string, aud = "sts.amazonaws.com"): Call => ({
    as: PROVIDER,
    does: "sts:AssumeRoleWithWebIdentity",
    to: `arn:aws:iam::${ACCOUNT}:role/services-prod-euc1-ci-api`,
    with: {
      "token.actions.githubusercontent.com:sub": sub,
      "token.actions.githubusercontent.com:aud": aud,
    },
  });

  test.each([
    "repo:example/api:ref:refs/heads/main",
    "repo:example/api:environment:production",
  ])("C50: %s", async (sub) => {
    expect(await isAllowed(world, enters(sub))).toBe(true);
  });

  test.each([
    "repo:example/worker:ref:refs/heads/main",
    "repo:stranger/api:ref:refs/heads/main",
    "repo:example/api:ref:refs/heads/staging",
    "repo:example/api:pull_request",
    "repo:example/api:environment:staging",
    "repo:example@11/api@22:ref:refs/heads/main",
  ])("C50: denied: %s", async (sub) => {
    expect(await isAllowed(world, enters(sub))).toBe(false);
  });

  test("C50: denied: another audience, and a pod of the cluster with GitHub's subject", async () => {
    const sub = "repo:example/api:ref:refs/heads/main";
    expect(
      await isAllowed(world, enters(sub, "https://github.com/example")),
    ).toBe(false);
    expect(
      await isAllowed(world, {
        ...enters(sub),
        as: "token",
        with: { sub, aud: "sts.amazonaws.com" },
      }),
    ).toBe(false);
  });

  test("C50: with both numbers, tokens that carry them enter too", async () => {
    const { delivery } = deliverySettings();
    const numbered = worldOfStack(
      stackOf({
        delivery: {
          github: { organizationId: "11" },
          services: delivery.services.map((one) => ({
            ...one,
            repositoryId: "22",
          })),
        },
      }),
    );
    for (const repository of ["example/api", "example@11/api@22"])
      expect(
        await isAllowed(
          numbered,
          enters(`repo:${repository}:ref:refs/heads/main`),
        ),
      ).toBe(true);
    expect(
      await isAllowed(
        numbered,
        enters("repo:example@11/api@23:ref:refs/heads/main"),
      ),
    ).toBe(false);
  });

  test("C50: GitHub's provider is made for the audience of STS, or is there already", () => {
    expect(
      onlyResource(stack, "aws_iam_openid_connect_provider"),
    ).toMatchObject({
      url: "https://token.actions.githubusercontent.com",
      client_id_list: ["sts.amazonaws.com"],
      lifecycle: { prevent_destroy: true },
    });
    const existing = stackOf({
      delivery: { github: { oidcProvider: "existing" } },
    });
    expect(existing.resource).not.toHaveProperty(
      "aws_iam_openid_connect_provider",
    );
    for (const { assume_role_policy } of Object.values(
      resourcesOf(existing, "aws_iam_role"),
    ))
      expect(documentOf(assume_role_policy).Statement).toMatchObject([
        { Principal: { Federated: PROVIDER } },
      ]);
  });

  test("without CI there is neither role nor provider", () => {
    const { delivery } = deliverySettings();
    expect(
      stackOf({
        delivery: {
          services: delivery.services.map((one) => ({ ...one, ci: undefined })),
        },
      }),
    ).not.toHaveProperty("resource");
  });
});

describe("what CI may do", () => {
  const repository = (name: string) =>
    `arn:aws:ecr:eu-central-1:${ACCOUNT}:repository/${name}`;
  const does = (action: string, to: string, as = "ci-api"): Call => ({
    as,
    does: action,
    to,
  });

  test.each([
    does("ecr:GetAuthorizationToken", "*"),
    ...[
      "InitiateLayerUpload",
      "UploadLayerPart",
      "CompleteLayerUpload",
      "PutImage",
      "BatchGetImage",
      "GetDownloadUrlForLayer",
    ].map((action) => does(`ecr:${action}`, repository("api"))),
    does(
      "s3:PutObject",
      `arn:aws:s3:::originals-prod-${ACCOUNT}/examples/x`,
      "ci-ui",
    ),
  ])("C50: $as: $does on $to", async (call) => {
    expect(await isAllowed(world, call)).toBe(true);
  });

  test.each([
    does("ecr:PutImage", repository("worker")),
    does("ecr:PutImage", repository("api-2")),
    does("ecr:PutImage", repository("services-prod/charts/nodejs")),
    does("ecr:BatchGetImage", repository("worker")),
    does("ecr:CreateRepository", repository("api")),
    does("ecr:BatchDeleteImage", repository("api")),
    does("ecr:PutImageTagMutability", repository("api")),
    does("ecr:SetRepositoryPolicy", repository("api")),
    does("s3:PutObject", `arn:aws:s3:::originals-prod-${ACCOUNT}/x`, "ci-ui"),
    does("s3:PutObject", `arn:aws:s3:::originals-prod-${ACCOUNT}/examples/x`),
    does(
      "sts:AssumeRole",
      `arn:aws:iam::${ACCOUNT}:role/services-prod-euc1-service-api`,
    ),
  ])("C49, C50: denied: $as: $does on $to", async (call) => {
    expect(await isAllowed(world, call)).toBe(false);
  });

  test("C50: no user and no key is made, so there is nothing to rotate", () => {
    expect(Object.keys(stack.resource ?? {}).sort()).toEqual([
      "aws_iam_openid_connect_provider",
      "aws_iam_role",
      "aws_iam_role_policy",
    ]);
  });
});
