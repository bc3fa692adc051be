import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFile } from "../../../modules/lib/project-file";

/** Go modules that build the programs of the lab's own cluster, and pin their versions. */
export const moduleFolders = {
  kubernetes: projectFile("tools/lab/kube/programs/kubernetes"),
  kwok: projectFile("tools/lab/kube/programs/kwok"),
} as const;

/** Versions without a `v`. */
export interface ProgramVersions {
  readonly kubernetes: string;
  readonly etcd: string;
  readonly kwok: string;
}

/** @throws Error when a module file does not pin one. */
export function programVersions(): ProgramVersions {
  const read = (folder: string, module: string): string => {
    const file = join(folder, "go.mod");
    const found = new RegExp(`\\s${module} v(\\S+)`).exec(
      readFileSync(file, "utf8"),
    );
    if (found?.[1] === undefined)
      throw new Error(`${file} does not require ${module}`);
    return found[1];
  };
  const { kubernetes, kwok } = moduleFolders;
  return {
    kubernetes: read(kubernetes, "k8s\\.io/kubernetes"),
    etcd: read(kubernetes, "go\\.etcd\\.io/etcd/server/v3"),
    kwok: read(kwok, "sigs\\.k8s\\.io/kwok"),
  };
}
