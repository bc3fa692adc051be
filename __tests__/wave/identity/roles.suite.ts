import { withRelease } from "../../../modules/wave/release/release";
import {
  type RoleDefinition,
  type ServiceAccountRole,
} from "../../../modules/aws/iam/role-trust";
import { ecrKeyPolicy } from "../../../modules/wave/identity/role-policies";
import { waveRoles } from "../../../modules/wave/identity/roles";
import {
  actionsOf,
  roleOf,
  statementOf,
  storedData,
} from "../../support/identity";
import { type SettingsChange, exampleSettings } from "../../support/settings";

const rolesOf = (change: SettingsChange = {}) =>
  waveRoles(withRelease(exampleSettings(change)), storedData);
const serverOf = (change: SettingsChange = {}) =>
  roleOf(rolesOf(change), "server");
const actions = Object.values<RoleDefinition>({ ...rolesOf() })
  .flatMap(({ policy }) => policy.Statement)
  .flatMap(actionsOf);

const core7 = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:CompleteLayerUpload",
  "ecr:GetDownloadUrlForLayer",
  "ecr:InitiateLayerUpload",
  "ecr:PutImage",
  "ecr:UploadLayerPart",
];

const pushPull = {
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
      Action: core7,
      Resource: [storedData.buildRepositoryArn, storedData.cacheRepositoryArn],
    },
  ],
};

test("IAM-03, IAM-04, INF-21: the server reads and writes build logs only", () => {
  const server = serverOf({ wave: { mail: undefined } });
  expect(server.policy).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "LogsList",
        Effect: "Allow",
        Action: "s3:ListBucket",
        Resource: "arn:aws:s3:::wave-prod-logs-123456789012",
      },
      {
        Sid: "LogsObjects",
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:PutObject"],
        Resource: "arn:aws:s3:::wave-prod-logs-123456789012/build-logs/*",
      },
      {
        Sid: "LogsKey",
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: storedData.logsKeyArn,
        Condition: {
          StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" },
        },
      },
    ],
  });
});

test("IAM-01c: the server mails as the sender only, through domain, sender and default configuration set", () => {
  expect(statementOf(serverOf().policy, "Mail")).toEqual({
    Sid: "Mail",
    Effect: "Allow",
    Action: "ses:SendRawEmail",
    Resource: [
      "arn:aws:ses:eu-central-1:123456789012:identity/example.com",
      "arn:aws:ses:eu-central-1:123456789012:identity/wave-app@example.com",
      "arn:aws:ses:eu-central-1:123456789012:configuration-set/wave-prod-mail",
    ],
    Condition: { StringEquals: { "ses:FromAddress": "wave-app@example.com" } },
  });
});

test("with an existing mail identity only the configuration set it names is added", () => {
  const resourcesWith = (mail: Record<string, string>) =>
    statementOf(
      serverOf({ wave: { mail: { existingIdentity: true, ...mail } } }).policy,
      "Mail",
    ).Resource;
  expect(resourcesWith({})).toHaveLength(2);
  expect(resourcesWith({ configurationSet: "company-default" })).toContain(
    "arn:aws:ses:eu-central-1:123456789012:configuration-set/company-default",
  );
});

test("IAM-01a, IAM-02: the build role logs in to ECR and pushes and pulls in two repositories, nothing else", () => {
  expect(roleOf(rolesOf(), "build").policy).toEqual(pushPull);
});

test("BAK-05: the export writes below its prefix only", () => {
  expect(roleOf(rolesOf(), "export").policy).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ExportObjects",
        Effect: "Allow",
        Action: "s3:PutObject",
        Resource: "arn:aws:s3:::wave-prod-logs-123456789012/surreal-exports/*",
      },
      {
        Sid: "ExportKey",
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: storedData.logsKeyArn,
        Condition: {
          StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" },
        },
      },
    ],
  });
});

test("IAM-06, IAM-07: every subject has its own service account", () => {
  const roles = rolesOf({
    wave: { namespace: "wave-test", buildNamespace: "wave-test-build" },
  });
  const subjects = Object.entries(roles).map(
    ([name, { trust }]: [string, ServiceAccountRole]) =>
      `${name} ${trust.namespace}:${trust.serviceAccount}`,
  );
  expect(subjects).toEqual([
    "server wave-test:wave-sa",
    "build wave-test-build:wave-build-sa",
    "export wave-test:surreal-export",
  ]);
});

test("IAM-01b, IAM-02, IAM-04, IAM-05: dropped: SSM, the extra 8 of ECR, deletion of logs", () => {
  expect(actions.filter((action) => action.startsWith("ssm:"))).toEqual([]);
  expect(actions).not.toContain("s3:DeleteObject");
  expect(
    actions.filter((action) =>
      /^ecr:(Describe|List|GetLifecycle|GetRepositoryPolicy)/.test(action),
    ),
  ).toEqual([]);
});

test("IAM-08, IAM-09: of the current line: nothing assumes a role, nothing caches in S3", () => {
  expect(actions.filter((action) => action.startsWith("sts:"))).toEqual([]);
  expect(Object.keys(rolesOf())).toEqual(["server", "build", "export"]);
});

test("IAM-10: the key's user may push and pull, and only with the setting is there a policy", () => {
  const withKey = exampleSettings({
    wave: { classic: { ecrKeySecret: "wave/ecr-key" } },
  });
  expect(ecrKeyPolicy(withRelease(withKey), storedData)).toEqual(pushPull);
  expect(
    ecrKeyPolicy(withRelease(exampleSettings()), storedData),
  ).toBeUndefined();
});

test("in China partition and DNS suffix follow the region", () => {
  const server = serverOf({ region: "cn-north-1" });
  expect(statementOf(server.policy, "LogsList").Resource).toBe(
    "arn:aws-cn:s3:::wave-prod-logs-123456789012",
  );
  expect(statementOf(server.policy, "LogsKey").Condition).toEqual({
    StringEquals: { "kms:ViaService": "s3.cn-north-1.amazonaws.com.cn" },
  });
});
