import { checkSettings } from "../../../modules/rules";
import { settingsSchema, withDefaults } from "../../../modules/schema";
import { emgExistingInput } from "../../support/existing";
import {
  type SettingsChange,
  currentInput,
  deliveryInput,
  emgInput,
} from "../../support/settings";

const problemsOf = (input: unknown): string[] =>
  checkSettings(settingsSchema.parse(withDefaults(input))).map(
    ({ path, given }) => `${path}: ${given}`,
  );

const section = (emg: SettingsChange["emg"] = {}): SettingsChange => ({
  emg: (emgInput({ emg }) as SettingsChange).emg,
});

const BASIC = { mode: "prefect-basic" } as const;
const CERTIFICATE =
  "arn:aws:acm:eu-central-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";
const MIRROR = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";
const PRIVATE: SettingsChange = {
  network: { internet: false, natGateways: undefined },
  cluster: {
    endpoint: {
      public: false,
      privateCidrs: ["10.8.0.0/16"],
      publicCidrs: undefined,
    },
  },
};
const INSIDE = { scheme: "internal" } as const;

test.each<[what: string, input: unknown]>([
  ["one password for all", emgInput({ emg: { auth: BASIC } })],
  ["Prefect alone", emgInput({ emg: { api: undefined } })],
  [
    "a database of the owner",
    emgInput({
      emg: {
        database: {
          kind: "external",
          host: "db.example.org",
          cidrs: ["10.8.0.0/24"],
          masterSecret: "emg/database",
        },
      },
    }),
  ],
  [
    "records by hand",
    emgInput({
      dns: { hostedZoneId: undefined },
      emg: { certificateArn: CERTIFICATE },
    }),
  ],
  [
    "a zone of its own",
    emgInput({
      dns: { hostedZoneId: undefined },
      emg: { hostedZoneId: "Z99999999999999999999" },
    }),
  ],
  [
    "a version, and the digest behind it",
    emgInput({
      emg: {
        images: {
          oauth2Proxy: `quay.io/oauth2-proxy/oauth2-proxy:v7.16.0-alpine@sha256:${"0".repeat(64)}`,
          postgresClient: "docker.io/library/postgres:18-alpine",
        },
      },
    }),
  ],
  [
    "an older Prefect, where it has no password to check",
    emgInput({
      emg: { images: { prefect: "docker.io/prefecthq/prefect:3.4.19" } },
    }),
  ],
  [
    "a base path, with the health path below it",
    emgInput({
      emg: {
        api: { basePath: "metagenomics/", healthPath: "/metagenomics/" },
      },
    }),
  ],
  [
    "PostgreSQL 14 in the minor of AWS",
    emgInput({ emg: { database: { engineVersion: "14" } } }),
  ],
  [
    "without internet, with images from a mirror and one password",
    emgInput({
      ...PRIVATE,
      charts: {
        loadBalancerController: { image: `${MIRROR}/lbc:v3.5.0` },
      },
      emg: {
        auth: BASIC,
        api: undefined,
        ingress: INSIDE,
        images: {
          prefect: `${MIRROR}/prefect:3.8.3`,
          postgresClient: `${MIRROR}/postgres:17.6`,
        },
      },
    }),
  ],
  [
    "logins by GitHub through the company's proxy",
    emgInput({
      network: {
        ...PRIVATE.network,
        proxy: { url: "http://proxy.example.com:3128" },
      },
      cluster: PRIVATE.cluster,
      emg: { ingress: INSIDE },
    }),
  ],
  ["beside Wave", currentInput(section())],
  ["beside services, below their domain", deliveryInput(section())],
])("right: %s", (_what, input) => {
  expect(problemsOf(input)).toEqual([]);
});

test("E-89: a cluster that exists, without Wave, is right where policies are enforced, and only there with logins by GitHub", () => {
  expect(problemsOf(emgExistingInput())).toEqual([]);
  const open = { cluster: { networkPolicies: "notEnforced" } } as const;
  expect(problemsOf(emgExistingInput(open))).toEqual([
    expect.stringMatching(/^cluster\.networkPolicies: notEnforced/),
  ]);
  expect(
    problemsOf(emgExistingInput({ ...open, emg: { auth: BASIC } })),
  ).toEqual([]);
});

test("pods of two platforms are counted together", () => {
  const small = (emg: SettingsChange["emg"]) =>
    problemsOf(
      currentInput({
        ...section(emg),
        cluster: {
          nodeGroups: {
            system: {
              minSize: 1,
              desiredSize: 1,
              instanceTypes: ["m5a.2xlarge"],
            },
          },
        },
        wave: { autoscaling: { minReplicas: 2, maxReplicas: 3 } },
      }),
    );
  expect(small({})).toEqual([]);
  expect(small({ api: { replicas: 20 } })).toEqual([
    expect.stringMatching(/^cluster\.nodeGroups\.system\.desiredSize: 1, with/),
  ]);
});
