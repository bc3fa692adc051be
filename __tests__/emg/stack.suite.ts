import { manifestsOf } from "../../tools/operate/manifests/manifests";
import { type Environment, environmentOf } from "../support/environment";
import { EXISTING_CLUSTER, EXISTING_NETWORK } from "../support/existing";
import { stringsOf } from "../support/graph";
import { GRAPH_CHECKS } from "../support/graph-checks";
import { schemaProblems } from "../support/kubernetes-schema";
import {
  type SettingsChange,
  currentSettings,
  emgInput,
  emgSettings,
} from "../support/settings";
import { type StackJson } from "../support/synth";

const { emg } = emgInput() as Required<SettingsChange>;
const certificateArn =
  "arn:aws:acm:eu-central-1:123456789012:certificate/11111111-2222-3333-4444-555555555555";

const ENVIRONMENTS = {
  "alone, on a cluster of ours": environmentOf(emgSettings()),
  "on a cluster of somebody else's": environmentOf(
    emgSettings({
      network: EXISTING_NETWORK,
      cluster: EXISTING_CLUSTER,
      emg: { api: { taskWorker: true } },
    }),
  ),
  "Prefect alone, with one password and a database that exists": environmentOf(
    emgSettings({
      dns: { hostedZoneId: undefined },
      emg: {
        certificateArn,
        api: undefined,
        auth: { mode: "prefect-basic", legacyWorkerPath: true },
        database: {
          kind: "external",
          host: "db.example.org",
          cidrs: ["10.8.0.0/24"],
          masterSecret: "emg/database",
        },
      },
    }),
  ),
  "beside Wave, with a mirror and a proxy": environmentOf(
    currentSettings({
      network: { proxy: { url: "http://proxy.example.com:3128" } },
      registries: [{ host: "registry.example.com", secret: "mirror" }],
      emg,
    }),
  ),
};

const emgOf = ({ stacks }: Environment): StackJson => stacks.emg ?? {};
const alone = ENVIRONMENTS["alone, on a cluster of ours"];
const basic =
  ENVIRONMENTS["Prefect alone, with one password and a database that exists"];
const objectsOf = (environment: Environment) =>
  manifestsOf(emgOf(environment)).map(({ object }) => object);

describe.each(Object.entries(ENVIRONMENTS))(
  "E-74, E-89: %s",
  (_name, environment) => {
    test.each(Object.entries(GRAPH_CHECKS))("%s", (_sentence, check) => {
      expect(check(environment)).toEqual([]);
    });

    test("the stack comes after network, identity and workloads, and reads the first two", () => {
      const { stacks, order } = environment;
      expect([...(order.emg ?? [])].sort()).toEqual([
        "identity",
        "network",
        "workloads",
      ]);
      const read = JSON.stringify(stacks.emg).match(
        /terraform_remote_state\.[a-z-]+/g,
      );
      for (const state of new Set(read))
        expect(state).toMatch(/\.(network|identity)$/);
    });

    test("the Kubernetes API takes every object", () => {
      const objects = objectsOf(environment);
      expect(objects.length).toBeGreaterThan(10);
      expect(schemaProblems(objects).flat()).toEqual([]);
    });

    test("E-35, E-50, E-53: every Ingress has the class of the platform, no Service has a port of the nodes, nothing is of NGINX's controller", () => {
      const { resource } = emgOf(environment);
      for (const ingress of Object.values(
        resource?.kubernetes_ingress_v1 ?? {},
      ))
        expect(ingress).toMatchObject({ spec: { ingress_class_name: "emg" } });
      for (const service of Object.values(
        resource?.kubernetes_service_v1 ?? {},
      ))
        expect(service).toMatchObject({ spec: { type: "ClusterIP" } });
      expect(JSON.stringify(resource)).not.toContain("nginx.ingress");
    });

    test("E-35: Services have the names and ports that people and programs know", () => {
      const known: Record<string, number> = {
        emgapiv2: 8000,
        "prefect-server": 4200,
        "prefect-via-oauth": 4180,
        "prefect-worker-gateway": 8080,
      };
      const services = Object.values(
        emgOf(environment).resource?.kubernetes_service_v1 ?? {},
      ) as { metadata: { name: string }; spec: { port: { port: number }[] } }[];
      expect(services.map(({ metadata }) => metadata.name)).toContain(
        "prefect-server",
      );
      for (const { metadata, spec } of services)
        expect(spec.port.map(({ port }) => port)).toEqual([
          known[metadata.name],
        ]);
    });

    test("E-50, E-52: no address outside of the cluster is http://", () => {
      const hosts = [...stringsOf(emgOf(environment))].flatMap(([, text]) =>
        [...text.matchAll(/http:\/\/([\w.-]+)/g)].map(([, host = ""]) => host),
      );
      for (const host of hosts)
        expect(host).toMatch(
          /^(127\.0\.0\.1|prefect-server(\.[\w.-]+)?|proxy\.example\.com)$/,
        );
    });
  },
);

