import {
  type Step,
  inConfig,
  onlyProblemWhen,
  problemsWhen,
} from "../../support/rendered";

const statement = (role: string, index: number, ...steps: Step[]) => [
  ...["roles", role, "permissions", "Statement"],
  ...[index, ...steps],
];

describe("VR-43: policies equal wave.md 5.2", () => {
  test.each<[string, Step[], unknown, string, string]>([
    [
      "an action more (IAM-04: Wave never deletes)",
      statement("server", 1, "Action"),
      ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
      "role server: statement LogsObjects",
      "Allow s3:GetObject, s3:PutObject, s3:DeleteObject",
    ],
    [
      "an action less",
      statement("server", 2, "Action"),
      ["kms:Decrypt"],
      "role server: statement LogsKey",
      "Allow kms:Decrypt",
    ],
    [
      "the whole bucket",
      statement("server", 1, "Resource"),
      "arn:aws:s3:::wave-prod-logs-123456789012/*",
      "role server: statement LogsObjects",
      "resources arn:aws:s3:::wave-prod-logs-123456789012/*",
    ],
    [
      "another bucket than config.yml's",
      statement("server", 0, "Resource"),
      "arn:aws:s3:::other",
      "role server: statement LogsList",
      "resources arn:aws:s3:::other",
    ],
    [
      "the key without its condition",
      statement("server", 2, "Condition"),
      undefined,
      "role server: statement LogsKey",
      "no condition",
    ],
    [
      "mail from every address (HARD-08)",
      statement("server", 3, "Condition"),
      undefined,
      "role server: statement Mail",
      "no condition",
    ],
    [
      "mail by one identity only",
      statement("server", 3, "Resource"),
      ["arn:aws:ses:eu-central-1:123456789012:identity/example.com"],
      "role server: statement Mail",
      "resources arn:aws:ses:eu-central-1:123456789012:identity/example.com",
    ],
    [
      "a condition that excludes instead of allowing",
      statement("server", 3, "Condition"),
      { StringNotEquals: { "ses:FromAddress": "wave-app@example.com" } },
      "role server: statement Mail",
      'condition StringNotEquals {"ses:FromAddress":"wave-app@example.com"}',
    ],
    [
      "a build that reads scan findings (IAM-02: the extra 8 are used by nothing)",
      statement("build", 1, "Action", 0),
      "ecr:DescribeImageScanFindings",
      "role build: statement EcrPushPull",
      "Allow ecr:DescribeImageScanFindings, ecr:BatchGetImage, ecr:CompleteLayerUpload, ecr:GetDownloadUrlForLayer, ecr:InitiateLayerUpload, ecr:PutImage, ecr:UploadLayerPart",
    ],
    [
      "a repository that config.yml does not name",
      statement("build", 1, "Resource", 2),
      "arn:aws:ecr:eu-central-1:123456789012:repository/team/app",
      "role build: statement EcrPushPull",
      "resources arn:aws:ecr:eu-central-1:123456789012:repository/wave-prod/build, arn:aws:ecr:eu-central-1:123456789012:repository/wave-prod/cache, arn:aws:ecr:eu-central-1:123456789012:repository/team/app",
    ],
  ])("%s", (_, steps, value, path, given) => {
    expect(onlyProblemWhen(steps, value)).toMatchObject({ path, given });
  });

  test("IAM-01b, IAM-05: a statement more, such as the seed's SSM, is refused", () => {
    expect(
      onlyProblemWhen(statement("server", 4), {
        Sid: "Parameters",
        Effect: "Allow",
        Action: "ssm:GetParameters",
        Resource: "arn:aws:ssm:eu-central-1:123456789012:parameter/config/*",
      }),
    ).toEqual({
      path: "role server: statements",
      given: "LogsList, LogsObjects, LogsKey, Mail, Parameters",
      allowed: "LogsList, LogsObjects, LogsKey, Mail",
      fix: "keep the statements of wave.md 5.2 and no other (VR-43)",
    });
  });

  test("VR-44: builds get ECR and nothing else", () => {
    expect(
      onlyProblemWhen(statement("build", 2), {
        Sid: "Logs",
        Effect: "Allow",
        Action: "s3:PutObject",
        Resource: "arn:aws:s3:::wave-prod-logs-123456789012/*",
      }),
    ).toMatchObject({ path: "role build: statements" });
  });

  test("no resource * but for the login to ECR, no pattern in an action", () => {
    expect(
      onlyProblemWhen(statement("export", 0, "Resource"), "*"),
    ).toMatchObject({
      path: "role export: statement ExportObjects",
      given: "resource *",
      allowed: "* only for ecr:GetAuthorizationToken",
    });
    expect(
      onlyProblemWhen(statement("export", 0, "Action"), "s3:Put*"),
    ).toMatchObject({ given: "action s3:Put*", allowed: "exact actions" });
    expect(
      problemsWhen(statement("build", 0, "Action"), [
        "ecr:GetAuthorizationToken",
        "ecr:DescribeRegistry",
      ]).map(({ given }) => given),
    ).toContain("resource *");
  });
});

