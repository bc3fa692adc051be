import { withRelease } from "../../modules/wave/release/release";
import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import { projectFile } from "../../modules/lib/project-file";
import { loadBalancerIdentity } from "../../modules/wave/objects/ingress";
import { waveInputs } from "../support/wave-inputs";
import { waveObjects } from "../../modules/wave/wave-objects";
import { addressesOf, dependenciesOf, dependsOn } from "../support/graph";
import { exampleSettings } from "../support/settings";
import { type StackJson, onlyResource, resourcesOf } from "../support/synth";
import { onTerraformCloud, workloadsJson } from "../support/workloads";

const example = workloadsJson();
const cloud = workloadsJson({}, onTerraformCloud);
const graph = dependenciesOf(example);

const efs = "helm_release.efs-csi-driver";
const balancer = "helm_release.load-balancer-controller";
const cleanup = "helm_release.build-cleanup";
const ingress = "kubernetes_ingress_v1.ingress";
const server = "kubernetes_deployment_v1.deployment-wave";
const store = "kubernetes_deployment_v1.deployment-surrealv1";
const service = "kubernetes_service_v1.service-wave";
const storeService = "kubernetes_service_v1.service-surrealv1";
const claims = ["wave-app-fs", "wave-build-fs", "surreal-fs"].map(
  (name) => `kubernetes_persistent_volume_claim_v1.claim-${name}`,
);
const ofType = (type: string) =>
  addressesOf(example).filter((address) => address.startsWith(`${type}.`));
const namespaces = ofType("kubernetes_namespace_v1");

/** Edges that must be written out; others follow from them. */
const order: [string, string[]][] = [
  ["namespace-wave", [efs, balancer]],
  ["namespace-wave-build", [efs, balancer]],
  ["ingress", [service, balancer]],
  ["service-wave", [server]],
  ["deployment-wave", [storeService, cleanup, ...claims]],
  ["service-surrealv1", [store]],
  ["deployment-surrealv1", claims],
  ["build-cleanup", claims],
  ["autoscaler", [server]],
  ["dns-alias", [ingress]],
];

const direct = (id: string): Set<string> => {
  const found = [...graph].find(
    ([address]) => address.slice(address.lastIndexOf(".") + 1) === id,
  );
  if (found === undefined) throw new Error(`nothing is called ${id}`);
  return found[1];
};

test.each(order)("PRO-01: %s waits for %j", (id, targets) => {
  expect([...direct(id)]).toEqual(expect.arrayContaining(targets));
});

test.each(claims)("%s goes before its own volume", (claim) => {
  const volume = claim
    .replace("_claim_v1.claim-", "_v1.volume-")
    .replace(/-fs$/, "-pv");
  expect([...(graph.get(claim) ?? [])]).toContain(volume);
  expect([...(graph.get(volume) ?? [])]).toContain(efs);
});

test("PRO-01: accounts, bindings, policies, Secrets and ConfigMap stand before the first pod", () => {
  const before = [
    "kubernetes_service_account_v1",
    "kubernetes_role_binding_v1",
    "kubernetes_network_policy_v1",
    "kubernetes_resource_quota_v1",
    "kubernetes_limit_range_v1",
    "kubernetes_secret_v1",
    "kubernetes_config_map_v1",
  ].flatMap(ofType);
  const pods = [store, server, cleanup, ...ofType("kubernetes_cron_job_v1")];
  expect(before).toHaveLength(5 + 2 + 7 + 1 + 1 + 3 + 1);
  for (const pod of pods)
    expect([...(graph.get(pod) ?? [])]).toEqual(expect.arrayContaining(before));
});

test("everything in a namespace waits for a namespace", () => {
  const outside =
    /^(data|ephemeral|terraform_data)\.|^helm_release\.(efs|load|cluster)|_(namespace|storage_class|persistent_volume)_v1\.|^aws_/;
  const inside = addressesOf(example).filter(
    (address) => !outside.test(address),
  );
  expect(inside.length).toBeGreaterThan(30);
  for (const address of inside)
    expect(
      namespaces.some((namespace) => dependsOn(graph, address, namespace)),
    ).toBe(true);
});

test("a volume is made anew with the namespace of its claim: bound once, it keeps the uid of a claim that is gone", () => {
  const volumes = resourcesOf(example, "kubernetes_persistent_volume_v1");
  const triggers = resourcesOf(example, "terraform_data");
  const followed = Object.values(volumes).map(({ spec, lifecycle }) => {
    const [{ claim_ref }] = spec as [{ claim_ref: { namespace: string } }];
    const { replace_triggered_by } = lifecycle as {
      replace_triggered_by: string[];
    };
    const [id = ""] = replace_triggered_by.map((address) =>
      address.replace("terraform_data.", ""),
    );
    expect(triggers[id]?.input).toEqual({
      uid: `\${kubernetes_namespace_v1.namespace-${claim_ref.namespace}.metadata[0].uid}`,
    });
    return id;
  });
  expect(new Set(followed).size).toBe(3);
});

