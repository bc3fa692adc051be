import {
  noWaveExpectations,
  waveExpectations,
} from "../../modules/wave/preflight";
import {
  conditionsOf as allConditionsOf,
  dataOf,
  preflightOf as preflightWith,
} from "../support/preflight";
import {
  type SettingsChange,
  currentSettings,
  exampleSettings,
} from "../support/settings";

const preflightOf = (change: SettingsChange = {}) =>
  preflightWith(waveExpectations(exampleSettings(change)));
const example = preflightOf();
const conditionTexts = (type: string, change: SettingsChange = {}): string[] =>
  allConditionsOf(preflightOf(change), type).map(({ condition }) => condition);

test("nothing exists already, so nothing is expected", () => {
  expect(Object.keys(example.data ?? {})).toEqual([]);
  // But without a password that Redis has none, which could not be taken off.
  const open = preflightOf({ data: { redis: { auth: false } } });
  expect(Object.keys(open.data ?? {})).toEqual(["aws_secretsmanager_secrets"]);
});

test("INF-08: an existing certificate whose names are written is issued, whatever its key type", () => {
  expect(dataOf(example, "aws_acm_certificate")).toEqual([]);
  const certificateArn = "arn:aws:acm:eu-central-1:123456789012:certificate/c";
  // A wildcard would not be found by the host name.
  expect(
    dataOf(preflightOf({ dns: { certificateArn } }), "aws_acm_certificate"),
  ).toEqual([]);
  const certificateDomains = ["*.example.com", "example.com"];
  expect(
    dataOf(
      preflightOf({ dns: { certificateArn, certificateDomains } }),
      "aws_acm_certificate",
    ),
  ).toMatchObject([
    {
      domain: "*.example.com",
      statuses: ["ISSUED"],
      most_recent: true,
      key_types: expect.arrayContaining([
        "RSA_2048",
        "EC_prime256v1",
      ]) as unknown,
    },
  ]);
});

test("the class of the database is offered in the region; the classic line has none", () => {
  const type = "aws_rds_orderable_db_instance";
  expect(dataOf(example, type)).toEqual([]);
  const change = { data: { postgres: { instanceClass: "db.m7g.large" } } };
  expect(
    dataOf(preflightWith(waveExpectations(currentSettings(change))), type),
  ).toMatchObject([
    {
      engine: "postgres",
      instance_class: "db.m7g.large",
      preferred_instance_classes: ["db.m7g.large"],
    },
  ]);
});

test("INF-09: an existing mail identity is verified", () => {
  expect(conditionTexts("aws_sesv2_email_identity")).toEqual([]);
  expect(
    conditionTexts("aws_sesv2_email_identity", {
      wave: { mail: { existingIdentity: true } },
    }),
  ).toEqual(["${self.verified_for_sending_status}"]);
});

test("repositories to adopt exist", () => {
  expect(conditionTexts("aws_ecr_repositories")).toEqual([]);
  expect(
    conditionTexts("aws_ecr_repositories", {
      data: { ecr: { existing: true, prefix: "team/wave" } },
    }),
  ).toEqual([
    '${contains(self.names, "team/wave/build")}',
    '${contains(self.names, "team/wave/cache")}',
  ]);
});

test("a section wave that is taken out of a running environment is refused before its stores go, unless retain is off", () => {
  const type = "aws_resourcegroupstaggingapi_resources";
  const without = preflightWith(noWaveExpectations(exampleSettings()));
  // Names as the stores tag them: what is not found would be deleted.
  expect(dataOf(without, type)).toMatchObject([
    {
      tag_filter: [
        { key: "Name", values: ["wave-prod-efs", "wave-prod-redis"] },
      ],
    },
  ]);
  const [refusal] = allConditionsOf(without, type);
  expect(refusal?.condition).toBe(
    "${length(self.resource_tag_mapping_list) == 0}",
  );
  expect(refusal?.error_message).toMatch(/Put the section back/);
  const retired = exampleSettings({ retain: false });
  expect(noWaveExpectations(retired)).toEqual([]);
});
