import { TerraformOutput } from "cdktf";
import { KmsKey } from "../../modules/aws/kms/kms-key";
import {
  createRepositories,
  createServiceRoles,
} from "../../modules/delivery/services";
import {
  ACCOUNT,
  IDENTITY,
  NETWORK,
  documentOf,
  literalOf,
  waitFor,
  waiting,
  worldOfStack,
} from "../support/compute-env";
import { type SettingsChange, deliverySettings } from "../support/settings";
import { type Call, isAllowed } from "../support/simulate";
import { type StackJson, resourcesOf, synthOne } from "../support/synth";

const KEY = literalOf("kms_key");

const stackOf = (change: SettingsChange = {}): StackJson =>
  synthOne((stack) => {
    const inputs = {
      settings: deliverySettings(change),
      network: NETWORK,
      identity: IDENTITY,
      keyArn: new KmsKey(stack, "key", {
        name: "services-prod-delivery",
        description: "Services and their stores.",
        accountId: ACCOUNT,
        region: "eu-central-1",
      }).arn,
    };
    const { repositoryUrls, chartRepositoryUrl } = createRepositories(
      stack,
      inputs,
    );
    const { roleArns, dependsOn } = createServiceRoles(stack, inputs);
    waitFor(stack, dependsOn);
    for (const [name, value] of Object.entries({
      repositoryUrls,
      chartRepositoryUrl,
      roleArns,
    }))
      new TerraformOutput(stack, name, { value, staticId: true });
  });

const ROLE = {
  statements: [{ actions: ["s3:GetObject"], resources: ["bucket/source/*"] }],
};
const service = (change: object = {}) => ({
  delivery: {
    services: [
      {
        name: "api",
        repository: "example/api",
        namespaces: ["api-default"],
        ...change,
      },
    ],
  },
});

const stack = stackOf();
const byName = (json: StackJson, type: string) =>
  Object.fromEntries(
    Object.values(resourcesOf(json, type)).map((one) => [
      String(one.name).replace(/^services-prod-euc1-/, ""),
      one,
    ]),
  );

describe("repositories", () => {
  const repositories = byName(stack, "aws_ecr_repository");

  test("C49: one for each service, named like its repository on GitHub, and one for the chart", () => {
    expect(Object.keys(repositories).sort()).toEqual([
      "api",
      "services-prod/charts/nodejs",
      "ui",
      "worker",
    ]);
    expect(stack.output?.repositoryUrls?.value).toEqual({
      api: "${aws_ecr_repository.repository-api.repository_url}",
      ui: "${aws_ecr_repository.repository-ui.repository_url}",
      worker: "${aws_ecr_repository.repository-worker.repository_url}",
    });
  });

  test("C49: tags stay, what is pushed is scanned, the key is the platform's, and a destroy is refused", () => {
    for (const one of Object.values(repositories))
      expect(one).toMatchObject({
        image_tag_mutability: "IMMUTABLE",
        image_scanning_configuration: { scan_on_push: true },
        encryption_configuration: [
          { encryption_type: "KMS", kms_key: "${aws_kms_key.key.arn}" },
        ],
        force_delete: false,
        lifecycle: { prevent_destroy: true },
      });
  });

  test("retain: false lets them go with their images", () => {
    for (const one of Object.values(
      resourcesOf(stackOf({ retain: false }), "aws_ecr_repository"),
    ))
      expect(one).toMatchObject({
        force_delete: true,
        lifecycle: { prevent_destroy: false },
      });
  });

  test("C49: the newest tagged images stay, as many as the settings say; a chart always", () => {
    const rulesOf = (id: string) =>
      (
        JSON.parse(
          String(
            resourcesOf(
              stackOf(service({ ecr: { kind: "created", keepTagged: 7 } })),
              "aws_ecr_lifecycle_policy",
            )[id]?.policy,
          ),
        ) as { rules: { selection: { tagStatus: string } }[] }
      ).rules.map(({ selection }) => selection);
    const [api, chart] = Object.keys(
      resourcesOf(stackOf(service()), "aws_ecr_lifecycle_policy"),
    ).sort((one) => (one.includes("chart") ? 1 : -1));
    expect(rulesOf(api ?? "")).toContainEqual({
      tagStatus: "tagged",
      tagPatternList: ["*"],
      countType: "imageCountMoreThan",
      countNumber: 7,
    });
    expect(rulesOf(chart ?? "")).toMatchObject([{ tagStatus: "untagged" }]);
  });

  test("C49: one that another environment has made is read, and not made", () => {
    const json = stackOf(service({ ecr: { kind: "existing" } }));
    expect(Object.keys(byName(json, "aws_ecr_repository"))).toEqual([
      "services-prod/charts/nodejs",
    ]);
    expect(json.data?.aws_ecr_repository).toMatchObject({
      "repository-api": { name: "api" },
    });
  });
});

