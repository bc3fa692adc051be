import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import { CREDENTIAL_KEYS } from "../../modules/delivery/names";
import { projectFile } from "../../modules/lib/project-file";
import { CANARY, releaseCanaries } from "../support/canaries";
import { deliveryStack, valuesOf } from "../support/delivery";
import { EXISTING_CLUSTER, EXISTING_NETWORK } from "../support/existing";
import { type SettingsChange } from "../support/settings";
import { type StackJson, resourcesOf } from "../support/synth";

type FluxChange = NonNullable<NonNullable<SettingsChange["delivery"]>["flux"]>;

const fluxStack = (flux: FluxChange = {}, rest: SettingsChange = {}) =>
  deliveryStack({ ...rest, delivery: { flux } });

const stack = fluxStack();
const automated = fluxStack({
  write: true,
  imageAutomation: true,
  imageRegistry: "registry.example.com/fluxcd",
});
const cluster = fluxStack(
  { scope: "cluster", path: "apps/releases", branch: "live" },
  { network: EXISTING_NETWORK, cluster: EXISTING_CLUSTER },
);
const CONTROLLERS = ["kustomizeController", "helmController"];
const SOURCE = "sourceController";
const IMAGES = ["imageReflectionController", "imageAutomationController"];

test("C25, C53, C62: the chart makes no permissions and locks each release into its namespace, unless Flux may have the cluster", () => {
  expect(valuesOf(stack, "flux2")).toMatchObject({
    rbac: { create: false, createAggregation: false },
    multitenancy: {
      enabled: true,
      privileged: false,
      defaultServiceAccount: "flux-deployer",
    },
  });
  expect(valuesOf(cluster, "flux2")).toMatchObject({
    rbac: { create: true },
    multitenancy: { enabled: false },
  });
  expect(valuesOf(cluster, "flux-sync").serviceAccount).toBe("");
  expect(valuesOf(stack, "flux-sync").serviceAccount).toBe("releases");
  expect(JSON.stringify(stack)).not.toContain("cluster-admin");
});

