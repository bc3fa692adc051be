import { type ClusterLogin, askCluster } from "../kubernetes/cluster";
import { type Step } from "./steps";
import { waitFor } from "./wait";

/** Deployments that stop while their store is filled. */
export interface Workload {
  /** Such as `Wave`. */
  readonly what: string;
  readonly namespace: string;
  /** Names of Deployments, with the least replicas that each has. */
  readonly deployments: Readonly<Record<string, number>>;
  /** A new login each time: a token ends after 15 minutes. */
  readonly login: () => Promise<ClusterLogin>;
}

interface Deployment {
  readonly spec?: { readonly replicas?: number };
  readonly status?: {
    readonly replicas?: number;
    readonly readyReplicas?: number;
  };
}

const pathOf = ({ namespace }: Workload, name: string): string =>
  `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`;

/** Undefined where there is none. */
async function read(
  workload: Workload,
  name: string,
): Promise<Deployment | undefined> {
  const { status, body } = await askCluster(
    await workload.login(),
    pathOf(workload, name),
  );
  if (status === 404) return undefined;
  if (status !== 200) throw refused(`reading Deployment ${name}`, status, body);
  return body as Deployment;
}

async function scale(
  workload: Workload,
  name: string,
  replicas: number,
): Promise<void> {
  const { status, body } = await askCluster(
    await workload.login(),
    `${pathOf(workload, name)}/scale`,
    {
      method: "PATCH",
      contentType: "application/merge-patch+json",
      body: { spec: { replicas } },
    },
  );
  if (status !== 200) throw refused(`scaling Deployment ${name}`, status, body);
}

/** What the API of Kubernetes says instead of doing it. */
export const refused = (what: string, status: number, body: unknown): Error =>
  new Error(
    `${what}: Kubernetes answered ${status}: ${String((body as { message?: unknown } | null)?.message ?? body)}`,
  );

/** Scales to 0, and waits until the pods are gone. With no replicas an autoscaler does nothing. */
export const stopStep = (workload: Workload): Step => ({
  id: "stop",
  does: `stop ${workload.what}`,
  run: async ({ record, note }) => {
    for (const name of Object.keys(workload.deployments)) {
      const found = await read(workload, name);
      if (found === undefined) continue;
      const replicas = found.spec?.replicas ?? 1;
      // Interrupted before: the 0 is ours.
      if (record.facts[`replicas of ${name}`] === undefined)
        note(`replicas of ${name}`, String(replicas));
      await scale(workload, name, 0);
      await waitFor(`the end of the pods of ${name}`, 15, async () =>
        ((await read(workload, name))?.status?.replicas ?? 0) === 0
          ? true
          : undefined,
      );
    }
  },
});

/**
 * Scales back to what was there, and at least to the least: an autoscaler never starts from 0. It has ended when pods are
 * ready.
 */
export const startStep = (workload: Workload): Step => ({
  id: "start",
  does: `start ${workload.what}, and wait until it is ready`,
  run: async ({ record }) => {
    for (const [name, least] of Object.entries(workload.deployments)) {
      if ((await read(workload, name)) === undefined) continue;
      const before = Number(record.facts[`replicas of ${name}`] ?? 0);
      const replicas = Math.max(before, least);
      if (replicas === 0) continue;
      await scale(workload, name, replicas);
      await waitFor(`a pod of ${name} that is ready`, 30, async () =>
        ((await read(workload, name))?.status?.readyReplicas ?? 0) > 0
          ? true
          : undefined,
      );
    }
  },
});
