import { spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type KubeApi } from "../kube/api";
import { until } from "../system/process";

/** What the pod of a restore has to be given in the place of what only the cluster has. */
export interface PodPlace {
  readonly api: KubeApi;
  readonly namespace: string;
  /** Value of its label `app`. */
  readonly app: string;
  /** For its files; exists. */
  readonly folder: string;
  /** Values in the place of some variables, by those that the pod has. */
  readonly instead: (
    env: Readonly<Record<string, string>>,
  ) => Readonly<Record<string, string>>;
}

interface Pod {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly containers: readonly {
      readonly command: readonly string[];
      readonly env: readonly { name: string; value: string }[];
      readonly envFrom: readonly { secretRef: { name: string } }[];
      readonly volumeMounts: readonly { name: string; mountPath: string }[];
    }[];
    readonly volumes: readonly {
      readonly name: string;
      readonly configMap?: { readonly name: string };
    }[];
  };
}

/** What the pod was given, and how its program ended. */
export interface PodRun {
  readonly env: Readonly<Record<string, string>>;
  readonly code: number;
  readonly text: string;
}

/**
 * In the place of a kubelet: no node takes the pod, its program runs on this machine with the files and variables that the API has for it, and
 * its end is told to the API.
 */
export async function runPod(place: PodPlace): Promise<PodRun> {
  const { api, namespace, app } = place;
  await cordon(api, true);
  try {
    const pods = `/api/v1/namespaces/${namespace}/pods`;
    const pod = await until(`the pod of ${app}`, 180, async () => {
      const { items } = (await api.call(
        "GET",
        `${pods}?labelSelector=${encodeURIComponent(`app=${app}`)}`,
      )) as { items: Pod[] };
      return items[0];
    });
    const ran = await runProgram(place, pod);
    await api.call("PATCH", `${pods}/${pod.metadata.name}/status`, {
      status: { phase: ran.code === 0 ? "Succeeded" : "Failed" },
    });
    return ran;
  } finally {
    await cordon(api, false);
  }
}

async function cordon(api: KubeApi, unschedulable: boolean): Promise<void> {
  const { items } = (await api.call("GET", "/api/v1/nodes")) as {
    items: { metadata: { name: string } }[];
  };
  for (const { metadata } of items)
    await api.call("PATCH", `/api/v1/nodes/${metadata.name}`, {
      spec: { unschedulable },
    });
}

async function runProgram(
  { api, namespace, folder, instead }: PodPlace,
  { spec }: Pod,
): Promise<PodRun> {
  const [container] = spec.containers;
  if (container === undefined) throw new Error("the pod has no container");
  const env: Record<string, string> = {};
  for (const { name, value } of container.env) env[name] = value;
  for (const { secretRef } of container.envFrom) {
    const { data } = (await api.call(
      "GET",
      `/api/v1/namespaces/${namespace}/secrets/${secretRef.name}`,
    )) as { data: Readonly<Record<string, string>> };
    for (const [name, value] of Object.entries(data))
      env[name] = Buffer.from(value, "base64").toString();
  }
  const placed = new Map<string, string>();
  for (const { name, mountPath } of container.volumeMounts) {
    const here = join(folder, `volume-${name}`);
    rmSync(here, { recursive: true, force: true });
    mkdirSync(here);
    placed.set(mountPath, here);
    const map = spec.volumes.find((one) => one.name === name)?.configMap;
    if (map === undefined) continue;
    const { data } = (await api.call(
      "GET",
      `/api/v1/namespaces/${namespace}/configmaps/${map.name}`,
    )) as { data: Readonly<Record<string, string>> };
    for (const [file, text] of Object.entries(data))
      writeFileSync(join(here, file), text);
  }
  const moved = (text: string): string =>
    [...placed].reduce(
      (left, [mountPath, here]) =>
        left === mountPath || left.startsWith(`${mountPath}/`)
          ? here + left.slice(mountPath.length)
          : left,
      text,
    );
  const [program = "", ...args] = container.command.map(moved);
  const movedEnv = Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, moved(value)]),
  );
  return {
    env,
    ...(await start(program, args, { ...movedEnv, ...instead(env) })),
  };
}

const start = (
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Omit<PodRun, "env">> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { PATH: process.env.PATH, LC_ALL: "C", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let text = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (part: Buffer) => (text += part.toString()));
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code: code ?? -1, text });
    });
  });
