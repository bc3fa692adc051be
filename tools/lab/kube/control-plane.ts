import { generateKeyPairSync, randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type ClusterLogin } from "./cluster";
import { kubeFolder } from "../paths";
import { startService, until } from "../system/process";
import { KubeApi } from "./api";
import { auditLogOf, auditPolicy } from "./audit";
import { type KubeBinaries } from "./binaries";
import { freePort } from "../system/free-port";

/** The lab's own Kubernetes API, with every permission. */
export interface ControlPlane {
  readonly login: ClusterLogin;
  readonly api: KubeApi;
  /** Path of the kubeconfig with the same login. */
  readonly kubeconfig: string;
}

/** Files of one cluster; all of them end with it. */
const filesOf = (folder: string) => ({
  folder,
  serviceAccountKey: join(folder, "service-account.key"),
  tokens: join(folder, "tokens.csv"),
  certificates: join(folder, "certificates"),
  authority: join(folder, "certificates", "apiserver.crt"),
  certificateKey: join(folder, "certificates", "apiserver.key"),
  webhook: join(folder, "webhook.json"),
  auditPolicy: join(folder, "audit-policy.json"),
  kubeconfig: join(folder, "kubeconfig.json"),
  etcd: join(folder, "etcd"),
});
type Files = ReturnType<typeof filesOf>;

export interface ControlPlaneProps {
  /** Of the EKS cluster that leads to it. */
  readonly cluster: string;
  /** Range of its Services. */
  readonly serviceCidr: string;
  readonly binaries: KubeBinaries;
  /** Who answers a TokenReview for tokens that the API server does not know. */
  readonly tokenWebhook: string;
  /** Called when a part of it ends by itself. */
  readonly onEnd: (why: string) => void;
}

/**
 * Starts etcd, the three parts of Kubernetes, and kwok, which plays nodes and pods. They end with `killAll`.
 * @throws Error when the API server does not become ready.
 */
export async function startControlPlane({
  cluster,
  serviceCidr,
  binaries,
  tokenWebhook,
  onEnd,
}: ControlPlaneProps): Promise<ControlPlane> {
  const start = (program: keyof KubeBinaries, args: readonly string[]) => {
    startService(binaries[program], args, {
      step: `${cluster}-${program}`,
      env: process.env,
      onEnd,
    });
  };
  const files = filesOf(kubeFolder(cluster));
  const token = writeFiles(files, tokenWebhook);
  const store = await startStore(start, files.etcd);
  const host = `https://127.0.0.1:${await freePort()}`;
  start("kube-apiserver", [
    ...apiServerFlags(files, store, host),
    `--service-cluster-ip-range=${serviceCidr}`,
    `--audit-log-path=${auditLogOf(cluster)}`,
  ]);
  // The key is written after the certificate, which is whole by then: an empty one would fit no answer.
  const authority = await until("the API server's certificate", 60, () =>
    existsSync(files.certificateKey)
      ? readFileSync(files.authority, "utf8")
      : undefined,
  );
  const login = {
    host,
    token,
    cluster_ca_certificate: authority,
  };
  writePrivate(files.kubeconfig, kubeconfigOf(login));
  const api = new KubeApi(login);
  await until(
    `the API server (.lab/logs/${cluster}-kube-apiserver.log)`,
    90,
    () => isReady(api),
  );
  startControllers(start, files);
  return { login, api, kubeconfig: files.kubeconfig };
}

type Start = (program: keyof KubeBinaries, args: readonly string[]) => void;

/** @returns the token of the lab itself. */
function writeFiles(files: Files, tokenWebhook: string): string {
  rmSync(files.folder, { recursive: true, force: true });
  mkdirSync(files.folder, { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  writeFileSync(files.serviceAccountKey, privateKey, { mode: 0o600 });
  const token = randomBytes(16).toString("hex");
  writeFileSync(files.tokens, `${token},lab,lab,system:masters\n`, {
    mode: 0o600,
  });
  writePrivate(files.webhook, kubeconfigOf({ host: tokenWebhook }));
  writePrivate(files.auditPolicy, auditPolicy);
  return token;
}

/** Both kinds of file are YAML for Kubernetes, and JSON is YAML too. */
function writePrivate(file: string, value: object): void {
  writeFileSync(file, JSON.stringify(value, undefined, 2), { mode: 0o600 });
}

/** @returns the address of etcd. */
async function startStore(start: Start, folder: string): Promise<string> {
  const [client, peer] = await Promise.all([freePort(), freePort()]);
  const urls = {
    client: `http://127.0.0.1:${client}`,
    peer: `http://127.0.0.1:${peer}`,
  };
  start("etcd", [
    `--data-dir=${folder}`,
    `--listen-client-urls=${urls.client}`,
    `--advertise-client-urls=${urls.client}`,
    `--listen-peer-urls=${urls.peer}`,
    `--initial-advertise-peer-urls=${urls.peer}`,
    `--initial-cluster=default=${urls.peer}`,
    // The data is thrown away.
    "--unsafe-no-fsync",
  ]);
  return urls.client;
}

function apiServerFlags(files: Files, store: string, host: string): string[] {
  return [
    `--etcd-servers=${store}`,
    "--bind-address=127.0.0.1",
    "--advertise-address=127.0.0.1",
    `--secure-port=${new URL(host).port}`,
    // It makes its certificate itself.
    `--cert-dir=${files.certificates}`,
    `--token-auth-file=${files.tokens}`,
    "--anonymous-auth=false",
    "--authorization-mode=Node,RBAC",
    `--authentication-token-webhook-config-file=${files.webhook}`,
    "--authentication-token-webhook-version=v1",
    // With the API server's own memory, a deleted access entry counts after ten seconds.
    "--authentication-token-webhook-cache-ttl=1s",
    "--allow-privileged=true",
    "--service-account-issuer=https://kubernetes.default.svc",
    `--service-account-key-file=${files.serviceAccountKey}`,
    `--service-account-signing-key-file=${files.serviceAccountKey}`,
    `--audit-policy-file=${files.auditPolicy}`,
    // With the cache, watches starve on an etcd older than 3.5: kwok loses its nodes and pods.
    "--watch-cache=false",
  ];
}

function startControllers(start: Start, files: Files): void {
  const login = `--kubeconfig=${files.kubeconfig}`;
  start("kube-controller-manager", [
    login,
    "--leader-elect=false",
    "--secure-port=0",
    `--service-account-private-key-file=${files.serviceAccountKey}`,
    `--root-ca-file=${files.authority}`,
    // A busy machine delays the heartbeats of kwok's nodes; no check is about them.
    "--node-monitor-grace-period=1h",
  ]);
  start("kube-scheduler", [login, "--leader-elect=false", "--secure-port=0"]);
  start("kwok", [login, "--manage-all-nodes=true"]);
}

async function isReady(api: KubeApi): Promise<true | undefined> {
  const answer = await api.ask("GET", "/readyz").catch(() => undefined);
  return answer?.status === 200 ? true : undefined;
}

/** A kubeconfig as JSON. */
export function kubeconfigOf({
  host,
  token,
  cluster_ca_certificate: authorities,
}: ClusterLogin): object {
  return {
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name: "lab",
        cluster: {
          server: host,
          ...(authorities !== undefined && {
            "certificate-authority-data":
              Buffer.from(authorities).toString("base64"),
          }),
        },
      },
    ],
    users: [{ name: "lab", user: token === undefined ? {} : { token } }],
    contexts: [{ name: "lab", context: { cluster: "lab", user: "lab" } }],
    "current-context": "lab",
  };
}
