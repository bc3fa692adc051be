import { IdentityStack } from "../../modules/stacks/identity";
import {
  type SettingsChange,
  currentSettings,
  exampleSettings,
  liteSettings,
} from "../support/settings";
import { addressesOf, dependenciesOf, dependsOn } from "../support/graph";
import {
  type StackJson,
  onlyResource,
  resourcesOf,
  synthStacks,
} from "../support/synth";

function identityOf(
  change: SettingsChange = {},
  settingsOf = exampleSettings,
): StackJson {
  const stacks = synthStacks((app) => {
    new IdentityStack(app, settingsOf(change));
  });
  if (stacks.identity === undefined) throw new Error("no stack identity");
  return stacks.identity;
}

const example = identityOf();
const enterprise = identityOf({
  retain: false,
  iam: {
    path: "/apps/wave/",
    permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/boundary",
  },
  wave: { classic: { ecrKeySecret: "wave/ecr-key" } },
});
const adopted = identityOf({
  dns: {
    hostedZoneId: undefined,
    certificateArn:
      "arn:aws:acm:eu-central-1:123456789012:certificate/11111111",
  },
  data: { ecr: { existing: true } },
  wave: { mail: { existingIdentity: true } },
});

const current = identityOf(
  {
    data: { buildCache: {} },
    wave: { current: { ecrExternalId: "wave-prod" } },
  },
  currentSettings,
);
const lite = identityOf({}, liteSettings);

const roleNames = (stack: StackJson) =>
  Object.values(resourcesOf(stack, "aws_iam_role")).map(({ name }) => name);
const roleOutputs = (stack: StackJson) =>
  Object.keys(stack.output ?? {}).flatMap(
    (name) => /(.*)_role_arn$/.exec(name)?.[1] ?? [],
  );
const typesOf = (stack: StackJson) => Object.keys(stack.resource ?? {});
const outputOf = (stack: StackJson, name: string) =>
  stack.output?.[name]?.value;

const CONTROLLERS = [
  "wave-prod-euc1-cloudwatch-agent",
  "wave-prod-euc1-cluster-autoscaler",
  "wave-prod-euc1-efs-csi-controller",
  "wave-prod-euc1-efs-csi-node",
  "wave-prod-euc1-load-balancer-controller",
];

test("IAM-07: one role per subject, and no service role", () => {
  expect(roleNames(example)).toEqual([
    ...CONTROLLERS,
    "wave-prod-euc1-surreal-export",
    "wave-prod-euc1-wave-build",
    "wave-prod-euc1-wave-server",
  ]);
});

