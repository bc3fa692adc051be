import { withRelease } from "../../../modules/wave/release/release";
import { type RoleDefinition } from "../../../modules/aws/iam/role-trust";
import { waveRoles } from "../../../modules/wave/identity/roles";
import {
  actionsOf,
  roleOf,
  statementOf,
  storedData,
} from "../../support/identity";
import {
  type SettingsChange,
  currentSettings,
  liteSettings,
} from "../../support/settings";

const rolesOf = (change: SettingsChange = {}) =>
  waveRoles(withRelease(currentSettings(change)), storedData);
const liteOf = (change: SettingsChange = {}) =>
  waveRoles(withRelease(liteSettings(change)), storedData);

/** Keys of the roles that there are. */
const namesOf = (roles: object) =>
  Object.entries(roles).flatMap(([name, role]) =>
    role === undefined ? [] : [name],
  );
const actionsIn = (roles: object) =>
  Object.values<RoleDefinition | undefined>({ ...roles })
    .flatMap((role) => role?.policy.Statement ?? [])
    .flatMap(actionsOf);

const server = "arn:aws:iam::123456789012:role/wave-prod-euc1-wave-server";
const ecr = "arn:aws:iam::123456789012:role/wave-prod-euc1-wave-ecr";
const jumpRoleArn = "arn:aws:iam::210987654321:role/wave-jump";
const bucket = "arn:aws:s3:::wave-prod-logs-123456789012";
const throughS3 = {
  StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" },
};
const mail = {
  Sid: "Mail",
  Effect: "Allow",
  Action: "ses:SendRawEmail",
  Resource: [
    "arn:aws:ses:eu-central-1:123456789012:identity/example.com",
    "arn:aws:ses:eu-central-1:123456789012:identity/wave-app@example.com",
    "arn:aws:ses:eu-central-1:123456789012:configuration-set/wave-prod-mail",
  ],
  Condition: { StringEquals: { "ses:FromAddress": "wave-app@example.com" } },
};

test("IAM-07: two roles, server and ECR: builds, which run users' code, have none", () => {
  expect(namesOf(rolesOf())).toEqual(["server", "ecr"]);
  expect(JSON.stringify(rolesOf())).not.toContain("wave-build-sa");
});

test("IAM-01c, IAM-03, IAM-04, INF-03, INF-21: the server has the objects under three prefixes, the ECR role, and mail", () => {
  expect(roleOf(rolesOf(), "server").policy).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ObjectsList",
        Effect: "Allow",
        Action: "s3:ListBucket",
        Resource: bucket,
      },
      {
        Sid: "ObjectsReadWrite",
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:PutObject"],
        Resource: [
          `${bucket}/build-logs/*`,
          `${bucket}/build-locks/*`,
          `${bucket}/scan-reports/*`,
        ],
      },
      {
        Sid: "LogsKey",
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: storedData.logsKeyArn,
        Condition: throughS3,
      },
      {
        Sid: "AssumeEcrRole",
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Resource: ecr,
      },
      mail,
    ],
  });
});

test("IAM-06: the server's role is for wave-sa only", () => {
  const { trust } = roleOf(
    rolesOf({ wave: { namespace: "wave-test" } }),
    "server",
  );
  expect(trust).toEqual({
    kind: "service-account",
    namespace: "wave-test",
    serviceAccount: "wave-sa",
  });
});

test("IAM-01a, IAM-02: the ECR role logs in to ECR and pushes and pulls in two repositories, nothing else", () => {
  expect(roleOf(rolesOf(), "ecr").policy).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "EcrLogin",
        Effect: "Allow",
        Action: "ecr:GetAuthorizationToken",
        Resource: "*",
      },
      {
        Sid: "EcrPushPull",
        Effect: "Allow",
        Action: [
          "ecr:BatchCheckLayerAvailability",
          "ecr:BatchGetImage",
          "ecr:CompleteLayerUpload",
          "ecr:GetDownloadUrlForLayer",
          "ecr:InitiateLayerUpload",
          "ecr:PutImage",
          "ecr:UploadLayerPart",
        ],
        Resource: [
          storedData.buildRepositoryArn,
          storedData.cacheRepositoryArn,
        ],
      },
    ],
  });
  const { policy } = roleOf(rolesOf(), "server");
  expect(policy.Statement.flatMap(actionsOf)).not.toContain(
    "ecr:GetAuthorizationToken",
  );
});

test("CFG-R1: only the server takes the ECR role, under the session name Wave gives, with the external id of the settings", () => {
  expect(roleOf(rolesOf(), "ecr").trust).toEqual({
    kind: "assumed",
    roleArns: [server],
    sessionName: "wave-ecr-*",
    externalId: undefined,
  });
  const current = { ecrExternalId: "wave-prod" };
  expect(roleOf(rolesOf({ wave: { current } }), "ecr").trust).toMatchObject({
    externalId: "wave-prod",
  });
});

