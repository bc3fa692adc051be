import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FLUX_NAMESPACE } from "../../../modules/delivery/names";
import { type Cluster } from "../kube/cluster";
import { kubeconfigOf } from "../kube/control-plane";
import { logFile } from "../paths";
import { freePort } from "../system/free-port";
import { startService } from "../system/process";
import { FLUX_CONTROLLERS, type FluxPrograms } from "./programs";

type Controller = (typeof FLUX_CONTROLLERS)[number];

export interface ControllersProps {
  readonly cluster: Cluster;
  /** Of the cluster; names the logs. */
  readonly name: string;
  readonly programs: FluxPrograms;
  /** For logins and what is fetched; what was there is removed. */
  readonly folder: string;
  /** Arguments of each that the release gives it beside those of the chart. */
  readonly args: Readonly<Partial<Record<Controller, readonly string[]>>>;
  /** Called when one of them ends by itself. */
  readonly onEnd: (why: string) => void;
}

/** Controllers that run. */
export interface RunningFlux {
  readonly logs: readonly string[];
  readonly stop: () => void;
}

/**
 * What the chart gives every controller, quicker where a failure is tried again. Without the election of a leader, whose
 * namespace is known in a pod only.
 */
const COMMON = [
  "--watch-all-namespaces=true",
  "--log-level=info",
  "--log-encoding=json",
  "--max-retry-delay=10s",
];

/**
 * Starts Flux's controllers, each with a token of the account that its pod has, and with no other permission.
 * @returns once they are started; they take their lease by themselves.
 */
export async function startFlux(props: ControllersProps): Promise<RunningFlux> {
  const { cluster, name, programs, folder, args, onEnd } = props;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "data"), { recursive: true });
  const storage = await freePort();
  const own: Readonly<Record<Controller, readonly string[]>> = {
    "source-controller": [
      `--storage-path=${join(folder, "data")}`,
      `--storage-addr=127.0.0.1:${storage}`,
      `--storage-adv-addr=127.0.0.1:${storage}`,
    ],
    "kustomize-controller": ["--requeue-dependency=2s"],
    "helm-controller": ["--requeue-dependency=2s"],
  };
  const logs: string[] = [];
  const stops: (() => void)[] = [];
  for (const controller of FLUX_CONTROLLERS) {
    const [metrics, health] = [await freePort(), await freePort()];
    const step = `${name}-${controller}`;
    const stop = startService(
      join(programs.folder, controller),
      [
        ...COMMON,
        ...own[controller],
        ...(args[controller] ?? []),
        `--metrics-addr=127.0.0.1:${metrics}`,
        `--health-addr=127.0.0.1:${health}`,
      ],
      {
        step,
        env: {
          ...process.env,
          KUBECONFIG: await loginOf(cluster, controller, folder),
          RUNTIME_NAMESPACE: FLUX_NAMESPACE,
          // What the pod has in its place.
          TMPDIR: folder,
        },
        onEnd,
      },
    );
    logs.push(logFile(step));
    stops.push(stop);
  }
  return {
    logs,
    stop: () => {
      stops.forEach((stop) => {
        stop();
      });
    },
  };
}

/** Path of a kubeconfig with a token of the account of a controller. */
async function loginOf(
  { kubectl, login }: Cluster,
  account: string,
  folder: string,
): Promise<string> {
  const token = await kubectl([
    ...["create", "token", account],
    ...["--namespace", FLUX_NAMESPACE, "--duration=4h"],
  ]);
  const { host, cluster_ca_certificate } = login;
  const file = join(folder, `${account}.json`);
  const text = JSON.stringify(
    kubeconfigOf({ host, cluster_ca_certificate, token: token.trim() }),
  );
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}