test("every role trusts one subject of this cluster, by web identity", () => {
  const subjects = Object.values(resourcesOf(example, "aws_iam_role")).map(
    ({ assume_role_policy }) =>
      [
        ...String(assume_role_policy).matchAll(
          /:sub":"system:serviceaccount:([^"]+)"/g,
        ),
      ].map(([, subject]) => subject),
  );
  expect(subjects).toEqual([
    ["amazon-cloudwatch:cloudwatch-agent"],
    ["kube-system:cluster-autoscaler"],
    ["kube-system:efs-csi-controller-sa"],
    ["kube-system:efs-csi-node-sa"],
    ["kube-system:aws-load-balancer-controller"],
    ["wave:surreal-export"],
    ["wave-build:wave-build-sa"],
    ["wave:wave-sa"],
  ]);
});

test("SET-04: the issuer comes from the network stack, and is typed nowhere", () => {
  const issuer = "data.terraform_remote_state.network.outputs.oidc_issuer";
  expect(onlyResource(example, "aws_iam_openid_connect_provider").url).toBe(
    `\${${issuer}}`,
  );
  for (const role of Object.values(resourcesOf(example, "aws_iam_role"))) {
    expect(role.assume_role_policy).toContain(
      `\${trimprefix(${issuer}, "https://")}:aud`,
    );
  }
});

test("path and permissions boundary reach every role", () => {
  for (const role of Object.values(resourcesOf(enterprise, "aws_iam_role"))) {
    expect(role).toMatchObject({
      path: "/apps/wave/",
      permissions_boundary: "arn:aws:iam::123456789012:policy/boundary",
    });
  }
});

test("SET-06: every role is an output", () => {
  expect(roleOutputs(example).join(" ")).toBe(
    "build cloudwatch_agent cluster_autoscaler efs_csi_controller efs_csi_node export load_balancer_controller server",
  );
  expect(outputOf(example, "server_role_arn")).toBe(
    "${aws_iam_role.wave-server.arn}",
  );
  expect(outputOf(example, "build_role_arn")).toBe(
    "${aws_iam_role.wave-build.arn}",
  );
});

test("EXC-03: both repositories are guarded for the build role", () => {
  const guards = Object.values(
    resourcesOf(example, "aws_ecr_repository_policy"),
  );
  expect(guards).toHaveLength(2);
  for (const { policy } of guards)
    expect(policy).toContain(
      '"aws:PrincipalArn":["${aws_iam_role.wave-build.arn}"]',
    );
});

test("INF-08, SET-05: the certificate is for the host name, and its output waits for validation", () => {
  expect(onlyResource(example, "aws_acm_certificate").domain_name).toBe(
    "wave.example.com",
  );
  expect(outputOf(example, "certificate_arn")).toMatch(
    /^\$\{aws_acm_certificate_validation\..*\.certificate_arn\}$/,
  );
});

test("INF-08: certificateDomains replaces the host name", () => {
  const stack = identityOf({
    dns: { certificateDomains: ["*.example.com"] },
  });
  expect(onlyResource(stack, "aws_acm_certificate").domain_name).toBe(
    "*.example.com",
  );
});

test("what exists already is used and not managed", () => {
  expect(typesOf(adopted)).toEqual([
    "aws_cloudwatch_metric_alarm",
    "aws_iam_openid_connect_provider",
    "aws_iam_role",
    "aws_iam_role_policy",
  ]);
  expect(outputOf(adopted, "certificate_arn")).toBe(
    "arn:aws:acm:eu-central-1:123456789012:certificate/11111111",
  );
});

test("INF-09: without wave.mail there is no SES, and the server may not mail", () => {
  const stack = identityOf({ wave: { mail: undefined } });
  expect(typesOf(stack).filter((type) => type.includes("ses"))).toEqual([]);
  expect(JSON.stringify(stack)).not.toContain("ses:SendRawEmail");
});

test("without a hosted zone the mail records are an output", () => {
  const stack = identityOf({
    dns: {
      hostedZoneId: undefined,
      certificateArn:
        "arn:aws:acm:eu-central-1:123456789012:certificate/11111111",
    },
  });
  expect(typesOf(stack)).not.toContain("aws_route53_record");
  expect(outputOf(stack, "mail_dns_records")).toHaveProperty("dkim-3");
  expect(outputOf(example, "mail_dns_records")).toEqual({});
});

test("fails with neither hosted zone nor certificate", () => {
  expect(() => identityOf({ dns: { hostedZoneId: undefined } })).toThrow(
    /neither hostedZoneId nor certificateArn/,
  );
});

test("IAM-10: the key's policy is made and named, never a user or a key", () => {
  expect(onlyResource(enterprise, "aws_iam_policy")).toMatchObject({
    name: "wave-prod-euc1-wave-ecr-key",
    path: "/apps/wave/",
  });
  expect(outputOf(enterprise, "ecr_key_policy_arn")).toBe(
    "${aws_iam_policy.wave-ecr-key.arn}",
  );
  expect(typesOf(enterprise)).not.toContain("aws_iam_user");
  expect(typesOf(enterprise)).not.toContain("aws_iam_access_key");
  expect(outputOf(example, "ecr_key_policy_arn")).toBe("");
  expect(typesOf(example)).not.toContain("aws_iam_policy");
});

test("retain decides prevent_destroy, everywhere at once", () => {
  const preventing = (stack: StackJson) =>
    Object.entries(stack.resource ?? {}).flatMap(([type, byName]) =>
      Object.values(byName)
        .filter(({ lifecycle }) =>
          JSON.stringify(lifecycle ?? {}).includes('"prevent_destroy":true'),
        )
        .map(() => type),
    );
  expect(preventing(example)).toEqual([
    "aws_iam_openid_connect_provider",
    "aws_sesv2_email_identity",
  ]);
  expect(preventing(enterprise)).toEqual([]);
});

test("in another partition no ARN of the standard one is left", () => {
  expect(
    JSON.stringify(identityOf({ region: "us-gov-west-1" }).resource),
  ).not.toContain("arn:aws:");
});

test("IAM-07, IAM-08, current: server, ECR and cache; no build role, no export, no policy for a key's user", () => {
  expect(roleNames(current)).toEqual([
    ...CONTROLLERS,
    "wave-prod-euc1-wave-cache",
    "wave-prod-euc1-wave-ecr",
    "wave-prod-euc1-wave-server",
  ]);
  expect(roleOutputs(current).join(" ")).toBe(
    "cache cloudwatch_agent cluster_autoscaler ecr efs_csi_controller efs_csi_node load_balancer_controller server",
  );
  expect(outputOf(current, "ecr_role_arn")).toBe(
    "${aws_iam_role.wave-ecr.arn}",
  );
  expect(current.output).not.toHaveProperty("ecr_key_policy_arn");
  expect(typesOf(current)).not.toContain("aws_iam_policy");
});

test("IAM-08, current: without a cache in S3 no role is for the build account", () => {
  const plain = identityOf({}, currentSettings);
  expect(roleNames(plain)).not.toContain("wave-prod-euc1-wave-cache");
  expect(plain.output).not.toHaveProperty("cache_role_arn");
  expect(JSON.stringify(plain.resource)).not.toContain("wave-build-sa");
});

test("CFG-R1: server and ECR role name each other, in no circle", () => {
  const roles = resourcesOf(current, "aws_iam_role");
  const { "wave-server": server, "wave-ecr": ecr } = roles;
  const named = (role: typeof server) =>
    `arn:aws:iam::123456789012:role/${String(role?.name)}`;
  const policies = Object.values(resourcesOf(current, "aws_iam_role_policy"));
  const ofServer = policies.find(({ name }) => name === server?.name);
  expect(ofServer?.policy).toContain(`"Resource":"${named(ecr)}"`);
  expect(ecr?.assume_role_policy).toContain(`"AWS":"${named(server)}"`);
  expect(ecr?.assume_role_policy).toContain('"sts:ExternalId":"wave-prod"');

  const graph = dependenciesOf(current);
  expect(
    dependsOn(graph, "aws_iam_role.wave-ecr", "aws_iam_role.wave-server"),
  ).toBe(true);
  const circles = addressesOf(current).filter((address) =>
    dependsOn(graph, address, address),
  );
  expect(circles).toEqual([]);
});

test("EXC-03, current: both repositories are guarded for the ECR role, and nobody else", () => {
  const guards = Object.values(
    resourcesOf(current, "aws_ecr_repository_policy"),
  );
  expect(guards).toHaveLength(2);
  for (const { policy } of guards)
    expect(policy).toContain(
      '"aws:PrincipalArn":["${aws_iam_role.wave-ecr.arn}"]',
    );
});

test("Lite: the load balancer; nothing of builds, EFS, ECR or mail, whatever the settings say of mail", () => {
  const mail = { domain: "example.com", sender: "wave@example.com" };
  for (const stack of [lite, identityOf({ wave: { mail } }, liteSettings)]) {
    expect(roleNames(stack)).toEqual([
      "wave-prod-euc1-cloudwatch-agent",
      "wave-prod-euc1-load-balancer-controller",
    ]);
    expect(roleOutputs(stack).join(" ")).toBe(
      "cloudwatch_agent load_balancer_controller",
    );
    expect(stack.output).not.toHaveProperty("server_role_arn");
    expect(typesOf(stack)).not.toContain("aws_ecr_repository_policy");
    expect(JSON.stringify(stack.resource)).not.toMatch(
      /ecr:|s3:|elasticfile|"aws_ses|ses:/,
    );
  }
});

test("the flip from classic to current keeps every address but those of the build role and the export", () => {
  const flipped = addressesOf(identityOf({ wave: { version: "1.37.0" } }));
  const gone = addressesOf(example).filter(
    (address) => !flipped.includes(address),
  );
  expect(gone.map((address) => address.replace(/_[0-9A-F]{8}$/, ""))).toEqual([
    "aws_iam_role.surreal-export",
    "aws_iam_role.wave-build",
    "aws_iam_role_policy.surreal-export_policy",
    "aws_iam_role_policy.wave-build_policy",
  ]);
});
