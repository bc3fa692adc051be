import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { createApi } from "../../modules/emg/api";
import { localOf } from "../support/emg";
import { addressesOf, dependenciesOf, dependsOn } from "../support/graph";
import { type SettingsChange, emgSettings } from "../support/settings";
import {
  type StackJson,
  onlyResource,
  resourcesOf,
  synthOne,
} from "../support/synth";

type Emg = NonNullable<SettingsChange["emg"]>;
type Json = Record<string, unknown>;
interface Workload {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly replicas?: string;
    readonly strategy?: Json;
    readonly template: {
      readonly metadata: { readonly labels: Json; readonly annotations?: Json };
      readonly spec: {
        readonly container: readonly [Json];
        readonly image_pull_secrets?: Json[];
        readonly volume: Json[];
      };
    };
  };
}

const stackOf = (emg: Emg = {}): StackJson =>
  synthOne((stack) => {
    const settings = emgSettings({ emg });
    const { api } = settings.emg;
    if (api === undefined) throw new Error("Without the API there is none.");
    const folder = (name: string) => `\${aws_efs_access_point.${name}.id}`;
    createApi(stack, {
      settings,
      api,
      secrets: {
        checksums: { api: "a", prefect: "p", databases: "d" },
        workerSecretArns: {},
        dependsOn: [],
      },
      files: {
        handles: {
          data: folder("data"),
          results: folder("results"),
        },
        dependsOn: [],
      },
      namespace: new NamespaceV1(stack, "namespace", { metadata: {} }),
      dependsOn: [],
    });
  });
const example = stackOf();

const workload = (stack: StackJson, type: string, end: string): Workload =>
  Object.entries(resourcesOf(stack, type)).find(([name]) =>
    name.endsWith(end),
  )?.[1] as unknown as Workload;
const app = (stack = example) =>
  workload(stack, "kubernetes_deployment_v1", "api");
const job = (stack = example) =>
  workload(stack, "kubernetes_job_v1", "migrate");
const configOf = (stack: StackJson, name: string): Record<string, string> =>
  resourcesOf(stack, "kubernetes_config_map_v1")[name]?.data as Record<
    string,
    string
  >;
const revisionOf = (emg: Emg) => localOf(stackOf(emg), "revision-migrate");

test("E-21: the application has its addresses and Slurm's folders from the settings, its settings file from /etc/emg, and is never in debug mode", () => {
  expect(configOf(example, "emgapi-config")).toMatchObject({
    DJANGO_SETTINGS_MODULE: "site_settings",
    PYTHONPATH: "/etc/emg",
    PREFECT_API_URL:
      "http://prefect-server.emgapiv2-hl-exp.svc.cluster.local:4200/api",
    PREFECT_HOME: "/app/data/prefect",
    // With the health path: images since April 2025 have nothing at /api/v2/ else.
    EMG_SERVICE_URLS__BASE_URL: "api/v2/",
    EMG_SLURM__SHARED_FILESYSTEM_ROOT_ON_SLURM: "/nfs/production/emg",
    EMG_SLURM__SHARED_FILESYSTEM_ROOT_ON_SERVER: "/app/data",
    EMG_SLURM__SAMPLESHEET_EDITING_ALLOWED_INSIDE: "/nfs/production/emg",
    EMG_SLURM__SAMPLE_EDITING_PATH_FROM_SHARED_FILESYSTEM:
      "temporary_samplesheet_edits",
    EMG_SLURM__DEFAULT_WORKDIR: "/hps/nobackup/emg",
  });
  expect(JSON.stringify(example)).not.toMatch(/"DJANGO_DEBUG"/);
  expect(configOf(example, "emg-site-settings")["site_settings.py"]).toMatch(
    /^DEBUG = False$/m,
  );
});

test("E-86: a base path and variables of the operator reach the application as they are written", () => {
  const config = configOf(
    stackOf({
      api: {
        basePath: "metagenomics/",
        healthPath: "/metagenomics/",
        extraEnv: { EMG_WEBIN__AUTH_ENDPOINT: "https://x/${a}" },
      },
    }),
    "emgapi-config",
  );
  expect(config).toMatchObject({
    EMG_SERVICE_URLS__BASE_URL: "metagenomics/",
    EMG_WEBIN__AUTH_ENDPOINT: "https://x/$${a}",
  });
});