describe("VR-43, IAM-06: one subject and one audience per role", () => {
  const trust = (role: string, ...steps: Step[]) => [
    ...["roles", role, "trust", "Statement"],
    ...steps,
  ];
  const issuer =
    "oidc.eks.eu-central-1.amazonaws.com/id/00000000000000000000000000000000";

  test.each<[string, Step[], unknown]>([
    [
      "two subjects, as in the seed",
      [0, "Condition", "StringEquals", `${issuer}:sub`],
      [
        "system:serviceaccount:wave:wave-sa",
        "system:serviceaccount:wave-build:wave-build-sa",
      ],
    ],
    [
      "a subject of another account",
      [0, "Condition", "StringEquals", `${issuer}:sub`],
      "system:serviceaccount:wave:default",
    ],
    [
      "no audience",
      [0, "Condition", "StringEquals", `${issuer}:aud`],
      undefined,
    ],
    [
      "a pattern operator",
      [0, "Condition"],
      { StringLike: { [`${issuer}:sub`]: "system:serviceaccount:wave:*" } },
    ],
    ["everybody", [0, "Principal"], "*"],
    ["an AWS principal", [0, "Principal"], { AWS: "*" }],
    ["another action", [0, "Action"], "sts:AssumeRole"],
    [
      "a second statement",
      [1],
      { Effect: "Allow", Action: "sts:AssumeRole", Principal: "*" },
    ],
  ])("%s is refused", (_, steps, value) => {
    expect(onlyProblemWhen(trust("server", ...steps), value)).toMatchObject({
      path: "role server: trust",
      allowed:
        "sts:AssumeRoleWithWebIdentity for system:serviceaccount:wave:wave-sa with audience sts.amazonaws.com, by StringEquals",
      fix: "name one subject and one audience (VR-43, IAM-06)",
    });
  });

  test.each([
    ["build", "wave-build:wave-build-sa"],
    ["export", "wave:surreal-export"],
  ])("the %s role is for %s", (role, subject) => {
    expect(onlyProblemWhen(trust(role, 0, "Effect"), "Deny").allowed).toContain(
      `system:serviceaccount:${subject} `,
    );
  });
});

test.each([
  ["cn-north-1", "arn:aws-cn:"],
  ["us-gov-west-1", "arn:aws-us-gov:"],
])("DEC-17: %s has its own partition and hosts", (region, prefix) => {
  const settings = { region, wave: { mail: undefined } };
  expect(problemsWhen(inConfig("wave", "debug"), false, settings)).toEqual([]);
  expect(
    onlyProblemWhen(
      statement("server", 0, "Resource"),
      "arn:aws:s3:::wave-prod-logs-123456789012",
      settings,
    ).allowed,
  ).toContain(prefix);
});

test("VR-43, VR-44: a role for each subject of the line, and no other", () => {
  expect(onlyProblemWhen(["roles", "export"], undefined)).toEqual({
    path: "roles of Wave",
    given: "server, build",
    allowed: "server, build, export",
    fix: expect.stringContaining("(VR-43, VR-44)") as string,
  });
});
