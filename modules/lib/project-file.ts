import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** Folder that holds `cdktf.json`: found upwards, so that it is right for `modules/` and for the bundle in `dist/`. */
function projectRoot(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, "cdktf.json"))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new Error(
        `No cdktf.json above ${__dirname}: run this inside the project.`,
      );
    folder = parent;
  }
  return folder;
}

/** Absolute path of a file of the project, such as `projectFile("settings", "prod.yaml")`. For the app, its state and its tools; documents that the code comes with are `packageFile`s. */
export function projectFile(...parts: string[]): string {
  return join(projectRoot(), ...parts);
}

/** The same path as a reader knows it: relative to the project, with forward slashes. */
export function displayPath(absolute: string): string {
  return relative(projectRoot(), absolute).split("\\").join("/");
}
