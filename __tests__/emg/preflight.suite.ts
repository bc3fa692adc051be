import {
  emgExpectations,
  retainedExpectations,
} from "../../modules/emg/preflight";
import { conditionsOf, dataOf, preflightOf } from "../support/preflight";
import { type SettingsChange, emgSettings } from "../support/settings";

const expected = (emg: SettingsChange["emg"] = {}, more: SettingsChange = {}) =>
  preflightOf(emgExpectations(emgSettings({ ...more, emg })));
const messages = (
  type: string,
  emg: SettingsChange["emg"] = {},
  more: SettingsChange = {},
): string[] =>
  conditionsOf(expected(emg, more), type).map((one) => one.error_message);

const CERTIFICATE =
  "arn:aws:acm:eu-central-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";
const EXTERNAL: NonNullable<SettingsChange["emg"]>["database"] = {
  kind: "external",
  host: "db.example.org",
  cidrs: ["10.8.0.0/24"],
  masterSecret: "emg/database",
};

test("the zone holds both hosts, and is public where the internet has to see them", () => {
  const zone = "aws_route53_zone";
  expect(messages(zone, { hostedZoneId: "Z99999999999999999999" })).toEqual([
    expect.stringMatching(
      /^emg\.hostedZoneId Z9+ .*private zone.*emg\.prefect\.host.*validated.*emg\.certificateArn/,
    ),
    expect.stringMatching(/^emg\.prefect\.host is prefect\.emg/),
    expect.stringMatching(/^emg\.api\.host is api\.emg/),
  ]);
  // A private one is enough inside.
  const inside = {
    certificateArn: CERTIFICATE,
    ingress: { scheme: "internal" },
  } as const;
  expect(messages(zone, { ...inside, api: undefined })).toEqual([
    expect.stringMatching(/^emg\.prefect\.host is .*dns\.hostedZoneId/),
  ]);
  expect(
    dataOf(expected(inside, { dns: { hostedZoneId: undefined } }), zone),
  ).toEqual([]);
});

test("RDS has the class, and is asked neither for an older version nor for a smaller volume than runs", () => {
  const stack = expected({
    database: { engineVersion: "16.4", storageGiB: 50, maxStorageGiB: 50 },
  });
  expect(dataOf(stack, "aws_rds_orderable_db_instance")).toEqual([
    expect.objectContaining({ instance_class: "db.t4g.small" }),
  ]);
  const [running] = dataOf(stack, "aws_db_instance");
  expect(running?.db_instance_identifier).toBe("emg-prod-emg-postgres");
  const told = conditionsOf(stack, "aws_db_instance");
  expect(told.map((one) => one.condition)).toEqual([
    expect.stringContaining("<= 16"),
    expect.stringContaining("<= 4"),
    "${self.allocated_storage <= 50}",
  ]);
  expect(told[0]?.error_message).toMatch(
    /^emg\.database\.engineVersion is 16\.4, but the database runs/,
  );
  expect(dataOf(expected({ database: EXTERNAL }), "aws_db_instance")).toEqual(
    [],
  );
});

test("files and database of an environment that keeps them cannot be left out of the settings", () => {
  const asked = (emg: SettingsChange["emg"], retain = true) =>
    dataOf(
      preflightOf(retainedExpectations(emgSettings({ retain, emg }))),
      "aws_resourcegroupstaggingapi_resources",
    );
  expect(asked({})).toEqual([]);
  const [found] = asked({ api: undefined, database: EXTERNAL });
  expect(found?.tag_filter).toEqual([
    { key: "Name", values: ["emg-prod-emg", "emg-prod-emg-postgres"] },
  ]);
  expect(found?.resource_type_filters).toEqual([
    "elasticfilesystem:file-system",
    "rds:db",
  ]);
  expect(JSON.stringify(found?.lifecycle)).toMatch(
    /Put emg\.api back, or emg\.database\.kind: rds; or, to give the data up, set retain to false/,
  );
  expect(asked({ api: undefined }, false)).toEqual([]);
});