test("the two controllers, and store and cleanup, do not wait for each other", () => {
  expect(dependsOn(graph, efs, balancer)).toBe(false);
  expect(dependsOn(graph, balancer, efs)).toBe(false);
  expect(dependsOn(graph, cleanup, store)).toBe(false);
  expect(dependsOn(graph, store, cleanup)).toBe(false);
});

test("every object of waveObjects is created, and nothing else", () => {
  const settings = exampleSettings();
  const objects = waveObjects(withRelease(settings), waveInputs(settings));
  const placed = (type: string) =>
    Object.values(resourcesOf(example, type))
      .map(({ metadata }) => (metadata as { name: string }).name)
      .sort();
  const kinds: [string, object][] = [
    ["kubernetes_namespace_v1", objects.namespaces],
    ["kubernetes_service_account_v1", objects.serviceAccounts],
    ["kubernetes_role_v1", objects.roles],
    ["kubernetes_role_binding_v1", objects.roleBindings],
    ["kubernetes_persistent_volume_v1", objects.volumes],
    ["kubernetes_persistent_volume_claim_v1", objects.claims],
    ["kubernetes_deployment_v1", objects.deployments],
    ["kubernetes_service_v1", objects.services],
    ["kubernetes_cron_job_v1", objects.cronJobs],
    ["kubernetes_network_policy_v1", objects.networkPolicies],
  ];
  for (const [type, configs] of kinds)
    expect(placed(type)).toEqual(Object.keys(configs).sort());
  expect(placed("kubernetes_storage_class_v1")).toEqual(["efs-wave-sc"]);
  expect(placed("kubernetes_pod_disruption_budget_v1")).toEqual([
    "wave",
    "wave-build",
  ]);
});

test("with retain the namespaces refuse to be destroyed, without it nothing does", () => {
  const guards = (stack: StackJson) =>
    Object.values(resourcesOf(stack, "kubernetes_namespace_v1")).map(
      ({ lifecycle }) => lifecycle,
    );
  expect(guards(example)).toEqual([
    { prevent_destroy: true },
    { prevent_destroy: true },
  ]);
  const disposable = workloadsJson({ retain: false });
  expect(JSON.stringify(disposable)).not.toContain('"prevent_destroy":true');
});

test("with another name they keep their addresses, so that retain refuses it; what had the name in its address moves", () => {
  const renamed = workloadsJson({
    wave: { namespace: "other", buildNamespace: "other-build" },
  });
  const ids = (stack: StackJson) =>
    Object.keys(resourcesOf(stack, "kubernetes_namespace_v1"));
  expect(ids(renamed)).toEqual(ids(example));
  expect(renamed).toHaveProperty(
    "moved",
    ["other", "other-build"].map((name, index) => ({
      from: `kubernetes_namespace_v1.namespace-${name}`,
      to: `kubernetes_namespace_v1.${ids(example)[index] ?? ""}`,
    })),
  );
  expect(example).not.toHaveProperty("moved");
});

test("namespaces have twenty minutes to go", () => {
  for (const namespace of Object.values(
    resourcesOf(example, "kubernetes_namespace_v1"),
  ))
    expect(namespace.timeouts).toEqual({ delete: "20m" });
});

test("PRO-02: the Ingress waits for its load balancer", () => {
  expect(onlyResource(example, "kubernetes_ingress_v1")).toMatchObject({
    wait_for_load_balancer: true,
  });
});

const hostname =
  "${kubernetes_ingress_v1.ingress.status[0].load_balancer[0].ingress[0].hostname}";

test("INF-12: the alias leads to where the Ingress says its load balancer is", () => {
  expect(onlyResource(example, "aws_route53_record")).toMatchObject({
    zone_id: "Z0123456789ABCDEFGHIJ",
    name: "wave.example.com",
    type: "A",
    alias: {
      name: hostname,
      zone_id: "${data.aws_lb_hosted_zone_id.load-balancer-zone.id}",
    },
  });
  // A balancer that was deleted by hand would stop the plan that heals it.
  expect(example.data).not.toHaveProperty("aws_lb");
  expect(onlyResource(example, "aws_route53_record")).not.toHaveProperty(
    "allow_overwrite",
  );
  expect(example.output?.dns_records?.value).toEqual({});
});

