import { posix } from "node:path";

/** Whether a path is a folder or lies in it, by path segments: `/efs/wave-2` is not in `/efs/wave`, `/efs//wave/x` is. */
export function isInside(path: string, folder: string): boolean {
  const way = posix.relative(posix.resolve("/", folder), path);
  return way !== ".." && !way.startsWith("../");
}
