import {
  type KubernetesObject,
  type Manifest,
  manifestsOf,
} from "../../../../tools/operate/manifests/manifests";
import { dependenciesOf } from "../../../support/graph";
import { schemaProblems } from "../../../support/kubernetes-schema";
import {
  type SettingsChange,
  currentSettings,
  existingExampleSettings,
  liteSettings,
} from "../../../support/settings";
import { workloadsJson, workloadsOf } from "../../../support/workloads";

/** Every option that changes an object. */
const everything: SettingsChange = {
  data: { redis: { auth: true } },
  wave: {
    secrets: { dockerHub: "wave/docker.io", quay: "wave/quay.io" },
    classic: { ecrKeySecret: "wave/ecr-key" },
    image: { digest: `sha256:${"0".repeat(64)}` },
    autoscaling: { minReplicas: 2, requestsPerSecond: "1k" },
    metrics: true,
    rateLimit: {},
    build: { singularity: true },
    ingress: {
      scheme: "internal",
      inboundCidrs: ["10.0.0.0/8"],
      wafAclArn:
        "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/wave/1",
      group: { name: "shared", order: 10 },
    },
    hardening: { runAsNonRoot: false, readOnlyRootFilesystem: false },
  },
};
const little: SettingsChange = {
  wave: {
    autoscaling: undefined,
    mail: undefined,
    scan: { enabled: false },
    ingress: { accessLogs: false },
  },
};

/** Every option that changes an object of the current line. */
const everythingCurrent: SettingsChange = {
  data: { buildCache: {} },
  wave: {
    secrets: { dockerHub: "wave/docker.io", quay: "wave/quay.io" },
    autoscaling: { requestsPerSecond: "1k" },
    metrics: true,
    rateLimit: { timeoutErrorsMaxRate: "30/1m" },
    build: { arm64: true, singularity: true },
    current: { strict: true, ecrExternalId: "wave-prod", eventLoopThreads: 8 },
  },
};

const stack = workloadsJson();
const example = manifestsOf(stack);
const variants = {
  example,
  everything: manifestsOf(workloadsJson(everything)),
  little: manifestsOf(workloadsJson(little)),
  current: manifestsOf(workloadsOf(currentSettings(everythingCurrent))),
  lite: manifestsOf(workloadsOf(liteSettings())),
  "a cluster that exists": manifestsOf(workloadsOf(existingExampleSettings())),
  "a cluster that exists, classic": manifestsOf(
    workloadsOf(
      existingExampleSettings({
        wave: { version: "1.3.3" },
        cluster: { controllers: { efsCsiDriver: "existing" } },
      }),
    ),
  ),
};
const objectOf = (manifests: readonly Manifest[], address: string) => {
  const found = manifests.find((manifest) => manifest.address === address);
  if (found === undefined) throw new Error(`no manifest of ${address}`);
  return found.object;
};

/** An object with one field more, or of another type. */
const broken = (
  address: string,
  spec: Record<string, unknown>,
): KubernetesObject => {
  const object = objectOf(example, address);
  return { ...object, spec: { ...(object.spec as object), ...spec } };
};

const store = "kubernetes_deployment_v1.deployment-surrealv1";
const faults: [string, KubernetesObject, string][] = [
  ["an unknown field", broken(store, { pods: 1 }), "/spec/pods is unknown"],
  [
    "a number as text",
    broken(store, { replicas: "1" }),
    "/spec/replicas must be integer",
  ],
  [
    "a block's name of the provider",
    broken("kubernetes_service_v1.service-wave", { port: [] }),
    "/spec/port is unknown",
  ],
];
const all = Object.entries(variants).flatMap(([variant, manifests]) =>
  manifests.map(({ address, object }) => ({ variant, address, object })),
);
const verdicts = schemaProblems([
  ...all.map(({ object }) => object),
  ...faults.map(([, object]) => object),
]);

test.each(Object.keys(variants))(
  "every object of %s is what the Kubernetes API takes",
  (variant) => {
    const problems = all.flatMap((one, index) =>
      one.variant === variant
        ? (verdicts[index] ?? ["not judged"]).map(
            (problem) => `${one.address} ${problem}`,
          )
        : [],
    );
    expect(problems).toEqual([]);
  },
);

test.each(faults)("%s is refused", (_what, object, problem) => {
  const index = all.length + faults.findIndex(([, other]) => other === object);
  expect(verdicts[index]).toEqual([problem]);
});

