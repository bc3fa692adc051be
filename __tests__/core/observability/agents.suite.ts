import { warningsOf } from "../../../modules/rules";
import { keptOf } from "../../../modules/core/cluster/node-room";
import { type PolicyDocument } from "../../../modules/lib/policy";
import { existingSettings } from "../../support/existing";
import { networkOf, resourceAt } from "../../support/network";
import { WITHOUT_INTERNET_CURRENT } from "../../support/private-network";
import { type SettingsChange, currentSettings } from "../../support/settings";
import { isAllowedBy } from "../../support/simulate-principal";
import { type StackJson, resourcesOf, synthApp } from "../../support/synth";

const OURS: SettingsChange = { observability: { addOn: "ours" } };
const created = synthApp(
  currentSettings({
    observability: { addOn: "ours", logRetentionDays: 30 },
    cluster: { addOns: { cloudwatchObservability: "v6.4.0-eksbuild.1" } },
  }),
);
const existing = synthApp(existingSettings(OURS));
const environments = { created, existing };

const GROUPS = ["application", "dataplane", "host", "performance"];
const groupsOf = ({ network }: Record<string, StackJson>) =>
  Object.values(network?.resource?.aws_cloudwatch_log_group ?? {}).filter(
    ({ name }) => String(name).startsWith("/aws/containerinsights/"),
  );
const addOnOf = ({ workloads }: Record<string, StackJson>) =>
  Object.values(workloads?.resource?.aws_eks_addon ?? {})[0];
const documentOf = ({ identity }: Record<string, StackJson>) => {
  const policies = Object.entries(
    identity?.resource?.aws_iam_role_policy ?? {},
  ).filter(([name]) => name.startsWith("cloudwatch-agent_policy"));
  expect(policies).toHaveLength(1);
  return JSON.parse(policies[0]?.[1].policy as string) as PolicyDocument;
};

test.each([
  ["created", "wave-prod-eks", 30],
  ["existing", "research-eks", 365],
] as const)(
  "in a cluster that is %s, four groups with a retention and a key whose policy names them",
  (kind, cluster, days) => {
    const stacks = environments[kind];
    const groups = groupsOf(stacks);
    const names = GROUPS.map(
      (what) => `/aws/containerinsights/${cluster}/${what}`,
    );
    expect(groups.map(({ name }) => name).sort()).toEqual(names);
    const key = resourceAt(stacks.network ?? {}, "aws_kms_key", "logs-key");
    for (const { retention_in_days, kms_key_id } of groups) {
      expect(retention_in_days).toBe(days);
      expect(kms_key_id).toMatch(/aws_kms_key\.logs-key/);
    }
    for (const name of names)
      expect(key.policy).toContain(`:log-group:${name}"`);
  },
);

test.each(Object.entries(environments))(
  "in a cluster that is %s, the agents write into these groups, make none, and reach no other log",
  async (kind, stacks) => {
    const cluster = kind === "created" ? "wave-prod-eks" : "research-eks";
    const log = (name: string) =>
      `arn:aws:logs:eu-central-1:123456789012:log-group:${name}`;
    const group = log(`/aws/containerinsights/${cluster}/application`);
    const asks = (does: string, to: string) =>
      isAllowedBy([documentOf(stacks)], { does, to });
    const stream = ":log-stream:node-1";
    expect(await asks("logs:CreateLogStream", group + stream)).toBe(true);
    expect(await asks("logs:PutLogEvents", group + stream)).toBe(true);
    expect(await asks("logs:CreateLogGroup", group)).toBe(false);
    const others = log(`/aws/eks/${cluster}/cluster`);
    expect(await asks("logs:PutLogEvents", others + stream)).toBe(false);
  },
);