/** What a destroy takes in another order when it waits for nothing. */
test.each([
  ["kubernetes_ingress_v1", "ingress-api"],
  ["kubernetes_ingress_class_v1", "ingress-class"],
  ["kubernetes_deployment_v1", "deployment-api"],
  ["kubernetes_deployment_v1", "deployment-gateway"],
  ["kubernetes_deployment_v1", "deployment-prefect"],
  ["kubernetes_job_v1", "job-migrate"],
  ["kubernetes_job_v1", "job-databases"],
] as const)(
  "E-74: the order is seen to be another one when %s.%s waits for nothing",
  (type, id) => {
    const broken = structuredClone(alone);
    const body = emgOf(broken).resource?.[type]?.[id];
    if (body === undefined) throw new Error(`no ${type}.${id}`);
    body.depends_on = [];
    expect(GRAPH_CHECKS["the order of a destroy"]?.(broken)).not.toEqual([]);
  },
);

/** Names of objects, as `Deployment/prefect-server`. */
const namesIn = (environment: Environment): string[] =>
  objectsOf(environment).map(
    ({ kind, metadata }) => `${kind}/${metadata.name}`,
  );

test("E-52: with prefect-basic nothing of the other login is there, and with that no password of all", () => {
  for (const name of namesIn(basic))
    expect(name).not.toMatch(
      /oauth2-proxy|gateway|github|prefect-workers|cookie/,
    );
  expect(JSON.stringify(emgOf(basic))).toContain("AUTH_STRING");
  expect(JSON.stringify(emgOf(alone).resource)).not.toContain("AUTH_STRING");
});

test("E-50: without the API there is neither its object nor its file system, and with a database that exists none", () => {
  for (const name of namesIn(basic)) expect(name).not.toContain("emgapi-");
  const types = Object.keys(emgOf(basic).resource ?? {}).join();
  expect(types).not.toMatch(/aws_(efs|backup|db)_/);
});

test("what the settings leave out is looked for in the stack that would delete it", () => {
  const lookups = (environment: Environment) =>
    Object.keys(emgOf(environment).data ?? {});
  const tagged = "aws_resourcegroupstaggingapi_resources";
  expect(lookups(basic)).toContain(tagged);
  expect(lookups(alone)).not.toContain(tagged);
});

const outputOf = (environment: Environment) =>
  Object.fromEntries(
    Object.entries(emgOf(environment).output ?? {}).map(([name, { value }]) => [
      name,
      value,
    ]),
  );

test("what people need is an output: addresses, where passwords are and what is left to do, and no password", () => {
  const output = outputOf(alone);
  expect(output).toMatchObject({
    prefect_url: "https://prefect.emg.example.org",
    api_url: "https://api.emg.example.org",
    worker_api_url: "https://prefect.emg.example.org/workers/api",
    dns_records: {},
    auth_mode: "oauth2-proxy",
  });
  const { "codon-slurm": arn } = output.worker_secret_arns as Record<
    string,
    string
  >;
  expect(arn).toMatch(/^\$\{aws_secretsmanager_secret.*\.arn\}$/);
  expect(output.next_steps).toEqual([
    expect.stringContaining(
      "https://prefect.emg.example.org/oauth2/callback",
    ) as string,
    expect.stringContaining(
      `worker.sh codon-slurm https://prefect.emg.example.org/workers/api ${arn}`,
    ) as string,
    expect.stringContaining("task deploy-flow") as string,
  ]);
});

test("E-52: with prefect-basic everybody has the address of Prefect itself and one password; records are made by hand", () => {
  const output = outputOf(basic);
  expect(output).toMatchObject({
    worker_api_url: "https://prefect.emg.example.org/api",
    worker_secret_arns: { emg: expect.stringMatching(/\.arn\}$/) as string },
    dns_records: {
      "prefect.emg.example.org": expect.stringMatching(/^CNAME /) as string,
    },
  });
  expect(output).not.toHaveProperty("api_url");
  expect(output.next_steps).toContain("Make the records of dns_records.");
  expect(output.next_steps).toContainEqual(
    expect.stringContaining("get-secret-value"),
  );
});
