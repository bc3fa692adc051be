import {
  type ApplicationProps,
  createApplication,
} from "../../modules/kubernetes/application";
import {
  type TerraformJson,
  manifestsOf,
} from "../../tools/operate/manifests/manifests";
import { schemaProblems } from "../support/kubernetes-schema";
import { onlyResource, synthOne } from "../support/synth";

const props: ApplicationProps = {
  name: "server",
  namespace: "flows",
  labels: { app: "prefect", team: "research" },
  image: "registry.example.org/server:1",
  args: ["serve"],
  env: { LEVEL: "INFO" },
  secretEnv: { PASSWORD: { secret: "logins", key: "password" } },
  fieldEnv: { POD_IP: "status.podIP" },
  envFrom: { secrets: ["all"], configMaps: ["config"] },
  cpu: "500m",
  memory: "1Gi",
  user: { uid: 7123, gid: 1347 },
  volumes: [
    { name: "tmp", mountPath: "/tmp", source: { emptyDir: "64Mi" } },
    { name: "conf", mountPath: "/etc/x", source: { configMap: "files" } },
    { name: "key", mountPath: "/etc/y", source: { secret: "logins" } },
    {
      name: "data",
      mountPath: "/data",
      readOnly: true,
      source: { claim: "claim" },
    },
  ],
  nodeSelector: { service: "system" },
  pullSecrets: ["quay"],
  port: 4200,
  service: "prefect-server",
  probes: {
    startup: { path: "/up", port: 4200, failureThreshold: 60 },
    readiness: { path: "/ready", port: 4200, host: "prefect.example.org" },
    liveness: { path: "/up", port: 4200 },
  },
  checksums: { secrets: "abc" },
  dependsOn: [],
};

const synth = (changes: Partial<ApplicationProps> = {}) =>
  synthOne((stack) => {
    createApplication(stack, "server", { ...props, ...changes });
  });

interface Manifest {
  readonly kind: string;
  readonly spec: Readonly<Record<string, unknown>>;
}

const objectsOf = (changes?: Partial<ApplicationProps>) =>
  manifestsOf(synth(changes) as TerraformJson).map(
    ({ object }) => object as unknown as Manifest,
  );

const only = (kind: string, changes?: Partial<ApplicationProps>) =>
  objectsOf(changes).find((object) => object.kind === kind);

const podOf = (changes?: Partial<ApplicationProps>) =>
  (
    only("Deployment", changes)?.spec.template as {
      metadata: Record<string, unknown>;
      spec: Record<string, unknown> & { containers: object[] };
    }
  ).spec;

test("the API takes all of it", () => {
  const objects = [...objectsOf(), ...objectsOf({ replicas: 2 })];
  expect(objects.map(({ kind }) => kind)).toEqual([
    "Deployment",
    "Service",
    "Deployment",
    "PodDisruptionBudget",
    "Service",
  ]);
  expect(schemaProblems(objects)).toEqual(objects.map(() => []));
});

test("Pod Security restricted: user and group of their own, nothing to gain, no root that can be written", () => {
  expect(podOf()).toMatchObject({
    automountServiceAccountToken: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 7123,
      runAsGroup: 1347,
      seccompProfile: { type: "RuntimeDefault" },
    },
    containers: [
      {
        securityContext: {
          runAsNonRoot: true,
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
      },
    ],
  });
  expect(podOf({ readOnlyRoot: false }).containers[0]).toMatchObject({
    securityContext: { readOnlyRootFilesystem: false, runAsNonRoot: true },
  });
});

test("no variables of the names of Services, which are a program's own where its settings begin alike", () => {
  expect(podOf().enableServiceLinks).toBe(false);
});

test("files of a Secret are for the group of the process, and a pod without any leaves its volumes alone", () => {
  expect(podOf()).toMatchObject({
    securityContext: { fsGroup: 1347 },
    volumes: expect.arrayContaining([
      { name: "key", secret: { secretName: "logins", defaultMode: 0o440 } },
    ]) as unknown,
  });
  expect(podOf({ volumes: [] }).securityContext).not.toHaveProperty("fsGroup");
});

test("a claim that is mounted read-only is so on the node too", () => {
  expect(podOf().volumes).toContainEqual({
    name: "data",
    persistentVolumeClaim: { claimName: "claim", readOnly: true },
  });
});

test("the limit of memory is twice the request, and one of CPU is none", () => {
  expect(podOf().containers[0]).toMatchObject({
    resources: {
      requests: { cpu: "500m", memory: "1Gi" },
      limits: { memory: "2Gi" },
    },
  });
  expect(JSON.stringify(podOf().containers[0])).not.toMatch(/limits[^}]*cpu/);
});

test("variables: plain, of a Secret, of the pod, and all of a Secret or ConfigMap", () => {
  expect(podOf().containers[0]).toMatchObject({
    env: [
      { name: "LEVEL", value: "INFO" },
      {
        name: "PASSWORD",
        valueFrom: { secretKeyRef: { name: "logins", key: "password" } },
      },
      {
        name: "POD_IP",
        valueFrom: { fieldRef: { fieldPath: "status.podIP" } },
      },
    ],
    envFrom: [
      { secretRef: { name: "all" } },
      { configMapRef: { name: "config" } },
    ],
  });
});

test("the kubelet asks with the host that the program answers for", () => {
  expect(podOf().containers[0]).toMatchObject({
    startupProbe: { httpGet: { path: "/up", port: 4200 } },
    readinessProbe: {
      httpGet: {
        httpHeaders: [{ name: "Host", value: "prefect.example.org" }],
      },
    },
  });
});

test("one pod: no budget. Two: one moves at a time, over zones and nodes", () => {
  expect(only("PodDisruptionBudget")).toBeUndefined();
  expect(podOf()).not.toHaveProperty("topologySpreadConstraints");
  expect(only("PodDisruptionBudget", { replicas: 2 })?.spec).toEqual({
    maxUnavailable: 1,
    selector: { matchLabels: { app: "prefect" } },
  });
  expect(podOf({ replicas: 2 }).topologySpreadConstraints).toMatchObject([
    { topologyKey: "topology.kubernetes.io/zone" },
    { topologyKey: "kubernetes.io/hostname" },
  ]);
});

test("a new version starts beside the old one, or after its end where two cannot run", () => {
  expect(only("Deployment")?.spec.strategy).toMatchObject({
    rollingUpdate: { maxUnavailable: 0, maxSurge: 1 },
  });
  expect(only("Deployment", { recreate: true })?.spec.strategy).toEqual({
    type: "Recreate",
  });
});

test("what a running pod does not follow restarts it", () => {
  expect(only("Deployment")?.spec.template).toMatchObject({
    metadata: { annotations: { "checksum/secrets": "abc" } },
  });
});

test("the Service has the name that others know, and selects the pods", () => {
  expect(only("Service")).toMatchObject({
    metadata: { name: "prefect-server" },
    spec: {
      type: "ClusterIP",
      selector: { app: "prefect" },
      ports: [{ port: 4200, targetPort: 4200 }],
    },
  });
  expect(only("Service", { service: undefined })).toBeUndefined();
});

test("a program without a port has neither port nor Service", () => {
  expect(only("Service", { port: undefined })).toBeUndefined();
  expect(
    onlyResource(synth({ port: undefined }), "kubernetes_deployment_v1"),
  ).toBeDefined();
  expect(podOf({ port: undefined }).containers[0]).not.toHaveProperty("ports");
});