test("the add-on has its role, its version, and nothing that instruments programs", () => {
  const addOn = addOnOf(created);
  expect(addOn).toMatchObject({
    addon_name: "amazon-cloudwatch-observability",
    addon_version: "v6.4.0-eksbuild.1",
    service_account_role_arn:
      "${data.terraform_remote_state.identity.outputs.cloudwatch_agent_role_arn}",
  });
  const configuration = JSON.parse(
    addOn?.configuration_values as string,
  ) as Record<string, Record<string, unknown>>;
  expect(JSON.stringify(configuration)).not.toContain("application_signals");
  expect(configuration.admissionWebhooks).not.toHaveProperty("agents");
  expect(configuration.admissionWebhooks?.pods).toEqual({ create: false });
  // Its webhook is out of reach on build nodes.
  expect(configuration.manager?.nodeSelector).toEqual({
    service: "wave-system",
  });
  expect(created.workloads?.output?.addon_versions?.value).toEqual({
    cloudwatchObservability: expect.stringMatching(
      /aws_eks_addon\.cloudwatch-observability/,
    ) as unknown,
  });
});

test("on nodes of somebody else the controller has the labels of the settings", () => {
  expect(addOnOf(existing)?.configuration_values).toContain(
    '"nodeSelector":{"nodegroup":"general"}',
  );
});

test("nodes that are not ready are watched where there are agents, whose ever", () => {
  const watched = (addOn: "ours" | "existing" | "none") =>
    Object.values(
      resourcesOf(
        synthApp(existingSettings({ observability: { addOn } })).workloads ??
          {},
        "aws_cloudwatch_metric_alarm",
      ),
    ).some(({ metric_name }) => metric_name === "cluster_failed_node_count");
  expect([watched("ours"), watched("existing"), watched("none")]).toEqual([
    true,
    true,
    false,
  ]);
});

test("of agents that the cluster has already nothing else is made", () => {
  const stacks = synthApp(
    existingSettings({ observability: { addOn: "existing" } }),
  );
  expect(groupsOf(stacks)).toEqual([]);
  expect(addOnOf(stacks)).toBeUndefined();
  expect(JSON.stringify(stacks.identity)).not.toContain("cloudwatch-agent");
});

test("without internet the agents reach what they call", () => {
  // Files need the endpoint of logs too.
  const lite: SettingsChange = { wave: { mode: "lite", mail: undefined } };
  const servicesOf = (addOn: "ours" | "none") =>
    Object.values(
      resourcesOf(
        synthApp(
          currentSettings({
            ...WITHOUT_INTERNET_CURRENT,
            wave: { ...WITHOUT_INTERNET_CURRENT.wave, ...lite.wave },
            observability: { addOn },
          }),
        ).network ?? {},
        "aws_vpc_endpoint",
      ),
    ).map(({ service_name }) =>
      String(service_name).replace(/^.*central-1./, ""),
    );
  expect(servicesOf("none")).not.toContain("logs");
  expect(servicesOf("ours")).toEqual(
    expect.arrayContaining(["logs", "sts", "ec2"]),
  );
});

test("they take room on every node", () => {
  const without = keptOf(currentSettings({ observability: { addOn: "none" } }));
  expect(keptOf(currentSettings(OURS))).toEqual({
    cpu: without.cpu + 300,
    memoryMi: without.memoryMi + 153,
  });
});

test("they do not use the proxy of a VPC that exists, which is said", () => {
  const proxy: SettingsChange = {
    network: { proxy: { url: "http://proxy.example.com:3128" } },
  };
  const said = (change: SettingsChange) =>
    warningsOf(existingSettings(change)).filter((text) =>
      text.startsWith("observability.addOn"),
    );
  expect(said({ ...OURS, ...proxy })).toHaveLength(1);
  expect(said(OURS)).toEqual([]);
  expect(said(proxy)).toEqual([]);
});

test("without agents the key of the logs is as it was", () => {
  const key = (change: SettingsChange) =>
    resourceAt(networkOf(change), "aws_kms_key", "logs-key");
  expect(key({ observability: { addOn: "none" } }).description).toBe(
    "Logs of the control plane and of the VPC.",
  );
  expect(key(OURS).description).toBe(
    "Logs of the control plane, of the VPC and of pods and nodes.",
  );
});
