import { readFileSync } from "node:fs";
import { projectFile } from "../../../modules/lib/project-file";
import { type ClusterLogin, askCluster } from "../kubernetes/cluster";
import { type StepContext } from "./steps";
import { waitFor } from "./wait";
import { refused } from "./workload";

/** A copy of the content of one database server into another one, by a pod of the cluster. */
export interface Copy {
  readonly login: () => Promise<ClusterLogin>;
  readonly namespace: string;
  readonly image: string;
  readonly nodeSelector: Readonly<Record<string, string>>;
  /** Secrets that the image is pulled with. */
  readonly pullSecrets: readonly string[];
  /** Ranges of the database servers: the pod reaches names and these. */
  readonly ranges: readonly string[];
  readonly pastHost: string;
  readonly livingHost: string;
  readonly port: number;
  readonly user: string;
  /** Names of databases with their owners. */
  readonly databases: Readonly<Record<string, string>>;
}

/** Name of all objects, and their label `app`. */
const NAME = "restore-postgres";
const FILES = ["copy.sh", "empty.sql", "content.sql"];
const USER = 70;

const metadata = { name: NAME, labels: { app: NAME } };

const kinds = (namespace: string) => ({
  Secret: `/api/v1/namespaces/${namespace}/secrets`,
  ConfigMap: `/api/v1/namespaces/${namespace}/configmaps`,
  NetworkPolicy: `/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies`,
  Job: `/apis/batch/v1/namespaces/${namespace}/jobs`,
});

/** Objects without the Secret, which holds the password. */
export const copyObjects = (copy: Copy) => ({
  ConfigMap: {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata,
    data: Object.fromEntries(
      FILES.map((file) => [
        file,
        readFileSync(projectFile("tools", "operate", "restore", file), "utf8"),
      ]),
    ),
  },
  NetworkPolicy: {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata,
    spec: {
      podSelector: { matchLabels: { app: NAME } },
      policyTypes: ["Ingress", "Egress"],
      egress: [
        {
          ports: [
            { port: 53, protocol: "UDP" },
            { port: 53, protocol: "TCP" },
          ],
        },
        {
          to: copy.ranges.map((cidr) => ({ ipBlock: { cidr } })),
          ports: [{ port: copy.port, protocol: "TCP" }],
        },
      ],
    },
  },
  Job: job(copy),
});

const job = (copy: Copy) => ({
  apiVersion: "batch/v1",
  kind: "Job",
  metadata,
  spec: {
    // A second try is the operator's, who reads why.
    backoffLimit: 0,
    activeDeadlineSeconds: 4 * 3600,
    template: {
      metadata: { labels: metadata.labels },
      spec: {
        restartPolicy: "Never",
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        nodeSelector: copy.nodeSelector,
        imagePullSecrets: copy.pullSecrets.map((name) => ({ name })),
        securityContext: {
          runAsNonRoot: true,
          runAsUser: USER,
          runAsGroup: USER,
          fsGroup: USER,
          seccompProfile: { type: "RuntimeDefault" },
        },
        containers: [
          {
            name: "copy",
            image: copy.image,
            command: ["sh", "/restore/copy.sh"],
            env: Object.entries({
              PAST_HOST: copy.pastHost,
              LIVING_HOST: copy.livingHost,
              DATABASES: Object.entries(copy.databases)
                .map(([name, owner]) => `${name}:${owner}`)
                .join(" "),
              WORK: "/work",
              PGPORT: String(copy.port),
              PGUSER: copy.user,
              PGSSLMODE: "require",
            }).map(([name, value]) => ({ name, value })),
            envFrom: [{ secretRef: { name: NAME } }],
            resources: {
              requests: { cpu: "250m", memory: "256Mi" },
              limits: { memory: "1Gi" },
            },
            securityContext: {
              runAsNonRoot: true,
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ["ALL"] },
            },
            volumeMounts: [
              { name: "files", mountPath: "/restore", readOnly: true },
              { name: "work", mountPath: "/work" },
            ],
          },
        ],
        volumes: [
          { name: "files", configMap: { name: NAME } },
          { name: "work", emptyDir: {} },
        ],
      },
    },
  },
});

/** Makes the objects anew, waits for the end of the Job. @throws Error with the pod's last words when it fails. */
export async function runCopy(
  copy: Copy,
  password: string,
  { say }: Pick<StepContext, "say">,
): Promise<void> {
  await removeCopy(copy);
  const paths = kinds(copy.namespace);
  const secret = {
    apiVersion: "v1",
    kind: "Secret",
    metadata,
    stringData: { PGPASSWORD: password },
  };
  for (const [kind, body] of Object.entries({
    Secret: secret,
    ...copyObjects(copy),
  })) {
    const answer = await askCluster(
      await copy.login(),
      paths[kind as keyof typeof paths],
      { method: "POST", body },
    );
    if (answer.status !== 201)
      throw refused(`making ${kind} ${NAME}`, answer.status, answer.body);
  }
  const succeeded = await waitFor("the copy", 250, async () => {
    const { body } = await askCluster(
      await copy.login(),
      `${paths.Job}/${NAME}`,
    );
    const { status } = body as {
      status?: { succeeded?: number; failed?: number };
    };
    const line = (await lastWords(copy)).at(-1);
    if (line !== undefined) say(line);
    if ((status?.succeeded ?? 0) > 0) return true;
    return (status?.failed ?? 0) > 0 ? false : undefined;
  });
  if (!succeeded)
    throw new Error(
      `The copy failed, and the living database is as before: ${(await lastWords(copy)).slice(-5).join(" · ")}`,
    );
}

/** The last lines of the pod's log; none while it has not begun. */
async function lastWords(copy: Copy): Promise<string[]> {
  const login = await copy.login();
  const pods = `/api/v1/namespaces/${copy.namespace}/pods`;
  const { body } = await askCluster(
    login,
    `${pods}?labelSelector=${encodeURIComponent(`app=${NAME}`)}`,
  );
  const [pod] =
    (body as { items?: { metadata: { name: string } }[] }).items ?? [];
  if (pod === undefined) return [];
  const log = await askCluster(
    login,
    `${pods}/${pod.metadata.name}/log?tailLines=20`,
  );
  return log.status === 200 && typeof log.body === "string"
    ? log.body.trim().split("\n")
    : [];
}

/** Removes the objects, the password first, and waits until the Job is gone. */
export async function removeCopy(copy: Copy): Promise<void> {
  const paths = kinds(copy.namespace);
  for (const path of Object.values(paths)) {
    const { status, body } = await askCluster(
      await copy.login(),
      `${path}/${NAME}?propagationPolicy=Foreground`,
      // A body of a DELETE has no length, and the API refuses it.
      { method: "DELETE" },
    );
    if (status >= 300 && status !== 404)
      throw refused(`removing ${NAME}`, status, body);
  }
  await waitFor("the end of the Job", 10, async () => {
    const { status } = await askCluster(
      await copy.login(),
      `${paths.Job}/${NAME}`,
    );
    return status === 404 ? true : undefined;
  });
}
