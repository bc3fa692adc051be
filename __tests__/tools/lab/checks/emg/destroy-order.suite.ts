import { emgOrderProblems } from "../../../../../tools/lab/checks/emg/destroy-order";
import { type AuditEntry } from "../../../../../tools/lab/kube/audit";
import { emgLine } from "./support";

const gone = (second: number, resource: string, name: string): AuditEntry => ({
  verb: "delete",
  requestReceivedTimestamp: `2026-01-01T00:00:0${second}.000Z`,
  user: {},
  objectRef: { resource, namespace: "emgapiv2-hl-exp", name },
  responseStatus: { code: 200 },
});

/** A destroy in which each part has its second. */
const problems = ({
  ingress = 1,
  gateway = 2,
  server = 3,
  secret = 4,
} = {}): string[] =>
  emgOrderProblems(emgLine(), [
    gone(ingress, "ingresses", "prefect-ingress"),
    gone(1, "ingresses", "emgapi-ingress"),
    ...["emgapiv2-app", "oauth2-proxy"].map((name) =>
      gone(2, "deployments", name),
    ),
    gone(gateway, "deployments", "prefect-worker-gateway"),
    ...["emgapiv2", "prefect-via-oauth", "prefect-worker-gateway"].map((name) =>
      gone(2, "services", name),
    ),
    gone(server, "deployments", "prefect-server"),
    gone(server, "services", "prefect-server"),
    gone(secret, "secrets", "prefect-server-secret"),
    gone(4, "secrets", "emg-db-init"),
    gone(5, "namespaces", "emgapiv2-hl-exp"),
  ]);

test("Ingresses, programs, the server, Secrets and the namespace is right", () => {
  expect(problems()).toEqual([]);
});

test.each([
  [
    { ingress: 3 },
    "services emgapiv2-hl-exp/prefect-via-oauth before ingresses emgapiv2-hl-exp/prefect-ingress",
  ],
  [
    { gateway: 4 },
    "services emgapiv2-hl-exp/prefect-server before deployments emgapiv2-hl-exp/prefect-worker-gateway",
  ],
  [
    { secret: 6 },
    "namespaces emgapiv2-hl-exp/emgapiv2-hl-exp before secrets emgapiv2-hl-exp/prefect-server-secret",
  ],
])("%p is not", (change, problem) => {
  expect(problems(change)).toContain(problem);
});

test("without the API nothing of it has to go", () => {
  const alone = emgLine({ emg: { api: null } });
  const missing = emgOrderProblems(alone, []).join();
  expect(missing).toContain("prefect-ingress: not in the records");
  expect(missing).not.toContain("emgapi-ingress");
  expect(missing).not.toContain("emgapiv2-app");
});
