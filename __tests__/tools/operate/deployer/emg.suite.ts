import { deployerPolicies } from "../../../../tools/operate/deployer/documents";
import { GIVEN } from "../../../support/emg";
import { EXISTING_CLUSTER, EXISTING_NETWORK } from "../../../support/existing";
import { type SettingsChange, emgSettings } from "../../../support/settings";

/** Which of the texts the deployer's policies have. */
function found(texts: readonly string[], change: SettingsChange = {}) {
  const policies = JSON.stringify(deployerPolicies(emgSettings(change)));
  return texts.filter((text) => policies.includes(text));
}

const DATABASE = [
  "rds:CreateDBInstance",
  "log-group:/aws/rds/instance/emg-prod-emg-postgres/postgresql",
];
const FILES = [
  "elasticfilesystem:CreateFileSystem",
  "backup:CreateBackupPlan",
  "ec2:CreateNetworkInterface",
  '"api.emg.example.org"',
];
const PREFECT = [
  "secretsmanager:CreateSecret",
  "s3:::emg-prod-emg-logs-123456789012",
  "acm:RequestCertificate",
  '"_*.prefect.emg.example.org"',
  '"prefect.emg.example.org"',
  "hostedzone/Z0123456789ABCDEFGHIJ",
];

test("database, files with their backup, logs, certificate and records are named", () => {
  const all = [...PREFECT, ...FILES, ...DATABASE];
  expect(found(all)).toEqual(all);
});

test("Prefect alone has no file system, and nothing whose interfaces are made in the deployer's name", () => {
  const alone = { emg: { api: undefined } };
  expect(found(FILES, alone)).toEqual([]);
  expect(found(DATABASE, alone)).toEqual(DATABASE);
});

test("on a cluster that exists a database alone may have its security group", () => {
  const given: SettingsChange = {
    network: EXISTING_NETWORK,
    cluster: EXISTING_CLUSTER,
    access: { admins: [] },
    emg: { api: undefined },
  };
  const group = ["ec2:CreateSecurityGroup"];
  expect(found(group, given)).toEqual(group);
});

test("the zone of the section is written, and not that of the environment", () => {
  const zones = ["ZPREFECTPREFECT", "Z0123456789ABCDEFGHIJ"];
  expect(found(zones, { emg: { hostedZoneId: "ZPREFECTPREFECT" } })).toEqual([
    "ZPREFECTPREFECT",
  ]);
});

test("a database, a certificate, records and logs that somebody else makes are not allowed", () => {
  const change: SettingsChange = {
    dns: { hostedZoneId: undefined },
    ...GIVEN,
  };
  expect(found([...DATABASE, ...PREFECT.slice(1)], change)).toEqual([]);
});
