import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const NAME = "wave-on-eks";

/**
 * Absolute path of a document that this package carries, such as `packageFile("policies/efs/file-system.json")`.
 * The package is found from this file upwards, so that the path is right for the sources, for a bundle of them and for a
 * package installed in another project.
 *
 * @throws Error when this file was bundled into another project: its documents are not there.
 */
export function packageFile(...parts: string[]): string {
  root ??= packageRoot(__dirname);
  return join(root, ...parts);
}

let root: string | undefined;

function packageRoot(folder: string): string {
  if (nameOfPackageIn(folder) === NAME) return folder;
  const parent = dirname(folder);
  if (parent === folder)
    throw new Error(
      `No package ${NAME} above ${__dirname}, so its policies and manifests cannot be read: leave ${NAME} out of your bundle (esbuild: --external:${NAME}).`,
    );
  return packageRoot(parent);
}

function nameOfPackageIn(folder: string): string | undefined {
  try {
    const text = readFileSync(join(folder, "package.json"), "utf8");
    return (JSON.parse(text) as { name?: string }).name;
  } catch {
    // None, or none of ours.
    return undefined;
  }
}
