import {
  type ApiAnswer,
  type ClusterLogin,
  askCluster,
} from "../kubernetes/cluster";
import { type Reader } from "./rotatable";

interface ObjectMeta {
  readonly name: string;
  readonly namespace: string;
  readonly creationTimestamp: string;
  readonly deletionTimestamp?: string;
}

interface KubernetesSecret {
  readonly metadata: ObjectMeta;
  readonly data?: Readonly<Record<string, string>>;
}

interface Deployment {
  readonly metadata: ObjectMeta & { readonly generation: number };
  readonly spec: {
    readonly selector: {
      readonly matchLabels?: Readonly<Record<string, string>>;
    };
  };
  readonly status: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly readyReplicas?: number;
    readonly updatedReplicas?: number;
  };
}

/** What asks the API of the cluster. */
export type AskCluster = (path: string) => Promise<ApiAnswer>;

/** @param login Made anew for each look: its token holds for 15 minutes. */
export const askerOf =
  (login: ClusterLogin): AskCluster =>
  (path) =>
    askCluster(login, path);

/** @throws Error with what the API says instead. */
async function read(ask: AskCluster, path: string): Promise<unknown> {
  const { status, body } = await ask(path);
  if (status === 200) return body;
  const { message } = (body ?? {}) as { message?: string };
  throw new Error(
    `Kubernetes answered ${status}: ${message ?? path.split("?")[0]}`,
  );
}

/** The Secrets of a reader with every text in them. They are secrets: print none. */
export async function textsOf(
  ask: AskCluster,
  { namespace, secret }: Reader,
): Promise<{ readonly where: string; readonly texts: string[] }[]> {
  const name = encodeURIComponent(secret);
  const found =
    namespace === undefined
      ? (
          (await read(
            ask,
            `/api/v1/secrets?fieldSelector=metadata.name%3D${name}`,
          )) as { items: KubernetesSecret[] }
        ).items
      : [
          (await read(
            ask,
            `/api/v1/namespaces/${namespace}/secrets/${name}`,
          )) as KubernetesSecret,
        ];
  return found.map(({ metadata, data = {} }) => ({
    where: `${metadata.namespace}/${metadata.name}`,
    texts: Object.values(data).flatMap((value) =>
      leavesOf(Buffer.from(value, "base64").toString()),
    ),
  }));
}

/** A text, and where it is JSON the texts in it. */
export function leavesOf(text: string): string[] {
  const parsed = parse(text);
  return typeof parsed === "object" && parsed !== null
    ? textsIn(parsed)
    : [text];
}

const textsIn = (value: unknown): string[] =>
  typeof value === "object" && value !== null
    ? Object.values(value).flatMap(textsIn)
    : [String(value)];

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Why a Deployment does not run with a value that came at a time; undefined when it does. */
export async function notYet(
  ask: AskCluster,
  namespace: string,
  name: string,
  since: Date,
): Promise<string | undefined> {
  const { metadata, spec, status } = (await read(
    ask,
    `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`,
  )) as Deployment;
  const { replicas = 0, readyReplicas = 0, updatedReplicas = 0 } = status;
  const labels = Object.entries(spec.selector.matchLabels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
  const { items } = (await read(
    ask,
    `/api/v1/namespaces/${namespace}/pods?labelSelector=${encodeURIComponent(labels)}`,
  )) as { items: { readonly metadata: ObjectMeta }[] };
  // Pods say whole seconds.
  const older = items.filter(
    (pod) =>
      pod.metadata.deletionTimestamp === undefined &&
      Date.parse(pod.metadata.creationTimestamp) <
        Math.floor(since.getTime() / 1000) * 1000,
  );
  if (older.length > 0)
    return `${name}: ${older.map((pod) => pod.metadata.name).join(", ")} started before the new value`;
  if ((status.observedGeneration ?? 0) < metadata.generation)
    return `${name}: its last change is not seen yet`;
  if (readyReplicas === 0) return `${name}: no pod is ready`;
  return readyReplicas < replicas || updatedReplicas < replicas
    ? `${name}: ${readyReplicas} of ${replicas} pods are ready`
    : undefined;
}
