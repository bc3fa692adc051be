import { type Problem } from "./problem";
import { displayPath } from "./project-file";

/** What the system says of a file or folder, in words, and what to do. */
const MEANINGS: Readonly<
  Record<string, readonly [given: string, fix: string]>
> = {
  EACCES: [
    "no permission",
    "give this user the permission, or work in another folder",
  ],
  EPERM: [
    "no permission",
    "give this user the permission, or work in another folder",
  ],
  EROFS: [
    "a file system that cannot be written",
    "work in a copy of the project, or write elsewhere with CDKTF_OUTPUT",
  ],
  ENOSPC: ["no space left on the disk", "make room"],
  EISDIR: ["a folder", "put a file there, or name another one"],
  ENOTDIR: [
    "a file where a folder belongs",
    "move the file away, or name another folder",
  ],
  ENOENT: [
    "nothing, or a link that leads nowhere",
    "make it, or correct the link",
  ],
  ELOOP: ["a link that leads to itself", "correct the link"],
  EEXIST: ["something else of this name", "move it away"],
  EMFILE: ["too many open files", "raise the limit: ulimit -n 4096"],
};

/** Below the project as seen from there, elsewhere as it is. */
function shown(path: string): string {
  const below = displayPath(path);
  return below.startsWith("..") ? path : below;
}

/**
 * An error of the file system as a reader can mend it; undefined for any other error.
 *
 * @param allowed What belongs there, such as `a settings file that this user can read`.
 */
export function systemProblem(
  error: unknown,
  allowed: string,
): Problem | undefined {
  const {
    code = "",
    path,
    dest,
  } = (error ?? {}) as NodeJS.ErrnoException & {
    dest?: string;
  };
  const meaning = MEANINGS[code];
  if (meaning === undefined) return undefined;
  const [given, fix] = meaning;
  return {
    path: shown(dest ?? path ?? "a file"),
    given: `${given} (${code})`,
    allowed,
    fix,
  };
}