const record = {
  "wave.example.com": `CNAME ${hostname}`,
};
test.each([
  [
    "without a zone",
    {
      hostedZoneId: undefined,
      certificateArn:
        "arn:aws:acm:eu-central-1:123456789012:certificate/00000000-0000-0000-0000-000000000000",
    },
  ],
  ["with an alias that exists", { existingAlias: true }],
])("%s no record is made, and the output names it", (_rows, dns) => {
  const json = workloadsJson({ dns });
  expect(json.resource).not.toHaveProperty("aws_route53_record");
  expect(json.output?.dns_records?.value).toEqual(record);
  expect(json.output?.load_balancer_hostname?.value).toBe(hostname);
});

test("the Ingress goes with what a load balancer keeps for its life", () => {
  expect(
    resourcesOf(example, "terraform_data")["load-balancer"]?.input,
  ).toEqual(loadBalancerIdentity(exampleSettings()));
  expect(onlyResource(example, "kubernetes_ingress_v1").lifecycle).toEqual({
    replace_triggered_by: ["terraform_data.load-balancer"],
  });
});

test("DEP-19: pods carry checksums that Terraform makes", () => {
  const annotations = (id: string) => {
    const { spec } = resourcesOf(example, "kubernetes_deployment_v1")[
      id
    ] as unknown as {
      spec: {
        template: { metadata: { annotations: Record<string, string> } };
      };
    };
    return Object.values(spec.template.metadata.annotations);
  };
  expect(annotations("deployment-wave")).toEqual(
    expect.arrayContaining([
      "${sha256(jsonencode(kubernetes_config_map_v1.wave-cfg.data))}",
      expect.stringMatching(/^\$\{sha256\(local\.wave-secrets_fingerprint_/),
    ]),
  );
  expect(annotations("deployment-surrealv1")).toEqual([
    expect.stringMatching(
      /^\$\{sha256\(local\.surreal-credentials_fingerprint_/,
    ),
    "iam",
  ]);
});

test("typed resources only", () => {
  expect(addressesOf(example).join("\n")).not.toContain("kubernetes_manifest");
});

test("on Terraform Cloud no exec, no AWS CLI, and no token in any output", () => {
  expect(JSON.stringify(cloud.provider)).not.toMatch(
    /exec|get-token|"aws"\s*]/,
  );
  expect(JSON.stringify(cloud.output)).not.toMatch(/token}|ephemeral/);
  expect(JSON.stringify(example.output)).not.toMatch(/token}|ephemeral/);
  expect(cloud.terraform).toHaveProperty("cloud");
});

test("PRO-03: the outputs hold the smoke test and what Platform needs", () => {
  const commands = example.output?.verify_commands?.value as string[];
  expect(commands[0]).toContain("https://wave.example.com/service-info");
  expect(example.output?.platform_env?.value).toEqual({
    TOWER_ENABLE_WAVE: "true",
    WAVE_SERVER_URL: "https://wave.example.com",
  });
});

test("build pods are removed by a hook of a local chart, with the sweep's permissions", () => {
  const release = resourcesOf(example, "helm_release")["build-cleanup"];
  expect(release?.chart).toMatch(/^\.\/assets\/build-cleanup-chart\/[^/]+\/?$/);
  expect(release?.namespace).toBe("wave-build");
  expect(JSON.parse((release?.values as string[])[0] ?? "")).toEqual({
    image: "registry.k8s.io/kubectl:v1.36.0",
    serviceAccount: "wave-build-sweep",
    app: "wave-build-sweep",
  });
  const template = readFileSync(
    projectFile("manifests/charts/build-cleanup/templates/job.yaml"),
    "utf8",
  )
    .replace(/\{\{-[^}]*-\}\}/, "")
    .replace(/\{\{ \.\w+\.(\w+) \}\}/g, "<$1>");
  const job = parseAllDocuments(template)[0]?.toJS() as {
    metadata: { annotations: Record<string, string> };
    spec: {
      template: {
        metadata: unknown;
        spec: { containers: { args: string[] }[] } & Record<string, unknown>;
      };
    };
  };
  const { spec } = job.spec.template;
  expect(job.metadata.annotations["helm.sh/hook"]).toBe("pre-delete");
  expect(job.spec.template.metadata).toEqual({ labels: { app: "<app>" } });
  expect(spec.serviceAccountName).toBe("<serviceAccount>");
  expect(spec.containers[0]?.args).toEqual([
    "delete",
    "pods",
    "--namespace=<Namespace>",
    "--selector=app!=<app>",
    "--wait=false",
  ]);
});
