import { type DeploymentV1SpecTemplateSpecContainer } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { surrealObjects } from "../../../modules/wave/objects/surrealdb";
import { exampleSettings } from "../../support/settings";

const objects = surrealObjects(exampleSettings(), {
  surrealChecksum: "checksum-of-versions",
});
const deployment = objects.deployments.surrealv1;
const pod = deployment?.spec.template.spec;

function containerOf(
  placed = objects,
): DeploymentV1SpecTemplateSpecContainer | undefined {
  const list = placed.deployments.surrealv1?.spec.template.spec.container;
  return Array.isArray(list) ? list[0] : undefined;
}

const container = containerOf();
const env = (name: string) =>
  Array.isArray(container?.env)
    ? container.env.find((variable) => variable.name === name)
    : undefined;

test("SUR-01: the image is a setting, so that mirror and digest are possible", () => {
  expect(container?.image).toBe("surrealdb/surrealdb:v1.5.4");
  const image = `registry.example.com/surrealdb:v1.5.4@sha256:${"a".repeat(64)}`;
  const mirrored = surrealObjects(
    exampleSettings({ wave: { images: { surrealdb: image } } }),
    { surrealChecksum: "" },
  );
  expect(containerOf(mirrored)?.image).toBe(image);
});

test("SUR-02, SET-20: no credential is an argument", () => {
  expect(container?.args).toEqual([
    "start",
    "--no-banner",
    "file:///mnt/efs/surreal-db",
  ]);
  expect(container).not.toHaveProperty("command");
  expect(env("SURREAL_USER")).toEqual({ name: "SURREAL_USER", value: "root" });
  expect(env("SURREAL_PASS")).toEqual({
    name: "SURREAL_PASS",
    valueFrom: {
      secretKeyRef: { name: "surreal-credentials", key: "SURREAL_PASS" },
    },
  });
});

test("SUR-08: authentication is on", () => {
  expect(env("SURREAL_AUTH")).toEqual({ name: "SURREAL_AUTH", value: "true" });
});

test("SUR-10: no initial database is named, Wave makes its own", () => {
  expect(JSON.stringify(deployment)).not.toMatch(/init-db|INIT_DB/);
});

test("SUR-03: hardened, and not root", () => {
  expect(pod?.securityContext).toEqual({
    runAsNonRoot: true,
    runAsUser: "65532",
    runAsGroup: "65532",
    seccompProfile: { type: "RuntimeDefault" },
  });
  expect(container?.securityContext).toEqual({
    runAsNonRoot: true,
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  });
});

test("SUR-04, K8S-17: Service 8100 to 8000, inside of the cluster only", () => {
  expect(objects.services.surrealv1?.spec).toEqual({
    type: "ClusterIP",
    selector: { app: "surrealv1" },
    port: [{ name: "http", port: 8100, targetPort: "8000", protocol: "TCP" }],
  });
  expect(deployment?.spec.template.metadata.labels).toMatchObject({
    app: "surrealv1",
  });
});

test("SUR-05: the store's own claim, at upstream's data path", () => {
  expect(pod?.volume).toContainEqual({
    name: "data",
    persistentVolumeClaim: { claimName: "surreal-fs" },
  });
  expect(container?.volumeMount).toEqual([
    { name: "data", mountPath: "/mnt/efs/surreal-db" },
  ]);
});

describe("the users, made before the server opens the files", () => {
  const [users] = pod?.initContainer as DeploymentV1SpecTemplateSpecContainer[];

  test("by the store's own program, from the files themselves and without a login", () => {
    expect(users?.image).toBe(container?.image);
    expect(users?.args?.join(" ")).toBe(
      "import --endpoint file:///mnt/efs/surreal-db --namespace seqera --database wave /users/users.surql",
    );
    expect(users).not.toHaveProperty("env");
    expect(users?.securityContext).toEqual(container?.securityContext);
  });

  test("out of a file that the server does not see", () => {
    expect(pod?.volume).toContainEqual({
      name: "users",
      secret: {
        secretName: "surreal-credentials",
        items: [{ key: "users.surql", path: "users.surql" }],
      },
    });
    expect(users?.volumeMount).toEqual([
      { name: "data", mountPath: "/mnt/efs/surreal-db" },
      { name: "users", mountPath: "/users", readOnly: true },
    ]);
  });
});

test("SUR-06, K8S-16: one replica, recreated and never doubled", () => {
  expect(deployment?.metadata.name).toBe("surrealv1");
  expect(deployment?.spec.replicas).toBe("1");
  expect(deployment?.spec.strategy).toEqual({ type: "Recreate" });
});

test("SUR-06: memory by setting, and probes on /health", () => {
  expect(container?.resources).toMatchObject({
    requests: { memory: "2000Mi" },
    limits: { memory: "2000Mi" },
  });
  const health = { path: "/health", port: "8000" };
  expect(container?.readinessProbe?.httpGet).toEqual(health);
  expect(container?.livenessProbe?.httpGet).toEqual(health);
  expect(container?.startupProbe?.httpGet).toEqual(health);
});

test("SUR-07, K8S-22: own account without token and without role", () => {
  expect(objects.serviceAccounts).toMatchObject({
    surrealdb: {
      metadata: { name: "surrealdb", namespace: "wave" },
      automountServiceAccountToken: false,
    },
  });
  expect(JSON.stringify(objects.serviceAccounts)).not.toContain("role-arn");
  expect(pod?.serviceAccountName).toBe("surrealdb");
  expect(pod?.automountServiceAccountToken).toBe(false);
});

test("SUR-12: amd64, on the system nodes", () => {
  expect(pod?.nodeSelector).toEqual({
    "kubernetes.io/arch": "amd64",
    service: "wave-system",
  });
});

test("a new password restarts the store", () => {
  expect(deployment?.spec.template.metadata.annotations).toEqual({
    "checksum/secrets": "checksum-of-versions",
    "mount-options": "iam",
  });
});

test("K8S-23: only Wave and the export reach it, and it reaches nothing", () => {
  expect(objects.networkPolicies.surrealv1?.spec).toEqual({
    podSelector: { matchLabels: { app: "surrealv1" } },
    policyTypes: ["Ingress", "Egress"],
    ingress: [
      {
        from: [
          { podSelector: { matchLabels: { app: "wave-app" } } },
          { podSelector: { matchLabels: { app: "surreal-export" } } },
        ],
        ports: [{ port: "8000", protocol: "TCP" }],
      },
    ],
  });
});
