import { dirname } from "node:path";
import { type KubeApi } from "../kube/api";
import { run, sleep } from "../system/process";

/** What is read of a pod that runs a task. */
export interface TaskPod {
  readonly metadata: {
    readonly name: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly labels: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly nodeName?: string;
    readonly serviceAccountName: string;
    readonly automountServiceAccountToken?: boolean;
    readonly containers: readonly {
      readonly args?: readonly string[];
      readonly resources: {
        readonly requests?: Readonly<Record<string, string>>;
      };
      readonly volumeMounts?: readonly { readonly mountPath: string }[];
    }[];
  };
}

/**
 * Does for Nextflow's pods what a kubelet does, because kwok only says that it did: runs the command of each that has a node,
 * here, on the files that they share.
 * @param over Ends it.
 * @returns each of these pods, as it was when its command had run.
 */
export async function runTasks(
  api: KubeApi,
  namespace: string,
  over: () => boolean,
): Promise<TaskPod[]> {
  const done = new Map<string, TaskPod>();
  const query = `labelSelector=${encodeURIComponent("nextflow.io/app=nextflow")}`;
  while (!over()) {
    const { items } = (await api.call(
      "GET",
      `/api/v1/namespaces/${namespace}/pods?${query}`,
    )) as { items: TaskPod[] };
    for (const pod of items) {
      const { name } = pod.metadata;
      if (pod.spec.nodeName === undefined || done.has(name)) continue;
      done.set(name, pod);
      await runTask(pod);
    }
    await sleep(200);
  }
  return [...done.values()];
}

async function runTask({ metadata, spec }: TaskPod): Promise<void> {
  const [command = "", ...args] = spec.containers[0]?.args ?? [];
  await run(command, args, {
    step: `nextflow-${metadata.labels["nextflow.io/taskName"] ?? "task"}`,
    env: process.env,
    cwd: dirname(args.at(-1) ?? "."),
  });
}