test("E-30: two pods answer as the user of the settings, asked by the kubelet under their host", () => {
  const { spec } = app();
  const { container, image_pull_secrets } = spec.template.spec;
  const health = {
    path: "/api/v2/",
    port: "8000",
    http_header: [{ name: "Host", value: "api.emg.example.org" }],
  };
  expect(spec.replicas).toBe("2");
  expect(spec.template.metadata.labels).toMatchObject({ app: "emgapi" });
  expect(container[0]).toMatchObject({
    image: "quay.io/microbiome-informatics/emgapiv2:v0.1.0",
    command: expect.arrayContaining(["gunicorn", "--workers", "3"]) as unknown,
    startup_probe: { http_get: health, period_seconds: 5 },
    readiness_probe: { http_get: health },
    liveness_probe: { http_get: health },
    env_from: expect.arrayContaining([
      { secret_ref: { name: "emgapi-secret" } },
      { config_map_ref: { name: "emgapi-config" } },
    ]) as unknown,
  });
  expect(JSON.stringify(spec)).toMatch(/"run_as_user":"7123"/);
  expect(image_pull_secrets).toEqual([{ name: "quay-pull-secret" }]);
});

test("E-40, E-41: files are at /app/data, and at /results for reading where they are asked for", () => {
  const mounts = (stack: StackJson) =>
    (app(stack).spec.template.spec.container[0].volume_mount as Json[]).map(
      ({ mount_path, read_only }) => [mount_path, read_only === true],
    );
  expect(mounts(example)).toEqual(
    expect.arrayContaining([
      ["/app/data", false],
      ["/results", true],
    ]),
  );
  const without = stackOf({ api: { storage: { results: false } } });
  expect(mounts(without).flat()).not.toContain("/results");
  expect(JSON.stringify(app().spec.template.spec.volume)).toMatch(
    /emgapi-volume-claim-3.*emgapi-services-volume-claim-1/,
  );
});

test("E-33: migrations run with the image and login of the application, once, and before any pod of it", () => {
  const { metadata, spec } = job();
  expect(metadata.name).toMatch(/^ebi-wp-k8s-hl-emgapi-migrate-\$\{substr/);
  expect(spec).toMatchObject({
    backoff_limit: 2,
    active_deadline_seconds: 1800,
  });
  expect(spec).not.toHaveProperty("ttl_seconds_after_finished");
  const { container, image_pull_secrets } = spec.template.spec;
  expect(container[0]).toMatchObject({
    image: app().spec.template.spec.container[0].image,
    command: ["python", "manage.py", "migrate", "--noinput"],
  });
  expect(image_pull_secrets).toEqual([{ name: "quay-pull-secret" }]);
  const stack = stackOf({ api: { taskWorker: true } });
  const graph = dependenciesOf(stack);
  const migration = "kubernetes_job_v1.job-migrate";
  for (const address of addressesOf(stack).filter((one) =>
    one.startsWith("kubernetes_deployment_v1."),
  ))
    expect(dependsOn(graph, address, migration)).toBe(true);
});

test("E-33: another image or configuration migrates again; more pods do not", () => {
  const now = revisionOf({});
  expect(revisionOf({ api: { replicas: 3, memory: "2Gi" } })).toBe(now);
  expect(revisionOf({ api: { image: "quay.io/example/emgapi:v2" } })).not.toBe(
    now,
  );
  expect(revisionOf({ api: { extraEnv: { A: "b" } } })).not.toBe(now);
});

test("E-86: one pod works on tasks, only where it is asked for, and is replaced rather than doubled", () => {
  expect(
    Object.keys(resourcesOf(example, "kubernetes_deployment_v1")),
  ).toHaveLength(1);
  const tasks = workload(
    stackOf({ api: { taskWorker: true } }),
    "kubernetes_deployment_v1",
    "tasks",
  );
  expect(tasks.metadata.name).toBe("emgapiv2-tasks");
  expect(tasks.spec).toMatchObject({
    replicas: "1",
    strategy: { type: "Recreate" },
  });
  const [{ command, readiness_probe }] = tasks.spec.template.spec.container;
  expect(command).toEqual(["python", "manage.py", "db_worker"]);
  expect(readiness_probe).toBeUndefined();
  expect(onlyResource(example, "kubernetes_service_v1")).toMatchObject({
    metadata: { name: "emgapiv2" },
    spec: { selector: { app: "emgapi" }, type: "ClusterIP" },
  });
});
