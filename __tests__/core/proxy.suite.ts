import { parse } from "yaml";
import { proxyOf, proxyVariables } from "../../modules/core/proxy";
import { type WaveSettings } from "../../modules/wave/settings/schema";
import {
  type SettingsChange,
  currentSettings,
  exampleSettings,
  liteSettings,
} from "../support/settings";
import { resourcesOf } from "../support/synth";
import { networkOf } from "../support/network";
import { workloadsOf } from "../support/workloads";

const proxied: SettingsChange = {
  network: {
    interfaceEndpoints: ["ecr.dkr", "sts"],
    proxy: {
      url: "http://proxy.corp.example.com:3128",
      noProxy: [".corp.example.com"],
    },
  },
};
const classic = exampleSettings(proxied);
const current = currentSettings(proxied);

test("the VPC, the cluster, the node and what answers in the VPC are reached without it", () => {
  expect(proxyOf(classic)?.noProxy).toEqual([
    "localhost",
    "127.0.0.1",
    "169.254.169.254",
    "169.254.170.23",
    "10.40.0.0/16",
    "10.100.0.0/16",
    ".internal",
    ".svc",
    ".cluster.local",
    ".eks.amazonaws.com",
    "s3.eu-central-1.amazonaws.com",
    ".s3.eu-central-1.amazonaws.com",
    ".dkr.ecr.eu-central-1.amazonaws.com",
    "sts.eu-central-1.amazonaws.com",
    ".corp.example.com",
  ]);
});

test("in a VPC without internet all of AWS in the region has endpoints", () => {
  const { network } = classic;
  expect(
    proxyOf({ ...classic, network: { ...network, internet: false } })?.noProxy,
  ).toEqual(
    expect.arrayContaining([
      ".eu-central-1.amazonaws.com",
      ".eks.amazonaws.com",
    ]),
  );
});

/** User data of every launch template, decoded. */
const userData = (change: SettingsChange) =>
  Object.values(resourcesOf(networkOf(change), "aws_launch_template")).map(
    ({ user_data }) => Buffer.from(String(user_data), "base64").toString(),
  );

test("every node of Amazon Linux gives it to containerd, kubelet and nodeadm before they start", () => {
  const texts = userData(proxied);
  expect(texts.length).toBeGreaterThan(1);
  for (const text of texts) {
    expect(text).toMatch(/^MIME-Version: 1\.0\n/);
    expect(text).toContain("Content-Type: text/x-shellscript");
    expect(text).toContain("for unit in containerd kubelet nodeadm-run; do");
    expect(text).toContain(
      'Environment="HTTPS_PROXY=http://proxy.corp.example.com:3128"',
    );
    expect(text).toContain("10.40.0.0/16,10.100.0.0/16,.internal");
  }
});

test("Bottlerocket gets it in its own words, beside the kernel setting", () => {
  const [build] = userData({
    ...proxied,
    cluster: {
      nodeGroups: {
        build: {
          amiType: "BOTTLEROCKET_x86_64",
          maxUserNamespaces: 63359,
        },
      },
    },
  }).filter((text) => text.includes("[settings.network]"));
  expect(build).toContain('"user.max_user_namespaces" = "63359"');
  expect(build).toContain('https-proxy = "http://proxy.corp.example.com:3128"');
  expect(build).toMatch(/no-proxy = \["localhost",.*".corp.example.com"\]\n$/);
});

test("the group of the build nodes lets them reach it", () => {
  const ports = Object.values(
    resourcesOf(networkOf(proxied), "aws_vpc_security_group_egress_rule"),
  ).map(({ from_port }) => from_port);
  expect(ports).toContain(3128);
});

const stackOf = (settings: WaveSettings) => ({
  settings,
  stack: workloadsOf(settings),
});
const onClassic = stackOf(classic);
const LINES: [string, ReturnType<typeof stackOf>][] = [
  ["classic", onClassic],
  ["current", stackOf(current)],
  ["lite", stackOf(liteSettings(proxied))],
];

describe.each(LINES)("%s", (_, { settings, stack }) => {
  test("every controller has the variables, in each of its pods", () => {
    const charts = Object.entries(resourcesOf(stack, "helm_release")).filter(
      ([, { repository }]) => repository !== undefined,
    );
    const variables = proxyVariables(settings);
    for (const [name, { values }] of charts) {
      const [text = ""] = values as string[];
      const parsed = parse(text) as Record<string, { env?: unknown }>;
      const list = Object.entries(variables).map(([key, value]) => ({
        name: key,
        value,
      }));
      if (name === "efs-csi-driver") {
        expect(parsed.controller?.env).toEqual(list);
        expect(parsed.node?.env).toEqual(list);
      } else expect(parsed.env ?? parsed.extraEnv).toEqual(variables);
    }
  });

  test("Wave's JVM knows it, and Micronaut is told to look there", () => {
    const deployment = JSON.stringify(
      resourcesOf(stack, "kubernetes_deployment_v1")["deployment-wave"],
    );
    expect(deployment).toContain(
      "-Dhttps.proxyHost=proxy.corp.example.com -Dhttps.proxyPort=3128 -Dhttp.nonProxyHosts=127.*|[::1]|localhost|",
    );
    expect(deployment).toContain("|10.40.*|10.100.*|*.internal|");
    const config = JSON.stringify(
      resourcesOf(stack, "kubernetes_config_map_v1"),
    );
    expect(config.match(/proxy-selector\W+default/g)).toHaveLength(2);
  });

  test("its policy lets Wave out to the proxy's port", () => {
    expect(
      JSON.stringify(
        resourcesOf(stack, "kubernetes_network_policy_v1")[
          "network-policy-wave"
        ],
      ),
    ).toContain('"3128"');
  });
});

test("the upload of the export goes through it too", () => {
  const { stack } = onClassic;
  const job = JSON.stringify(
    resourcesOf(stack, "kubernetes_cron_job_v1")["cron-job-surreal-export"],
  );
  expect(job).toContain("HTTPS_PROXY");
  expect(
    JSON.stringify(
      resourcesOf(stack, "kubernetes_network_policy_v1")[
        "network-policy-surreal-export"
      ],
    ),
  ).toContain('"3128"');
});

test("without it nothing speaks of a proxy", () => {
  const stack = workloadsOf(currentSettings());
  expect(JSON.stringify(stack.resource)).not.toMatch(
    /HTTPS_PROXY|proxyHost|proxy-selector/,
  );
  expect(
    Object.values(resourcesOf(networkOf({}), "aws_launch_template")).filter(
      (template) => "user_data" in template,
    ),
  ).toEqual([]);
});
