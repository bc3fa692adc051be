import { warningsOf } from "../../../modules/rules";
import { settingsSchema } from "../../../modules/schema";
import { emgExistingInput } from "../../support/existing";
import {
  type SettingsChange,
  deliveryInput,
  emgInput,
  emgSettings,
} from "../../support/settings";

type Emg = SettingsChange["emg"];

const warned = (emg: Emg, more: SettingsChange = {}): string =>
  warningsOf(emgSettings({ ...more, emg })).join("\n");
const PASSWORD = { mode: "prefect-basic" } as const;

test("the example is worth no warning", () => {
  expect(warned({})).not.toMatch(/emg\./);
});

test.each<[what: string, emg: Emg, words: RegExp]>([
  [
    "a tag that moves",
    { api: { image: "quay.io/microbiome-informatics/emgapiv2:ebi-wp-k8s-hl" } },
    /emg\.api\.image .*ebi-wp-k8s-hl may be another image/,
  ],
  [
    "a tag of a minor",
    {
      images: { gateway: "docker.io/nginxinc/nginx-unprivileged:1.29-alpine" },
    },
    /emg\.images\.gateway/,
  ],
  [
    "clients of another minor",
    { prefect: { clientVersion: "3.4" } },
    /clientVersion is 3\.4, and emg\.images\.prefect is of 3\.8:/,
  ],
  [
    "clients that cannot be compared",
    {
      prefect: { clientVersion: "3.8" },
      images: { prefect: "registry.example.com/prefect:2026-11-28" },
    },
    /is of a version that its tag does not tell/,
  ],
  [
    "packages at start",
    { prefect: { extraPipPackages: ["nextflowpy==0.4.0"] } },
    /extraPipPackages are downloaded at every start/,
  ],
  [
    "GitHub sends people to addresses inside",
    { ingress: { scheme: "internal" } },
    /scheme is internal: GitHub sends people back/,
  ],
  [
    "one password, and the whole internet",
    { auth: PASSWORD, ingress: { prefectCidrs: [] } },
    /the whole internet may try its one password/,
  ],
  [
    "ranges that may not connect",
    { ingress: { inboundCidrs: ["198.51.100.0/24"] } },
    /prefectCidrs has 203\.0\.113\.0\/24, which is in no range of emg\.ingress\.inboundCidrs/,
  ],
  [
    "a certificate of somebody else",
    {
      certificateArn:
        "arn:aws:acm:eu-central-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
    },
    /nobody looks whether that certificate holds prefect\.emg\.example\.org and api\.emg/,
  ],
])("%s", (_what, emg, words) => {
  expect(warned(emg)).toMatch(words);
});

test.each([
  "quay.io/a/b:v0.1.0",
  "quay.io/a/b:b9e6c184",
  "quay.io/a/b:20261128",
  "docker.io/library/postgres:17.6-alpine",
  `quay.io/a/b:main@sha256:${"0".repeat(64)}`,
])("%s stays", (image) => {
  expect(warned({ api: { image } })).not.toMatch(/another image/);
});

test("an internal load balancer warns nobody who has no login by GitHub", () => {
  expect(
    warned({ auth: PASSWORD, ingress: { scheme: "internal" } }),
  ).not.toMatch(/emg\./);
});

test("no zone: who makes the records is told which", () => {
  expect(
    warned(
      {
        certificateArn:
          "arn:aws:acm:eu-central-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
      },
      { dns: { hostedZoneId: undefined } },
    ),
  ).toMatch(/no records are made.*prefect\.emg\.example\.org and api\.emg/);
});

test("policies that nobody enforces, where Prefect asks for its password itself", () => {
  const settings = settingsSchema.parse(
    emgExistingInput({
      cluster: { networkPolicies: "notEnforced" },
      emg: { auth: PASSWORD },
    }),
  );
  expect(warningsOf(settings).join()).toMatch(
    /every pod of the cluster reaches Prefect and the API/,
  );
});

test("hosts right below the domain of services win over its wildcard", () => {
  const { emg } = emgInput({
    emg: { prefect: { host: "prefect.scp.example.org" } },
  }) as { emg: SettingsChange["emg"] };
  const settings = settingsSchema.parse(deliveryInput({ emg }));
  expect(warningsOf(settings).join("\n")).toMatch(
    /emg\.prefect\.host is prefect\.scp\.example\.org, right below delivery\.domain/,
  );
});
