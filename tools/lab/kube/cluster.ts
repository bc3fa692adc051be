import { SYSTEM_NODES } from "../../../modules/core/cluster/node-labels";
import { type Kubectl, kubectlOf } from "./kubectl";

/** How the lab logs in to the cluster: the fields of the Kubernetes provider's configuration. */
export interface ClusterLogin {
  readonly host: string;
  readonly cluster_ca_certificate?: string;
  readonly insecure?: boolean;
  readonly token?: string;
  readonly client_certificate?: string;
  readonly client_key?: string;
}

/** A throw-away cluster in which the lab has every permission. */
export interface Cluster {
  readonly login: ClusterLogin;
  readonly kubectl: Kubectl;
  /** Of its API server, such as `1.36.3`. */
  readonly version: string;
}

/**
 * Opens the cluster of a kubeconfig.
 * @param program Path or name of kubectl.
 * @throws Error when kubectl is missing, or the cluster cannot be reached or does not let us do everything.
 */
export async function openCluster(
  kubeconfig: string,
  program?: string,
): Promise<Cluster> {
  const kubectl = kubectlOf(kubeconfig, program);
  const refuse =
    (what: string) =>
    (error: unknown): never => {
      throw new Error(
        `LAB_KUBECONFIG ${kubeconfig}: ${what}: ${String(error)}`,
      );
    };
  const view = await kubectl([
    ...["config", "view", "--raw", "--minify", "--flatten", "-o", "json"],
  ]).catch(refuse("kubectl cannot read it"));
  const login = loginOf(JSON.parse(view) as Kubeconfig);
  const patience = "--request-timeout=20s";
  const answer = await kubectl(["get", "--raw", "/version", patience]).catch(
    refuse(`${login.host} does not answer`),
  );
  await kubectl([
    ...["auth", "can-i", "*", "*", "--all-namespaces", patience],
  ]).catch(refuse("the lab needs every permission in a throw-away cluster"));
  const { gitVersion } = JSON.parse(answer) as { gitVersion: string };
  return { login, kubectl, version: gitVersion.replace(/^v/, "") };
}

/** What the lab reads of `kubectl config view --raw --minify --flatten`. */
export interface Kubeconfig {
  readonly clusters?:
    | readonly {
        readonly cluster: {
          readonly server: string;
          readonly "certificate-authority-data"?: string;
          readonly "insecure-skip-tls-verify"?: boolean;
        };
      }[]
    | null;
  readonly users?:
    | readonly {
        readonly user: {
          readonly token?: string;
          readonly "client-certificate-data"?: string;
          readonly "client-key-data"?: string;
        };
      }[]
    | null;
}

/** @throws Error when the kubeconfig has no cluster, or neither a token nor a client certificate. */
export function loginOf({ clusters, users }: Kubeconfig): ClusterLogin {
  const cluster = clusters?.[0]?.cluster;
  if (!cluster)
    throw new Error("LAB_KUBECONFIG: its current context names no cluster");
  const user = users?.[0]?.user ?? {};
  const certificate = user["client-certificate-data"];
  const key = user["client-key-data"];
  const authority = cluster["certificate-authority-data"];
  const identity =
    certificate !== undefined && key !== undefined
      ? { client_certificate: decode(certificate), client_key: decode(key) }
      : user.token !== undefined && { token: user.token };
  if (identity === false)
    throw new Error(
      "LAB_KUBECONFIG: its user has neither a token nor a client certificate, and the lab can use nothing else",
    );
  return {
    host: cluster.server,
    ...(authority !== undefined && {
      cluster_ca_certificate: decode(authority),
    }),
    ...(cluster["insecure-skip-tls-verify"] === true && { insecure: true }),
    ...identity,
  };
}

const decode = (base64: string): string =>
  Buffer.from(base64, "base64").toString("utf8");

/** Labels every node for the system group when no node has its label: pods would wait for one. @returns what was labelled. */
export async function labelNodes({ kubectl }: Cluster): Promise<string[]> {
  const [label] = Object.entries(SYSTEM_NODES).map(
    ([key, value]) => `${key}=${value}`,
  );
  const list = async (...args: string[]) =>
    (await kubectl(["get", "nodes", "-o", "name", ...args]))
      .split("\n")
      .filter((name) => name !== "");
  if ((await list(`--selector=${label ?? ""}`)).length > 0) return [];
  const nodes = await list();
  if (nodes.length === 0)
    throw new Error("The cluster of LAB_KUBECONFIG has no node.");
  await kubectl(["label", ...nodes, label ?? ""]);
  return nodes;
}

/** Kinds that `workloads`, or the node groups, could leave behind. */
const kinds = [
  "namespaces",
  "nodes",
  "persistentvolumes",
  "storageclasses",
  "csidrivers",
  "ingresses",
  "ingressclasses",
  "deployments",
  "validatingwebhookconfigurations",
  "jobs",
  "secrets",
  "configmaps",
  "clusterroles",
  "clusterrolebindings",
];

/** Everything of these kinds, `kind namespace/name`. */
export async function clusterInventory({
  kubectl,
}: Cluster): Promise<Set<string>> {
  const columns = "K:.kind,NS:.metadata.namespace,N:.metadata.name";
  const text = await kubectl([
    ...["get", kinds.join(","), "--all-namespaces", "--no-headers"],
    ...["-o", `custom-columns=${columns}`],
  ]);
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return new Set(
    lines.map((line) => {
      const [kind = "", namespace = "", name = ""] = line.trim().split(/\s+/);
      return `${kind} ${namespace === "<none>" ? "" : `${namespace}/`}${name}`;
    }),
  );
}
