import { withRelease } from "../../modules/wave/release/release";
import { AssetType, TerraformAsset, TerraformStack } from "cdktf";
import { readFileSync } from "node:fs";
import { parse, parseAllDocuments } from "yaml";
import { projectFile } from "../../modules/lib/project-file";
import { secretVariables } from "../../modules/wave/objects/server-environment";
import { addressesOf, dependenciesOf, dependsOn } from "../support/graph";
import { currentSettings, liteSettings } from "../support/settings";
import { type StackJson, resourcesOf, synthStacks } from "../support/synth";
import { currentObjects, liteObjects } from "../support/wave";
import { workloadsOf } from "../support/workloads";

// The classic line has a file of its own; here is what differs on the current line and with Wave Lite.

const settings = currentSettings({
  wave: { secrets: { dockerHub: "wave/docker.io", quay: "wave/quay.io" } },
});
const current = workloadsOf(settings);
const lite = workloadsOf(liteSettings());
const graph = dependenciesOf(current);
const liteGraph = dependenciesOf(lite);

const balancer = "helm_release.load-balancer-controller";
const efs = "helm_release.efs-csi-driver";
const cleanup = "helm_release.build-cleanup";
const server = "kubernetes_deployment_v1.deployment-wave";
const claims = ["wave-app-fs", "wave-build-fs"].map(
  (name) => `kubernetes_persistent_volume_claim_v1.claim-${name}`,
);

const namesIn = (stack: StackJson, type: string): string[] =>
  Object.values(stack.resource?.[type] ?? {})
    .map(({ metadata }) => (metadata as { name: string }).name)
    .sort();

describe.each([
  ["the current line", current, currentObjects()],
  ["Wave Lite", lite, liteObjects()],
])("%s", (_what, stack, objects) => {
  test("every object of waveObjects is created, and nothing else", () => {
    const keyed: Record<string, object> = {
      namespace_v1: objects.namespaces,
      service_account_v1: objects.serviceAccounts,
      role_v1: objects.roles,
      role_binding_v1: objects.roleBindings,
      persistent_volume_v1: objects.volumes,
      persistent_volume_claim_v1: objects.claims,
      deployment_v1: objects.deployments,
      service_v1: objects.services,
      cron_job_v1: objects.cronJobs,
      network_policy_v1: objects.networkPolicies,
    };
    for (const [kind, configs] of Object.entries(keyed))
      expect({ [kind]: namesIn(stack, `kubernetes_${kind}`) }).toEqual({
        [kind]: Object.keys(configs).sort(),
      });
    const builds = objects.quota === undefined ? [] : ["wave-build"];
    expect(namesIn(stack, "kubernetes_resource_quota_v1")).toEqual(builds);
    expect(namesIn(stack, "kubernetes_limit_range_v1")).toEqual(builds);
  });

  test("K8S-20: exactly two Secrets, and none of SurrealDB", () => {
    expect(namesIn(stack, "kubernetes_secret_v1")).toEqual([
      "seqera-reg-creds",
      "wave-secrets",
    ]);
    expect(JSON.stringify(stack)).not.toMatch(/surreal/i);
  });

  test("the namespaces guard the stack", () => {
    for (const namespace of Object.values(
      resourcesOf(stack, "kubernetes_namespace_v1"),
    ))
      expect(namespace.lifecycle).toEqual({ prevent_destroy: true });
  });

  test("typed resources only, and no permission over the whole cluster", () => {
    expect(addressesOf(stack).join("\n")).not.toMatch(/manifest|cluster_role/);
  });
});

describe("Secrets of the current line", () => {
  const secrets = resourcesOf(current, "kubernetes_secret_v1");
  const dataOf = (name: string) =>
    secrets[name]?.data_wo as Record<string, string>;
  const value = (id: string) =>
    `ephemeral.aws_secretsmanager_secret_version.${id}.secret_string`;

  test("DEP-17: passwords of PostgreSQL and Redis, each from its stored version", () => {
    expect(dataOf("wave-secrets")).toMatchObject({
      WAVE_DB_PASSWORD: `\${${value("postgres-password")}}`,
      REDIS_PASSWORD: `\${${value("redis-password")}}`,
    });
    const outputs = "data.terraform_remote_state.data.outputs";
    expect(current.ephemeral?.aws_secretsmanager_secret_version).toMatchObject({
      "postgres-password": { secret_id: `\${${outputs}.postgres_secret_arn}` },
      "redis-password": { secret_id: `\${${outputs}.redis_secret_arn}` },
    });
  });

  test("CFG-19: the keys are the variables Wave reads, and no address holds a password", () => {
    expect(Object.keys(dataOf("wave-secrets")).sort()).toEqual(
      [...secretVariables(withRelease(settings))].sort(),
    );
    expect(JSON.stringify(current)).not.toMatch(/REDIS_URI|urlencode/);
  });

  test("K8S-20: the login is the one of the registry's new place", () => {
    expect(dataOf("seqera-reg-creds")[".dockerconfigjson"]).toContain(
      '{auths = {"cr.seqera.io" = ',
    );
  });

  test("no password anywhere but in write-only arguments", () => {
    const rest = structuredClone(current);
    delete rest.ephemeral;
    for (const secret of Object.values(
      rest.resource?.kubernetes_secret_v1 ?? {},
    ))
      delete secret.data_wo;
    expect(JSON.stringify(rest)).not.toContain("ephemeral.");
  });
});

