import {
  type Copy,
  copyObjects,
} from "../../../../tools/operate/restore/copy-job";

const copy: Copy = {
  login: () => Promise.reject(new Error("no cluster")),
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
