import { besideWarnings } from "../../../modules/delivery/rules/beside";
import { deliveryWarnings } from "../../../modules/delivery/rules/warnings";
import { factsOf } from "../../../modules/facts";
import { checkSettings, warningsOf } from "../../../modules/rules";
import { requireWave, settingsSchema } from "../../../modules/schema";
import { runAll } from "../../../modules/settings/rule";
import { EXISTING_CLUSTER, EXISTING_NETWORK } from "../../support/existing";
import {
  type SettingsChange,
  currentInput,
  deliveryInput,
  deliverySettings,
} from "../../support/settings";

type Delivery = NonNullable<SettingsChange["delivery"]>;

const refused = (change: SettingsChange): string[] =>
  checkSettings(settingsSchema.parse(deliveryInput(change))).map(
    ({ path }) => path,
  );
const said = (change: SettingsChange = {}): string =>
  runAll(deliveryWarnings, deliverySettings(change)).join("\n");

const api = {
  name: "api",
  repository: "example/api",
  namespaces: ["api-default"],
};
const pages = (origins: string[], allowAnyOrigin: boolean): Delivery => ({
  stores: {
    buckets: [
      { name: "originals" },
      { name: "source" },
      { name: "worker-results", cors: { origins, allowAnyOrigin } },
    ],
  },
});

/** What stands right beside a refusal. */
test.each<[string, SettingsChange]>([
  ["a weight of 0", { delivery: { dns: { weight: 0 } } }],
  [
    "NGINX with Let's Encrypt, whose records external-dns writes",
    {
      delivery: {
        ingress: { class: "nginx" },
        tls: { kind: "letsencrypt", email: "ops@example.org" },
        dns: { owner: "external-dns" },
      },
    },
  ],
  [
    "no zone, where nobody writes into one",
    {
      dns: { hostedZoneId: undefined },
      delivery: {
        tls: {
          kind: "acmExisting",
          certificateArn: "arn:aws:acm:eu-central-1:123456789012:certificate/a",
        },
        dns: { owner: "none" },
      },
    },
  ],
  [
    "a zone of its own",
    {
      dns: { hostedZoneId: undefined },
      delivery: { hostedZoneId: "Z99999999999999999999" },
    },
  ],
  [
    "an app of GitHub, and tags that are written",
    {
      delivery: {
        flux: {
          url: "https://github.com/example/releases",
          credential: { kind: "githubApp", secret: "delivery/app" },
          write: true,
          imageAutomation: true,
        },
      },
    },
  ],
  ["the whole cluster, alone", { delivery: { flux: { scope: "cluster" } } }],
  ["no Flux", { delivery: { flux: undefined } }],
  [
    "both numbers of GitHub",
    {
      delivery: {
        github: { organizationId: "1" },
        services: [{ ...api, repositoryId: "2", ci: { branches: ["main"] } }],
      },
    },
  ],
  [
    "actions that begin alike, and * for actions without a resource",
    {
      delivery: {
        services: [
          {
            ...api,
            role: {
              statements: [
                { actions: ["s3:Get*"], resources: ["bucket/source/*"] },
                {
                  actions: ["ecr:GetAuthorizationToken", "ec2:DescribeVpcs"],
                  resources: ["*"],
                },
                {
                  actions: ["dynamodb:Query"],
                  resources: [
                    "table/samples/index/by-project",
                    "arn:aws:dynamodb:eu-central-1:123456789012:table/a*",
                  ],
                },
              ],
            },
          },
        ],
      },
    },
  ],
  ["every page, when it is said", { delivery: pages(["*"], true) }],
  [
    "a topic in order, for a queue in order",
    {
      delivery: {
        stores: {
          topics: [
            {
              name: "work-results",
              fifo: true,
              subscriptions: [{ kind: "sqs", queue: "queue-job" }],
            },
          ],
        },
      },
    },
  ],
  [
    "Redis 7.1",
    { delivery: { stores: { redis: { engine: "redis", version: "7.1" } } } },
  ],
  [
    "C70: a VPC and a cluster that exist",
    {
      network: EXISTING_NETWORK,
      cluster: EXISTING_CLUSTER,
      access: { admins: [] },
      delivery: { dns: { ipv6: true } },
    },
  ],
])("%s is right", (_, change) => {
  expect(refused(change)).toEqual([]);
});

test("C53: the whole cluster beside Wave, when it is accepted", () => {
  const input = (acceptClusterAdmin: boolean) =>
    settingsSchema.parse(
      currentInput({
        delivery: {
          domain: "scp.example.org",
          flux: {
            url: "ssh://git@github.com/example/releases",
            credential: { kind: "ssh", secret: "delivery/key" },
            scope: "cluster",
            acceptClusterAdmin,
          },
        },
      }),
    );
  expect(checkSettings(input(false)).map(({ path }) => path)).toEqual([
    "delivery.flux.scope",
  ]);
  expect(checkSettings(input(true))).toEqual([]);
  expect(warningsOf(input(true)).join()).toContain(
    "may do everything in the cluster",
  );
});

test.each<[string, SettingsChange, RegExp]>([
  [
    "C25: a minor that Flux was not tested with",
    { cluster: { version: "1.36" } },
    /2\.18\.3 is Flux 2\.8.*cluster\.version is 1\.36.*Flux 2\.9/,
  ],
  [
    "a role of a pattern",
    {},
    /role of worker is of all namespaces worker-\*: who may make/,
  ],
  [
    "releases without a place",
    { delivery: { services: [], portForward: undefined } },
    /no namespace to deploy to/,
  ],
  [
    "a certificate that nobody looks at",
    {
      delivery: {
        tls: {
          kind: "acmExisting",
          certificateArn: "arn:aws:acm:eu-central-1:123456789012:certificate/a",
        },
      },
    },
    /holds scp\.example\.org and \*\.scp\.example\.org/,
  ],
  [
    "a group that nobody is in",
    { access: { admins: [] } },
    /portForward\.group port-forward is in no access\.admins/,
  ],
  [
    "a name of a role that has a path",
    {
      iam: { path: "/research/" },
      delivery: {
        services: [
          {
            ...api,
            role: {
              physicalName: "api-role",
              statements: [
                { actions: ["s3:Get*"], resources: ["bucket/source/*"] },
              ],
            },
          },
        ],
      },
    },
    /role of api has a physicalName and iam\.path is \/research\//,
  ],
  [
    "a cluster that may have Flux",
    {
      network: EXISTING_NETWORK,
      cluster: { ...EXISTING_CLUSTER, networkPolicies: "notEnforced" },
    },
    /egressPorts say[^]*Flux is installed/,
  ],
])("a synth says of %s", (_, change, sentence) => {
  expect(said(change)).toMatch(sentence);
});

test("the example says nothing but what its role of a pattern means", () => {
  expect(said().split("\n")).toEqual([
    expect.stringContaining("the role of worker"),
  ]);
});

test("Wave right below the domain is told: its own record wins", () => {
  const beside = (domain: string) => {
    const settings = settingsSchema.parse(
      currentInput({ delivery: { domain } }),
    );
    const { delivery } = settings;
    if (delivery === undefined) throw new Error("no delivery");
    const all = { ...requireWave(settings), delivery };
    return besideWarnings(all, factsOf(settings));
  };
  expect(beside("example.com")).toEqual([
    expect.stringMatching(/^wave\.hostname is wave\.example\.com/),
  ]);
  expect(beside("scp.example.org")).toEqual([]);
});