test("every typed object of the stack has one manifest, and nothing else has", () => {
  const typed = Object.entries(stack.resource ?? {})
    .filter(([type]) => type.startsWith("kubernetes_"))
    .flatMap(([type, blocks]) =>
      Object.keys(blocks).map((name) => `${type}.${name}`),
    );
  expect(typed.length).toBeGreaterThan(30);
  expect(example.map(({ address }) => address).sort()).toEqual(typed.sort());
});

test("namespaces come first, and each object after all it depends on", () => {
  const position = new Map(
    example.map(({ address }, index) => [address, index]),
  );
  const [first, second] = example;
  expect([first?.object.kind, second?.object.kind]).toEqual([
    "Namespace",
    "Namespace",
  ]);
  const graph = dependenciesOf(stack);
  // Through charts as well: they are in the graph, and not among the manifests.
  const before = (address: string): string[] =>
    [...(graph.get(address) ?? [])].flatMap((other) =>
      position.has(other) ? [other] : before(other),
    );
  for (const [address, index] of position)
    for (const other of before(address))
      expect({
        address,
        after: other,
        is: (position.get(other) ?? 0) < index,
      }).toEqual({ address, after: other, is: true });
});

test("namespaces come before other objects that wait for nothing", () => {
  const named = (name: string) => ({ a: { metadata: { name } } });
  const kinds = manifestsOf({
    resource: {
      kubernetes_cluster_role_v1: named("reader"),
      kubernetes_namespace_v1: named("wave"),
    },
  }).map(({ object }) => object.kind);
  expect(kinds).toEqual(["Namespace", "ClusterRole"]);
});

test("references of Terraform are gone, Micronaut's own have lost their escape", () => {
  const text = JSON.stringify(Object.values(variants));
  const left = new Set(text.match(/\$+\{[^}]*\}/g));
  expect([...left]).toContain("${DOCKER_USER:}");
  expect([...left].filter((one) => !/^\$\{[A-Z_]+:?\}$/.test(one))).toEqual([]);
});

test("Secrets have their keys, no values, and the names of their sources", () => {
  const secrets = variants.everything.filter(
    ({ object }) => object.kind === "Secret",
  );
  const found = secrets.map(({ object, secretSources }) => ({
    name: object.metadata.name,
    values: object.stringData,
    secretSources,
  }));
  expect(found).toEqual([
    {
      name: "seqera-reg-creds",
      // An empty text is no login, and the API server wants one.
      values: { ".dockerconfigjson": '{"auths":{}}' },
      secretSources: { ".dockerconfigjson": "wave/cr.seqera.io" },
    },
    {
      name: "surreal-credentials",
      values: { SURREAL_PASS: "", "users.surql": "" },
      secretSources: {
        SURREAL_PASS: "<data: surreal_secret_arn>",
        "users.surql":
          "<data: surreal_secret_arn>, <data: surreal_wave_secret_arn>",
      },
    },
    {
      name: "wave-secrets",
      values: {
        SURREAL_DEFAULT_PASSWORD: "",
        WAVE_ECR_ACCESS_KEY: "",
        WAVE_ECR_SECRET_KEY: "",
        DOCKER_USER: "",
        DOCKER_PAT: "",
        QUAY_USER: "",
        QUAY_PAT: "",
        REDIS_URI: "",
      },
      secretSources: {
        SURREAL_DEFAULT_PASSWORD: "<data: surreal_wave_secret_arn>",
        WAVE_ECR_ACCESS_KEY: "wave/ecr-key",
        WAVE_ECR_SECRET_KEY: "wave/ecr-key",
        DOCKER_USER: "wave/docker.io",
        DOCKER_PAT: "wave/docker.io",
        QUAY_USER: "wave/quay.io",
        QUAY_PAT: "wave/quay.io",
        REDIS_URI: "<data: redis_secret_arn>",
      },
    },
  ]);
});

test("a kind without translation is an error that says what to do", () => {
  expect(() =>
    manifestsOf({ resource: { kubernetes_csi_driver_v1: { efs: {} } } }),
  ).toThrow(
    "No manifest for kubernetes_csi_driver_v1: add its kind to tools/operate/manifests/manifests.ts.",
  );
});

test("the provider's own default is written out: volumes of a class may grow", () => {
  expect(
    objectOf(example, "kubernetes_storage_class_v1.storage-class"),
  ).toMatchObject({
    allowVolumeExpansion: true,
    provisioner: "efs.csi.aws.com",
  });
});

test("what Terraform sets once and leaves to others is not in the object: an apply of it would take it back", () => {
  const { spec } = objectOf(
    example,
    "kubernetes_deployment_v1.deployment-wave",
  ) as unknown as {
    spec: Record<string, unknown>;
  };
  expect(spec).not.toHaveProperty("replicas");
  expect(spec).toHaveProperty("selector");
});