test("CFG-R1: names between server and ECR role follow path and partition, and meet Wave's pattern of a role", () => {
  const roles = rolesOf({ region: "us-gov-west-1", iam: { path: "/apps/w/" } });
  const arn = "arn:aws-us-gov:iam::123456789012:role/apps/w/wave-prod-usgw1";
  const { Resource } = statementOf(
    roleOf(roles, "server").policy,
    "AssumeEcrRole",
  );
  expect(Resource).toBe(`${arn}-wave-ecr`);
  expect(Resource).toMatch(
    /^arn:aws(-cn|-us-gov)?:iam::\d{12}:role\/[\w+=,.@/-]+$/,
  );
  expect(roleOf(roles, "ecr").trust.roleArns).toEqual([`${arn}-wave-server`]);
});

test("IAM-09: with a jump role the server takes it too, and Wave comes to the ECR role through it", () => {
  const roles = rolesOf({ wave: { current: { jumpRoleArn } } });
  expect(
    statementOf(roleOf(roles, "server").policy, "AssumeEcrRole").Resource,
  ).toEqual([ecr, jumpRoleArn]);
  expect(roleOf(roles, "ecr").trust.roleArns).toEqual([server, jumpRoleArn]);
});

test("IAM-08: with data.buildCache the build account reads and writes layers in that bucket, and nothing else", () => {
  const roles = rolesOf({
    data: { buildCache: {} },
    wave: { buildNamespace: "wave-test-build" },
  });
  expect(namesOf(roles)).toEqual(["server", "ecr", "cache"]);
  const cache = "arn:aws:s3:::wave-prod-build-cache-123456789012";
  expect(roleOf(roles, "cache")).toMatchObject({
    trust: {
      kind: "service-account",
      namespace: "wave-test-build",
      serviceAccount: "wave-build-sa",
    },
    policy: {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "CacheList",
          Effect: "Allow",
          Action: ["s3:ListBucket", "s3:ListBucketMultipartUploads"],
          Resource: cache,
        },
        {
          Sid: "CacheObjects",
          Effect: "Allow",
          Action: [
            "s3:AbortMultipartUpload",
            "s3:DeleteObject",
            "s3:GetObject",
            "s3:ListMultipartUploadParts",
            "s3:PutObject",
          ],
          Resource: `${cache}/layers/*`,
        },
        {
          Sid: "CacheKey",
          Effect: "Allow",
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: storedData.buildCacheKeyArn,
          Condition: throughS3,
        },
      ],
    },
  });
});

test("IAM-08: a bucket of the operator: its prefix, and its key through S3 of its region", () => {
  const { policy } = roleOf(
    rolesOf({
      wave: {
        build: {
          cache: "s3://company-cache/wave/layers",
          cacheRegion: "eu-west-1",
          cacheKmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/k",
        },
      },
    }),
    "cache",
  );
  expect(statementOf(policy, "CacheList").Resource).toBe(
    "arn:aws:s3:::company-cache",
  );
  expect(statementOf(policy, "CacheObjects").Resource).toBe(
    "arn:aws:s3:::company-cache/wave/layers/*",
  );
  expect(statementOf(policy, "CacheKey")).toMatchObject({
    Resource: "arn:aws:kms:eu-west-1:123456789012:key/k",
    Condition: {
      StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" },
    },
  });
});

test("IAM-08: a bucket without a key of its own needs no permission of a key", () => {
  const { policy } = roleOf(
    rolesOf({ wave: { build: { cache: "s3://company-cache/wave" } } }),
    "cache",
  );
  expect(policy.Statement.map(({ Sid }) => Sid)).toEqual([
    "CacheList",
    "CacheObjects",
  ]);
});

test("IAM-08: with a repository as cache the build account has no role", () => {
  const cache = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/own/cache";
  expect(namesOf(rolesOf({ wave: { build: { cache } } }))).toEqual([
    "server",
    "ecr",
  ]);
});

test("IAM-01b, IAM-02, IAM-04, IAM-05: dropped: SSM, the extra 8 of ECR, deletion of objects", () => {
  const actions = actionsIn(rolesOf());
  expect(actions).toHaveLength(1 + 2 + 2 + 1 + 1 + 8);
  expect(actions.filter((action) => action.startsWith("ssm:"))).toEqual([]);
  expect(actions).not.toContain("s3:DeleteObject");
  expect(
    actions.filter((action) =>
      /^ecr:(Describe|List|GetLifecycle|GetRepositoryPolicy)/.test(action),
    ),
  ).toEqual([]);
});

test("of the classic line: no build role, no export", () => {
  const roles = rolesOf({ wave: { classic: { ecrKeySecret: "wave/key" } } });
  expect(roles).not.toHaveProperty("build");
  expect(roles).not.toHaveProperty("export");
  expect(JSON.stringify(roles)).not.toContain("surreal");
});

test("IAM-09: Lite with a jump role takes that role, and no ECR role", () => {
  const roles = liteOf({
    wave: { current: { jumpRoleArn } },
  });
  expect(namesOf(roles)).toEqual(["server"]);
  expect(roleOf(roles, "server").policy.Statement).toEqual([
    {
      Sid: "AssumeJumpRole",
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Resource: jumpRoleArn,
    },
  ]);
});

test("Lite without a jump role has no role at all, with mail either: it sends none", () => {
  const mail = { domain: "example.com", sender: "wave@example.com" };
  expect(namesOf(liteOf({ wave: { mail } }))).toEqual([]);
});
