import { coreExpectations } from "../../../modules/core/preflight/core-expectations";
import { factsOf } from "../../../modules/facts";
import {
  conditionsOf as allConditionsOf,
  dataOf,
  preflightOf as preflightWith,
} from "../../support/preflight";
import { type SettingsChange, exampleSettings } from "../../support/settings";

const preflightOf = (change: SettingsChange = {}) => {
  const settings = exampleSettings(change);
  return preflightWith(coreExpectations(settings, factsOf(settings)));
};
const example = preflightOf();
const conditionsOf = (type: string, change?: SettingsChange) =>
  allConditionsOf(change === undefined ? example : preflightOf(change), type);
const conditionTexts = (type: string, change?: SettingsChange): string[] =>
  conditionsOf(type, change).map(({ condition }) => condition);

test("only reads: nothing is made by it", () => {
  expect(example.resource).toBeUndefined();
  expect(Object.keys(example.data ?? {})).not.toEqual([]);
});

test("the caller, as a role, is the deployer", () => {
  expect(dataOf(example, "aws_iam_session_context")).toMatchObject([
    { arn: expect.stringMatching(/aws_caller_identity\..*\.arn/) as unknown },
  ]);
  expect(conditionsOf("aws_iam_session_context")).toEqual([
    {
      condition:
        '${self.issuer_arn == "arn:aws:iam::123456789012:role/wave-deployer"}',
      error_message: expect.stringMatching(
        /^access\.deployer is .*wave-deployer, but these credentials belong to \$\{self\.issuer_arn\}/,
      ) as unknown,
    },
  ]);
});

test("admins of this account exist, by whole ARN; those of others cannot be looked up", () => {
  const change: SettingsChange = {
    access: {
      admins: [
        { principal: "arn:aws:iam::123456789012:role/ops/a.b", policy: "view" },
        { principal: "arn:aws:iam::123456789012:user/ada", policy: "view" },
        { principal: "arn:aws:iam::210987654321:role/far", policy: "view" },
      ],
    },
  };
  expect(conditionTexts("aws_iam_roles", change)).toEqual([
    '${contains(self.arns, "arn:aws:iam::123456789012:role/ops/a.b")}',
  ]);
  expect(dataOf(preflightOf(change), "aws_iam_roles")).toMatchObject([
    { name_regex: "^(a[.]b)$" },
  ]);
  expect(conditionTexts("aws_iam_users", change)).toEqual([
    '${contains(self.arns, "arn:aws:iam::123456789012:user/ada")}',
  ]);
});

test("each zone letter is a zone where EKS can stand", () => {
  expect(dataOf(example, "aws_availability_zones")).toMatchObject([
    { exclude_zone_ids: ["use1-az3", "usw1-az2", "cac1-az3"] },
  ]);
  expect(conditionTexts("aws_availability_zones")).toEqual(
    ["a", "b", "c"].map(
      (zone) => `\${contains(self.names, "eu-central-1${zone}")}`,
    ),
  );
});

test("INF-13: instance types exist, and every zone offers one", () => {
  const conditions = conditionTexts("aws_ec2_instance_type_offerings", {
    network: { zones: ["a", "b"] },
    cluster: { nodeGroups: { build: { instanceTypes: ["c6a.xlarge"] } } },
  });
  expect(conditions).toHaveLength(6);
  expect(conditions).toContain(
    '${contains(self.instance_types, "c6a.xlarge")}',
  );
  expect(conditions.join()).toContain(
    'contains(self.locations, "eu-central-1b")',
  );
});

test("the hosted zone is public and holds host name, certificate and mail domain", () => {
  expect(
    conditionTexts("aws_route53_zone", {
      dns: { certificateDomains: ["*.wave.example.com"] },
      wave: {
        mail: { domain: "mail.example.com", sender: "w@mail.example.com" },
      },
    }),
  ).toEqual([
    "${!self.private_zone}",
    ...["wave.example.com", "wave.example.com", "mail.example.com"].map(
      (name) => `\${endswith(".${name}", ".\${trimsuffix(self.name, ".")}")}`,
    ),
  ]);
});

test("names that get no record need not be in the zone; no zone, no check", () => {
  const certificateArn = "arn:aws:acm:eu-central-1:123456789012:certificate/c";
  expect(
    conditionTexts("aws_route53_zone", {
      dns: { certificateArn, existingAlias: true },
      wave: { mail: { existingIdentity: true } },
    }),
  ).toEqual([]);
  expect(
    dataOf(
      preflightOf({ dns: { certificateArn, hostedZoneId: undefined } }),
      "aws_route53_zone",
    ),
  ).toEqual([]);
});

test.each<[string, SettingsChange, string[]]>([
  [
    "an internal load balancer with a certificate of its own",
    { wave: { ingress: { scheme: "internal" }, mail: undefined } },
    [],
  ],
  [
    "the same, with mail that is verified already",
    {
      wave: {
        ingress: { scheme: "internal" },
        mail: { existingIdentity: true },
      },
    },
    [],
  ],
  [
    "an internet-facing load balancer",
    { wave: { mail: undefined } },
    ["wave.hostname"],
  ],
  [
    "records of mail",
    { wave: { ingress: { scheme: "internal" } } },
    ["wave.mail.domain"],
  ],
  [
    "a certificate that is requested",
    {
      dns: { certificateArn: undefined },
      wave: { ingress: { scheme: "internal" }, mail: undefined },
    },
    ["wave.hostname"],
  ],
])("a private zone with %s", (_what, change, refusedFor) => {
  const certificateArn = "arn:aws:acm:eu-central-1:123456789012:certificate/c";
  const refusals = conditionsOf("aws_route53_zone", {
    ...change,
    dns: { certificateArn, ...change.dns },
  }).filter(({ condition }) => condition === "${!self.private_zone}");
  expect(
    refusals.map(
      ({ error_message }) => /the record of ([\w.]+)/.exec(error_message)?.[1],
    ),
  ).toEqual(refusedFor);
});

test("every operator-made secret exists; its value is not read, and the message says how to make it", () => {
  const change: SettingsChange = {
    wave: {
      secrets: { dockerHub: "wave/docker" },
      classic: { ecrKeySecret: "wave/ecr-key" },
    },
  };
  const [registry, docker, ecrKey] = conditionsOf(
    "aws_secretsmanager_secrets",
    change,
  );
  expect(registry?.condition).toBe(
    '${contains(self.names, "wave/cr.seqera.io")}',
  );
  expect(registry?.error_message).toContain(
    "wave.secrets.seqeraRegistry is wave/cr.seqera.io",
  );
  expect(registry?.error_message).toContain(
    "aws secretsmanager create-secret --region eu-central-1 --name wave/cr.seqera.io --secret-string file://secret.json",
  );
  expect(registry?.error_message).toContain(
    '{"username": "…", "password": "…"}',
  );
  expect(docker?.error_message).toContain("wave.secrets.dockerHub");
  expect(ecrKey?.error_message).toContain(
    '{"accessKeyId": "…", "secretAccessKey": "…"}',
  );
  expect(JSON.stringify(preflightOf(change))).not.toContain(
    "aws_secretsmanager_secret_version",
  );
});

test("without a platform: no record to hold and no secret to make, so no data source for them", () => {
  const bare = preflightWith(coreExpectations(exampleSettings(), []));
  expect(allConditionsOf(bare, "aws_route53_zone")).toEqual([]);
  expect(dataOf(bare, "aws_secretsmanager_secrets")).toEqual([]);
});
