import { type WaveSettings as Settings } from "../../../modules/wave/settings/schema";
import { bringPrograms, waysOf } from "./bring-programs";
import { type Cluster, openCluster } from "./cluster";
import { findKube, isOlder, kubeFolders, tooOld } from "./binaries";
import { type FoundBinaries } from "./binaries";

/** The cluster of a run: one that was given, programs for one of the lab's own, or the reason why there is none. */
export type ChosenCluster = { readonly given: Cluster } | FoundBinaries;

/**
 * Looks for a cluster before anything starts: `LAB_KUBECONFIG` goes before `LAB_KUBE_DIR`, and that before the programs in
 * the user's cache folder. Where there are none they are brought there, unless `LAB_KUBE` is `off`.
 * @throws Error when one was asked for and cannot be used.
 */
export async function chooseCluster(
  env: NodeJS.ProcessEnv,
  { cluster: { version }, wave }: Settings,
  print: (text: string) => void,
): Promise<ChosenCluster> {
  const { LAB_KUBECONFIG: kubeconfig } = env;
  // An empty path would make kubectl use the caller's own cluster.
  if (kubeconfig === undefined || kubeconfig === "")
    return ownPrograms(env, version, print);
  const given = await openCluster(kubeconfig);
  if (isOlder(given.version, version))
    throw new Error(
      `LAB_KUBECONFIG ${kubeconfig}: ${tooOld(given.version, version)}`,
    );
  for (const namespace of [wave.namespace, wave.buildNamespace]) {
    const found = await given.kubectl.ask(["get", "namespace", namespace]);
    if (found.code === 0)
      throw new Error(
        `The cluster of LAB_KUBECONFIG has a namespace ${namespace}, perhaps of a run that failed: give the lab a new cluster.`,
      );
  }
  return { given };
}

async function ownPrograms(
  env: NodeJS.ProcessEnv,
  version: string,
  print: (text: string) => void,
): Promise<FoundBinaries> {
  const folders = kubeFolders(env);
  const found = findKube(folders, version);
  if ("binaries" in found || folders.chosen !== undefined) return found;
  if (env.LAB_KUBE === "off")
    return { lacks: `${found.lacks}; LAB_KUBE is off` };
  const why = await bringPrograms(folders.cache, waysOf(env, print), print);
  return why === undefined
    ? findKube(folders, version)
    : { lacks: `${found.lacks}: ${why}` };
}
