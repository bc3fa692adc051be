import * as cluster from "../../../../tools/operate/kubernetes/cluster";
import {
  type Copy,
  copyObjects,
  runCopy,
} from "../../../../tools/operate/restore/copy-job";

jest.mock("../../../../tools/operate/kubernetes/cluster");

const copy: Copy = {
  login: () => Promise.resolve({} as cluster.ClusterLogin),
  namespace: "wave",
  image: "postgres:17-alpine",
  nodeSelector: { service: "wave-system" },
  pullSecrets: ["registry-logins"],
  ranges: ["10.40.0.0/20"],
  pastHost: "past.example",
  livingHost: "living.example",
  port: 5432,
  user: "wave_user",
  databases: { wave: "wave_user" },
};
const { ConfigMap, Job, NetworkPolicy } = copyObjects(copy);
const pod = Job.spec.template.spec;

test("the pod is restricted, without a token, on nodes that reach the database", () => {
  expect(pod).toMatchObject({
    automountServiceAccountToken: false,
    nodeSelector: { service: "wave-system" },
    imagePullSecrets: [{ name: "registry-logins" }],
    securityContext: {
      runAsNonRoot: true,
      seccompProfile: { type: "RuntimeDefault" },
    },
    containers: [
      {
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
      },
    ],
  });
});

test("its password comes from a Secret, by no argument and no variable of the pod", () => {
  const [container] = pod.containers;
  expect(container?.envFrom).toEqual([
    { secretRef: { name: "restore-postgres" } },
  ]);
  expect(container?.env.map(({ name }) => name)).not.toContain("PGPASSWORD");
  expect(container?.command).toEqual(["sh", "/restore/copy.sh"]);
});

test("it reaches names and the databases, and nobody reaches it", () => {
  expect(NetworkPolicy.spec).toMatchObject({
    podSelector: { matchLabels: Job.spec.template.metadata.labels },
    policyTypes: ["Ingress", "Egress"],
    egress: [
      { ports: [{ port: 53 }, { port: 53 }] },
      { to: [{ ipBlock: { cidr: "10.40.0.0/20" } }], ports: [{ port: 5432 }] },
    ],
  });
});

test("every file that the script names is mounted beside it", () => {
  const script = ConfigMap.data["copy.sh"] ?? "";
  const named = [...script.matchAll(/\$here\/([\w.]+)/g)].map(
    ([, file]) => file,
  );
  expect(named).toEqual(["empty.sql", "content.sql"]);
  for (const file of named) expect(ConfigMap.data[file ?? ""]).toMatch(/^-- /);
});

test("what an interrupted copy has left goes first, by requests without a body; a Job that fails says the pod's last words", async () => {
  const asked: string[] = [];
  jest
    .mocked(cluster.askCluster)
    .mockImplementation((_login, path, { method = "GET", body } = {}) => {
      const [name = ""] = path.split("/").slice(-1);
      asked.push(`${method} ${name.split("?")[0] ?? ""}`);
      if (method === "DELETE") expect(body).toBeUndefined();
      if (method === "POST") return Promise.resolve({ status: 201, body });
      if (path.includes("/log?"))
        return Promise.resolve({
          status: 200,
          body: "wave: dumped\nno room\n",
        });
      if (path.includes("labelSelector"))
        return Promise.resolve({
          status: 200,
          body: { items: [{ metadata: { name: "restore-postgres-1" } }] },
        });
      return Promise.resolve(
        asked.includes("POST jobs")
          ? { status: 200, body: { status: { failed: 1 } } }
          : { status: 404, body: {} },
      );
    });
  await expect(
    runCopy(copy, "secret", { say: () => undefined }),
  ).rejects.toThrow(/the living database is as before: wave: dumped · no room/);
  expect(asked.filter((one) => /^(DELETE|POST)/.test(one))).toEqual([
    ...Array.from({ length: 4 }, () => "DELETE restore-postgres"),
    "POST secrets",
    "POST configmaps",
    "POST networkpolicies",
    "POST jobs",
  ]);
});
