import { join } from "node:path";
import { type Way, bring } from "../system/bring";
import { buildPrograms, hasGo } from "./build-programs";
import { download, downloadsOf, platformOf } from "./download-programs";
import { programVersions } from "./program-versions";

/** The two ways; tests give their own. */
export interface Ways {
  readonly download: Way;
  readonly build: Way;
}

/**
 * Brings the programs of the lab's own cluster into the user's cache folder: downloaded, or built where that fails and Go is
 * there.
 *
 * @param cache The user's cache folder.
 * @returns why there are none; undefined when they are there.
 */
export const bringPrograms = (
  cache: string,
  { download, build }: Ways,
  print: (text: string) => void,
): Promise<string | undefined> =>
  bring(
    join(cache, "kube-lab", `bin-${programVersions().kubernetes}`),
    "the programs of the cluster",
    [download, build],
    print,
  );

/** From the publishers' servers, or by the Go of this machine. */
export const waysOf = (
  env: NodeJS.ProcessEnv,
  print: (text: string) => void,
): Ways => ({
  download: async (folder) => {
    const arch = platformOf(process.platform, process.arch);
    if (arch === undefined)
      throw new Error(
        `no download: not all of them are published for ${process.platform} on ${process.arch}`,
      );
    for (const one of downloadsOf(programVersions(), arch)) {
      print(
        `download of ${one.program}${one.checksum === undefined ? ", for which no checksum is published" : ""}`,
      );
      await download(one, folder).catch((error: unknown) => {
        throw new Error(`no download: ${(error as Error).message}`, {
          cause: error,
        });
      });
    }
  },
  build: async (folder) => {
    if (!hasGo(env)) throw new Error("no build: there is no Go");
    print(
      "building the programs of a Kubernetes API from Go modules, once: about ten minutes on two cores",
    );
    await buildPrograms(folder, env, print);
  },
});