test("CFG-R1, CFG-R2: config.yml holds references of Terraform and escaped placeholders that Wave knows", () => {
  const text = String(
    (
      resourcesOf(current, "kubernetes_config_map_v1")["wave-cfg"]
        ?.data as Record<string, string>
    )["config.yml"],
  );
  const found = [...text.matchAll(/(\$+)\{([^}]*)\}/g)];
  const inner = (dollars: string) =>
    found.filter((match) => match[1] === dollars).map((match) => match[2]);
  expect(inner("$$")).toEqual([
    "DOCKER_USER:",
    "DOCKER_PAT:",
    "QUAY_USER:",
    "QUAY_PAT:",
  ]);
  const outputs = (stack: string, ...names: string[]) =>
    names.map((name) => `data.terraform_remote_state.${stack}.outputs.${name}`);
  expect(inner("$")).toEqual([
    ...outputs("data", "postgres_host", "postgres_port"),
    ...outputs("data", "build_repository_url", "cache_repository_url"),
    ...outputs("data", "logs_bucket", "logs_bucket", "logs_bucket"),
    ...outputs("identity", "ecr_role_arn"),
    ...outputs("data", "redis_host", "redis_port"),
  ]);
  expect(parse(text)).toHaveProperty("wave.db.user", "wave_user");
});

test("INF-06: with builds both controllers outlive the namespaces, without them there is no driver to wait for", () => {
  const namespaces = (stack: StackJson) =>
    addressesOf(stack).filter((address) =>
      address.startsWith("kubernetes_namespace_v1."),
    );
  expect(namespaces(current)).toHaveLength(2);
  for (const namespace of namespaces(current))
    expect([...(graph.get(namespace) ?? [])]).toEqual(
      expect.arrayContaining([efs, balancer]),
    );
  expect(namespaces(lite)).toHaveLength(1);
  for (const namespace of namespaces(lite))
    expect([...(liteGraph.get(namespace) ?? [])]).toContain(balancer);
  expect(Object.keys(resourcesOf(lite, "helm_release"))).toEqual([
    "load-balancer-controller",
  ]);
  expect(lite.resource).not.toHaveProperty("kubernetes_storage_class_v1");
});

test("PRO-01: Wave comes after the cleanup, and the cleanup after what it works in", () => {
  expect([...(graph.get(server) ?? [])]).toContain(cleanup);
  const before = [
    ...claims,
    "kubernetes_role_binding_v1.role-binding-wave-build-cleanup",
    "kubernetes_service_account_v1.account-wave-build-cleanup",
    "kubernetes_network_policy_v1.network-policy-wave-build-cleanup",
  ];
  expect([...(graph.get(cleanup) ?? [])]).toEqual(
    expect.arrayContaining(before),
  );
  for (const claim of claims) expect(dependsOn(graph, claim, efs)).toBe(true);
});

test("Wave Lite reads no output that is not written for it", () => {
  const read = [
    ...JSON.stringify(lite).matchAll(/remote_state\.(\w+)\.outputs\.(\w+)/g),
  ].map(([, stack, output]) => `${String(stack)}.${String(output)}`);
  expect([...new Set(read)].sort()).toEqual([
    "data.access_logs_bucket",
    "data.postgres_host",
    "data.postgres_port",
    "data.postgres_secret_arn",
    "data.redis_host",
    "data.redis_port",
    "data.redis_secret_arn",
    "identity.certificate_arn",
    "identity.cloudwatch_agent_role_arn",
    "identity.load_balancer_controller_role_arn",
    "network.alarm_topic_arn",
    "network.cluster_certificate_authority",
    "network.cluster_endpoint",
    "network.cluster_name",
    "network.public_subnet_ids",
    "network.vpc_id",
  ]);
});

test("the release installs the chart that removes Jobs", () => {
  let hash = "";
  synthStacks((app) => {
    hash = new TerraformAsset(new TerraformStack(app, "stack"), "chart", {
      path: projectFile("manifests/charts/build-job-cleanup"),
      type: AssetType.DIRECTORY,
    }).assetHash;
  });
  const { chart } = resourcesOf(current, "helm_release")["build-cleanup"] ?? {};
  expect(hash).not.toBe("");
  expect(chart).toContain(hash);
});

test("before a destroy Jobs go, not only their pods, which a Job makes anew", () => {
  const release = resourcesOf(current, "helm_release")["build-cleanup"];
  expect(release?.namespace).toBe("wave-build");
  expect(JSON.parse((release?.values as string[])[0] ?? "")).toEqual({
    image: "registry.k8s.io/kubectl:v1.36.0",
    serviceAccount: "wave-build-cleanup",
    app: "wave-build-cleanup",
  });
  const jobOf = (chart: string) => {
    const template = readFileSync(
      projectFile(`manifests/charts/${chart}/templates/job.yaml`),
      "utf8",
    )
      .replace(/\{\{-[^}]*-\}\}/, "")
      .replace(/\{\{ \.\w+\.(\w+) \}\}/g, "<$1>");
    return JSON.stringify(parseAllDocuments(template)[0]?.toJS());
  };
  expect(jobOf("build-job-cleanup")).toContain('"delete","jobs,pods",');
  // In all else it is the chart of the classic line, which is tested with it.
  expect(jobOf("build-job-cleanup").replace("jobs,pods", "pods")).toBe(
    jobOf("build-cleanup"),
  );
});