describe("who takes a service's role", () => {
  const roleArn = (name: string) =>
    `arn:aws:iam::${ACCOUNT}:role/services-prod-euc1-${name}`;
  const enters = (
    role: string,
    sub: string,
    aud = "sts.amazonaws.com",
  ): Call => ({
    as: "token",
    does: "sts:AssumeRoleWithWebIdentity",
    to: roleArn(role),
    with: { sub: `system:serviceaccount:${sub}`, aud },
  });
  const world = worldOfStack(stack);

  test("C47: the worker's trust is the seeds' subject, and the audience", () => {
    const { assume_role_policy } =
      byName(stack, "aws_iam_role")["service-worker"] ?? {};
    expect(documentOf(assume_role_policy).Statement).toEqual([
      {
        Sid: "NamespacesOfOnePattern",
        Effect: "Allow",
        Principal: { Federated: IDENTITY.oidcProviderArn },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            "oidc.eks.eu-central-1.amazonaws.com/id/CLUSTER:aud":
              "sts.amazonaws.com",
          },
          StringLike: {
            "oidc.eks.eu-central-1.amazonaws.com/id/CLUSTER:sub":
              "system:serviceaccount:worker-*:deployment-runner",
          },
        },
      },
    ]);
  });

  test.each([
    enters("service-worker", "worker-default:deployment-runner"),
    enters("service-worker", "worker-sandbox-7:deployment-runner"),
    enters("service-api", "api-default:deployment-runner"),
  ])("C46: $to: $with.sub", async (call) => {
    expect(await isAllowed(world, call)).toBe(true);
  });

  test.each([
    enters("service-worker", "worker-default:default"),
    enters("service-worker", "worker-default:flux-deployer"),
    enters("service-worker", "worker-default:deployment-runner-2"),
    enters("service-worker", "kube-system:deployment-runner"),
    enters("service-worker", "my-worker-default:deployment-runner"),
    enters("service-worker", "worker-default:deployment-runner", "kubernetes"),
    enters("service-api", "api-sandbox:deployment-runner"),
    enters("service-api", "worker-default:deployment-runner"),
    enters("service-api", "api-default:default"),
    enters("service-api", "api-default:deployment-runner", "kubernetes"),
  ])("C46: denied: $to: $with.sub for $with.aud", async (call) => {
    expect(await isAllowed(world, call)).toBe(false);
  });

  test("C46: each namespace of a service takes its role", async () => {
    const two = worldOfStack(
      stackOf(service({ namespaces: ["api-default", "api-next"], role: ROLE })),
    );
    for (const namespace of ["api-default", "api-next"])
      expect(
        await isAllowed(
          two,
          enters("service-api", `${namespace}:deployment-runner`),
        ),
      ).toBe(true);
  });

  test("a service without a role has none", () => {
    expect(Object.keys(byName(stack, "aws_iam_role")).sort()).toEqual([
      "service-api",
      "service-worker",
    ]);
    expect(Object.keys(stack.output?.roleArns?.value as object).sort()).toEqual(
      ["api", "worker"],
    );
  });

  test("C65: a name that something counts on, in the account's path and boundary", () => {
    const boundary = `arn:aws:iam::${ACCOUNT}:policy/boundary`;
    const json = stackOf({
      ...service({ role: { ...ROLE, physicalName: "api-role-prod" } }),
      iam: { path: "/apps/", permissionsBoundaryArn: boundary },
    });
    expect(Object.values(resourcesOf(json, "aws_iam_role"))).toMatchObject([
      { name: "api-role-prod", path: "/apps/", permissions_boundary: boundary },
    ]);
  });

  test("its permissions stay until those have gone who use it", () => {
    expect(new Set(waiting(stack) as string[])).toEqual(
      new Set(
        Object.keys(resourcesOf(stack, "aws_iam_role_policy")).map(
          (id) => `aws_iam_role_policy.${id}`,
        ),
      ),
    );
  });
});

describe("what a service's role may do", () => {
  const s3 = "arn:aws:s3:::";
  const bucket = (name: string) => `${s3}${name}-prod-${ACCOUNT}`;
  const aws = (service: string, name: string) =>
    `arn:aws:${service}:eu-central-1:${ACCOUNT}:${name}`;
  const via = (service: string) => ({
    "kms:ViaService": `${service}.eu-central-1.amazonaws.com`,
  });
  const does = (
    as: string,
    action: string,
    to: string,
    context = {},
  ): Call => ({
    as: `service-${as}`,
    does: action,
    to,
    with: context,
  });
  const world = worldOfStack(stack);

  test.each([
    does("api", "s3:PutObject", `${bucket("originals")}/a`),
    does(
      "api",
      "dynamodb:Query",
      aws("dynamodb", "table/samples-prod/index/by-project"),
    ),
    does("api", "sqs:SendMessage", aws("sqs", "queue-job-prod.fifo")),
    does("worker", "s3:PutObjectTagging", `${bucket("worker-results")}/a`),
    does("worker", "sns:Publish", aws("sns", "work-results-prod")),
    does("worker", "kms:Decrypt", KEY, via("s3")),
    does("worker", "kms:GenerateDataKey", KEY, via("sns")),
    does("api", "kms:Decrypt", KEY, via("dynamodb")),
  ])("C47: $as: $does on $to", async (call) => {
    expect(await isAllowed(world, call)).toBe(true);
  });

  test.each([
    does("api", "s3:GetObject", `${s3}payroll/a`),
    does("api", "s3:GetObject", `${s3}source-prod-210987654321/a`),
    does("api", "s3:PutObject", `${bucket("worker-results")}/a`),
    does("worker", "s3:PutObject", `${bucket("originals")}/a`),
    does("worker", "dynamodb:Query", aws("dynamodb", "table/experiments-prod")),
    does("worker", "sqs:SendMessage", aws("sqs", "queue-job-prod.fifo")),
    does("worker", "sqs:ReceiveMessage", aws("sqs", "queue-job-prod")),
    does("worker", "kms:Decrypt", KEY, via("dynamodb")),
    does("worker", "kms:Decrypt", KEY, via("secretsmanager")),
  ])("C47: denied: $as: $does on $to by $with", async (call) => {
    expect(await isAllowed(world, call)).toBe(false);
  });
});

test("C50: neither a user nor an access key is made", () => {
  expect(JSON.stringify(stack)).not.toMatch(/aws_iam_(user|access_key)/);
});
