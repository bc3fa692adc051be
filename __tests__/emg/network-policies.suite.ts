import { networkPolicies } from "../../modules/emg/network-policies";
import { networkFactsOf } from "../../modules/core/network-facts";
import { BASIC, PROXY } from "../support/emg-parts";
import { EXISTING_NETWORK } from "../support/existing";
import { type SettingsChange, emgSettings } from "../support/settings";

const ALONE: SettingsChange = { emg: { api: undefined } };
const network = EXISTING_NETWORK;

/** A rule as `peers → ports`: apps, ranges, or the internet without some of its ranges. */
const ruleOf = (peers: unknown, ports: unknown) => {
  const names = (
    JSON.parse(JSON.stringify(peers)) as {
      podSelector?: { matchLabels: { app?: string } };
      ipBlock?: { cidr: string; except?: string[] };
    }[]
  ).map(({ podSelector, ipBlock }) =>
    ipBlock
      ? [ipBlock.cidr, ...(ipBlock.except ?? [])].join(" but ")
      : podSelector?.matchLabels.app,
  );
  const open = (ports as { port: string }[]).map(({ port }) => port);
  return `${names.join(", ")} → ${open.join(", ")}`;
};

const DNS = 2;
const WEB = "0.0.0.0/0 but 169.254.169.254/32 but 169.254.170.23/32";

/** Name → rules in, and rules out without those of names. */
function rulesOf(change: SettingsChange = {}) {
  const settings = emgSettings(change);
  const policies = networkPolicies(settings, networkFactsOf(settings));
  return Object.fromEntries(
    Object.entries(policies).map(([name, { spec }]) => {
      const { ingress, egress } = spec as {
        ingress: { from: unknown; ports: unknown }[];
        egress: { to: unknown; ports: unknown }[];
      };
      return [
        name,
        {
          in: ingress.map(({ from, ports }) => ruleOf(from, ports)),
          out: egress.slice(DNS).map(({ to, ports }) => ruleOf(to, ports)),
        },
      ];
    }),
  );
}

test("E-55: each part takes and reaches what it works with, and nothing else", () => {
  const balancer = "10.20.240.0/24, 10.20.241.0/24";
  const database = "10.20.0.0/20, 10.20.16.0/20 → 5432";
  expect(rulesOf({ network, emg: { api: { taskWorker: true } } })).toEqual({
    "prefect-server": {
      in: ["oauth2-proxy, prefect-worker-gateway, emgapi, emgapi-tasks → 4200"],
      out: [database],
    },
    "oauth2-proxy": {
      in: [`${balancer} → 4180`],
      out: [
        "prefect-server → 4200",
        // Not what answers on that port inside, such as the Kubernetes API.
        `0.0.0.0/0 but 10.100.0.0/16 but 10.20.0.0/16 but 100.64.0.0/16 but 169.254.169.254/32 but 169.254.170.23/32 → 443`,
      ],
    },
    "prefect-worker-gateway": {
      in: [`${balancer} → 8080`],
      out: ["prefect-server → 4200"],
    },
    emgapi: {
      in: [`${balancer} → 8000`],
      out: ["prefect-server → 4200", database, `${WEB} → 443`],
    },
    "emgapi-tasks": {
      in: [],
      out: ["prefect-server → 4200", database, `${WEB} → 443`],
    },
    "emg-job": { in: [], out: [database] },
  });
});

test("E-55: every part resolves names, and is closed both ways but for its rules", () => {
  const settings = emgSettings();
  const policies = networkPolicies(settings, networkFactsOf(settings));
  for (const [name, { metadata, spec }] of Object.entries(policies)) {
    expect(metadata).toMatchObject({ name, namespace: "emgapiv2-hl-exp" });
    const { egress, ...rest } = spec;
    expect(rest).toMatchObject({
      podSelector: { matchLabels: { app: name } },
      policyTypes: ["Ingress", "Egress"],
    });
    const names = (egress as { ports: { port: string }[] }[]).slice(0, DNS);
    expect(names.flatMap(({ ports }) => ports.map(({ port }) => port))).toEqual(
      ["53", "53", "53", "53"],
    );
  }
});

test("E-55: with prefect-basic the load balancer sends to Prefect itself, and nobody stands before it", () => {
  const rules = rulesOf({ network, ...BASIC });
  expect(rules["prefect-server"]?.in).toEqual([
    "10.20.240.0/24, 10.20.241.0/24, emgapi → 4200",
  ]);
  expect(Object.keys(rules)).toEqual(["prefect-server", "emgapi", "emg-job"]);
});

test("E-55: Prefect alone: nobody but the two that log in reaches it", () => {
  const rules = rulesOf(ALONE);
  expect(rules["prefect-server"]?.in).toEqual([
    "oauth2-proxy, prefect-worker-gateway → 4200",
  ]);
  expect(rules).not.toHaveProperty("emgapi");
});

test("E-55: an internal load balancer sends from the private subnets", () => {
  const rules = rulesOf({
    network,
    emg: { ingress: { scheme: "internal" } },
  });
  for (const [name, port] of [
    ["oauth2-proxy", 4180],
    ["prefect-worker-gateway", 8080],
    ["emgapi", 8000],
  ] as const)
    expect(rules[name]?.in).toEqual([`10.20.0.0/20, 10.20.16.0/20 → ${port}`]);
});

test("E-55: an external database is reached in its ranges and at its port only", () => {
  const rules = rulesOf({
    emg: {
      database: {
        kind: "external",
        host: "db.example.org",
        port: 6432,
        cidrs: ["192.0.2.0/28"],
        masterSecret: "emg/database",
      },
    },
  });
  for (const part of ["prefect-server", "emgapi", "emg-job"])
    expect(rules[part]?.out).toContain("192.0.2.0/28 → 6432");
});

test("E-55: the company's proxy is open to who goes to the web: to Prefect only where it downloads packages", () => {
  const packages: SettingsChange = {
    emg: { prefect: { extraPipPackages: ["nextflowpy==0.13.1"] } },
  };
  const proxy = /^0\.0\.0\.0\/0 but 169\.\S+ but 169\.\S+ → (443, )?3128$/;
  const rules = rulesOf(PROXY);
  for (const part of ["oauth2-proxy", "emgapi"])
    expect(rules[part]?.out.at(-1)).toMatch(proxy);
  for (const part of ["prefect-server", "prefect-worker-gateway", "emg-job"])
    expect(rules[part]?.out.at(-1)).not.toMatch(proxy);
  expect(rulesOf(packages)["prefect-server"]?.out).toContain(`${WEB} → 443`);
  expect(
    rulesOf({ ...PROXY, ...packages })["prefect-server"]?.out.at(-1),
  ).toMatch(proxy);
});