test("C25: Flux 2, pinned, before what it applies; nothing of Flux 1", () => {
  const releases = resourcesOf(stack, "helm_release");
  expect(releases.flux2?.version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(releases["flux-sync"]?.depends_on).toContain("helm_release.flux2");
  expect(JSON.stringify(stack)).not.toMatch(
    /helm\.fluxcd\.io|charts\.fluxcd\.io|helm-operator/,
  );
});

test("C29, C62: the controllers list no Secrets and take nothing from other repositories; those of images run with image automation only", () => {
  const values = valuesOf(stack, "flux2");
  for (const name of CONTROLLERS)
    expect(values[name]).toMatchObject({
      container: {
        additionalArgs: expect.arrayContaining([
          expect.stringMatching(
            /^--feature-gates=.*\bDisableConfigWatchers=true\b/,
          ),
        ]) as unknown,
      },
    });
  expect(values.kustomizeController).toMatchObject({
    container: {
      additionalArgs: expect.arrayContaining([
        "--no-remote-bases=true",
      ]) as unknown,
    },
  });
  for (const [json, create] of [
    [stack, false],
    [automated, true],
  ] as const) {
    for (const name of IMAGES)
      expect(valuesOf(json, "flux2")[name]).toMatchObject({ create });
    expect(valuesOf(json, "flux-sync").imageAutomation).toBe(create);
  }
  for (const name of ["notificationController", "sourceWatcher"])
    expect(values[name]).toEqual({ create: false });
});

test("everything of the chart runs where controllers do, from the registry of the settings", () => {
  for (const [json, registry, nodeSelector] of [
    [stack, "ghcr.io/fluxcd", { service: "wave-system" }],
    [automated, "registry.example.com/fluxcd", { service: "wave-system" }],
    [cluster, "ghcr.io/fluxcd", { nodegroup: "general" }],
  ] as const)
    for (const name of ["cli", SOURCE, ...CONTROLLERS, ...IMAGES])
      expect(valuesOf(json, "flux2")[name]).toMatchObject({
        image: expect.stringMatching(
          new RegExp(`^${registry}/(flux-cli|[a-z-]+-controller)$`),
        ) as unknown,
        nodeSelector,
      });
});

test("who leaves the cluster goes through the proxy, and nobody asks it for the source-controller", () => {
  const proxied = valuesOf(
    fluxStack(
      {},
      { network: { proxy: { url: "http://proxy.example.com:3128" } } },
    ),
    "flux2",
  );
  for (const name of [SOURCE, ...IMAGES])
    expect(proxied[name]).toMatchObject({
      extraEnv: expect.arrayContaining([
        { name: "HTTPS_PROXY", value: "http://proxy.example.com:3128" },
      ]) as unknown,
    });
  for (const name of CONTROLLERS)
    expect(proxied[name]).not.toHaveProperty("extraEnv");
  expect(valuesOf(stack, "flux2")[SOURCE]).toMatchObject({ extraEnv: [] });
});

test("C27: the folder that is applied ends with the environment", () => {
  expect(valuesOf(stack, "flux-sync")).toMatchObject({
    url: "ssh://git@github.com/example/releases",
    branch: "main",
    path: "./releases/prod",
    interval: "2m",
  });
  expect(valuesOf(cluster, "flux-sync")).toMatchObject({
    branch: "live",
    path: "./apps/releases/prod",
  });
  expect(stack.output?.flux_path?.value).toBe("./releases/prod");
});

const template = readFileSync(
  projectFile("manifests/charts/flux-sync/templates/sync.yaml"),
  "utf8",
);
/** The chart's objects with every condition met. */
const objects = parseAllDocuments(
  template
    .replace(/\{\{-? \/\*[^]*?\*\/ -?\}\}\n/, "")
    .replace(/^ *\{\{-.*\}\}\n/gm, "")
    .replace(/\{\{ .*? \}\}/g, "value"),
).map((document) => document.toJS() as Record<string, unknown>);

test("C25, C27, C63: what is applied is of APIs that stay, prunes, waits, and lets an uninstallation wait until all of it is gone", () => {
  expect(objects.map(({ apiVersion, kind }) => [apiVersion, kind])).toEqual([
    ["source.toolkit.fluxcd.io/v1", "GitRepository"],
    ["kustomize.toolkit.fluxcd.io/v1", "Kustomization"],
    ["image.toolkit.fluxcd.io/v1", "ImageUpdateAutomation"],
  ]);
  expect(objects[1]).toMatchObject({
    metadata: { name: "flux-sync" },
    spec: {
      prune: true,
      wait: true,
      timeout: "10m",
      retryInterval: "1m",
      deletionPolicy: "WaitForTermination",
    },
  });
  // Flux gives up after its own time, and Helm must not do so before.
  expect(
    resourcesOf(stack, "helm_release")["flux-sync"]?.timeout,
  ).toBeGreaterThan(600);
  // It would take account-config.yaml for the name of a variable, and never apply anything.
  expect(objects[1]?.spec).not.toHaveProperty("postBuild");
});

const secretOf = (json: StackJson) =>
  json.resource?.kubernetes_secret_v1?.["flux-login"];

test.each(["ssh", "basic", "githubApp"] as const)(
  "C26: the Secret has the keys of %s, each from its field, and no plan passes without one of them",
  (kind) => {
    const login = secretOf(
      fluxStack({
        url: "https://github.com/example/releases",
        credential: { kind, secret: "delivery/git" },
      }),
    );
    const keys = Object.entries<string>(CREDENTIAL_KEYS[kind]);
    const written = login?.data_wo as Record<string, string>;
    expect(Object.keys(written).sort()).toEqual(
      keys.map(([key]) => key).sort(),
    );
    const { precondition } = login?.lifecycle as {
      precondition: { condition: string; error_message: string }[];
    };
    for (const [index, [key, field]] of keys.entries()) {
      expect(written[key]).toMatch(new RegExp(`\\["${field}"\\]\\}$`));
      expect(precondition[index]?.condition).toContain(
        `["${field}"], "") != ""`,
      );
      // What it says holds nothing of the value.
      expect(precondition[index]?.error_message).not.toContain("${");
    }
    expect(precondition).toHaveLength(keys.length);
  },
);

test("C26: with ssh the keys of the host are known", () => {
  expect(CREDENTIAL_KEYS.ssh).toHaveProperty("known_hosts", "knownHosts");
});

test("C26: a public repository has no Secret", () => {
  const open = fluxStack({
    url: "https://github.com/example/releases",
    credential: { kind: "none" },
  });
  expect(secretOf(open)).toBeUndefined();
  expect(valuesOf(open, "flux-sync").secret).toBe("");
  expect(valuesOf(stack, "flux-sync").secret).toBe("flux-system");
});

test("C26: nothing of the deploy key is in plan or state", () => {
  const { sources, sightings } = releaseCanaries({
    delivery: deliveryStack({ delivery: { stores: { redis: undefined } } }),
  });
  const login = sightings.filter(({ place }) =>
    place.includes("flux-login.data_wo"),
  );
  expect(sources).toBeGreaterThan(0);
  expect(login).not.toEqual([]);
  // A condition is evaluated, and nothing of it is stored.
  expect(
    sightings.filter(
      ({ kept, place }) => kept && !place.includes("precondition"),
    ),
  ).toEqual([]);
  expect(JSON.stringify(stack.output)).not.toContain(CANARY);
});

const ports = (json: StackJson) =>
  (
    resourcesOf(json, "kubernetes_network_policy_v1")["flux-traffic"]?.spec as {
      egress: { ports: { port: string }[] }[];
    }
  ).egress
    .at(-1)
    ?.ports.map(({ port }) => port);

test("Flux is closed to other namespaces, and reaches Git, registries and the Kubernetes API", () => {
  const policies = resourcesOf(stack, "kubernetes_network_policy_v1");
  expect(policies["flux-default-deny"]).toMatchObject({
    spec: { pod_selector: {}, policy_types: ["Ingress", "Egress"] },
  });
  expect(policies["flux-traffic"]).toMatchObject({
    spec: {
      ingress: [
        {
          from: [{ pod_selector: {} }],
          ports: [{ port: "9090", protocol: "TCP" }],
        },
      ],
    },
  });
  expect(valuesOf(stack, "flux2").policies).toEqual({ create: false });
  expect(ports(stack)).toEqual(["443", "22"]);
  const other = (url: string) =>
    ports(fluxStack({ url, credential: { kind: "ssh", secret: "git" } }));
  expect(other("ssh://git@git.example.com:7999/releases")).toEqual([
    "443",
    "7999",
  ]);
  expect(other("https://git.example.com/releases")).toEqual(["443"]);
});

test("C26: the deploy key of this environment takes the place of the one with its title, and of no other", () => {
  const command = (json: StackJson) => json.output?.deploy_key_command?.value;
  expect(command(stack)).toBe(
    `gh api repos/example/releases/keys --paginate --jq '.[] | select(.title == "flux services-prod") | .id' | xargs -I{} gh api --method DELETE repos/example/releases/keys/{} && ` +
      "aws secretsmanager get-secret-value --region eu-central-1 --secret-id delivery/flux-deploy-key --query SecretString --output text | jq -r .identityPub | " +
      "gh api --method POST repos/example/releases/keys -f title='flux services-prod' -F read_only=true -F key=@-",
  );
  expect(command(automated)).toContain("read_only=false");
  for (const change of [
    { url: "ssh://git@git.example.com/example/releases" },
    {
      url: "https://github.com/example/releases",
      credential: { kind: "none" },
    },
  ] as const)
    expect(command(fluxStack(change))).toBeUndefined();
});
