import { type ComputeEnvSettings } from "../../../../modules/compute-env/settings/schema";
import { type KubeApi } from "../../kube/api";
import { type Cluster } from "../../kube/cluster";
import { sleep } from "../../system/process";

/** What a pipeline and a Studio leave running when somebody destroys the environment. */
export function leftRunning({ computeEnv }: ComputeEnvSettings): object[] {
  const { computeServiceAccount, namespace, storage } = computeEnv;
  const metadata = { name: "tower-lab-left", namespace };
  const labels = { lab: "left" };
  const mount = { name: "work", mountPath: "/work" };
  const spec = {
    serviceAccountName: computeServiceAccount,
    containers: [
      {
        name: "left",
        image: "quay.io/nextflow/bash",
        ...("claimName" in storage && { volumeMounts: [mount] }),
      },
    ],
    ...("claimName" in storage && {
      volumes: [
        {
          name: "work",
          persistentVolumeClaim: { claimName: storage.claimName },
        },
      ],
    }),
  };
  const template = { metadata: { labels }, spec };
  return [
    { apiVersion: "v1", kind: "Pod", metadata, spec },
    {
      ...{ apiVersion: "apps/v1", kind: "Deployment", metadata },
      spec: { selector: { matchLabels: labels }, template },
    },
    {
      ...{ apiVersion: "batch/v1", kind: "Job", metadata },
      spec: {
        template: { spec: { ...spec, restartPolicy: "Never" } },
      },
    },
  ];
}

/** A pod, as far as it is read. */
interface Pod {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly serviceAccountName: string;
    readonly containers: readonly {
      readonly image: string;
      readonly args?: readonly string[];
    }[];
  };
}

export interface CleanUpProps {
  readonly api: KubeApi;
  readonly cluster: Cluster;
  readonly settings: ComputeEnvSettings;
  readonly over: () => boolean;
}

/**
 * Does what the clean-up's pod would do, because kwok only says that it did: kubectl with its arguments, by its account.
 * @returns what kubectl printed, one text for each pod.
 */
export async function playCleanUp(props: CleanUpProps): Promise<string[]> {
  const { api, settings, over } = props;
  const { namespace, images } = settings.computeEnv;
  const printed = new Map<string, string>();
  while (!over()) {
    const { body } = await api
      .ask("GET", `/api/v1/namespaces/${namespace}/pods`)
      .catch(() => ({ body: {} }));
    const { items = [] } = body as { items?: Pod[] };
    for (const { metadata, spec } of items) {
      const [container] = spec.containers;
      if (container?.image !== images.cleanup || printed.has(metadata.name))
        continue;
      printed.set(metadata.name, "");
      printed.set(
        metadata.name,
        await runKubectl(props, spec.serviceAccountName, container.args ?? []),
      );
    }
    await sleep(100);
  }
  return [...printed.values()];
}

async function runKubectl(
  { cluster: { kubectl }, settings }: CleanUpProps,
  account: string,
  args: readonly string[],
): Promise<string> {
  const { namespace } = settings.computeEnv;
  const token = await kubectl([
    ...["create", "token", account, "--namespace", namespace],
  ]);
  const own = `--token=${token.trim()}`;
  const { stdout, stderr } = await kubectl.ask([...args, own]);
  return `${stdout}${stderr}`;
}
