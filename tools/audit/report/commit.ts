import { execFileSync } from "node:child_process";
import { projectFile } from "../../../modules/lib/project-file";

/** What the code is: a commit, and which files differ from it. */
export interface Commit {
  readonly id: string;
  readonly date: string;
  /** Where the commit can be fetched from, without a login. */
  readonly repository: string;
  /** Files that a synth reads and that differ, as `git status` tells them; or that nobody knows. */
  readonly changes: readonly string[];
}

/** What a synth reads. */
const READ = ["main.ts", "modules", "policies", "manifests", "settings"];
const PACKAGES = ["package.json", "package-lock.json"];

/** Name and password in an address. */
const LOGIN = /^(\w+:\/\/)[^/@]*@/;

const UNKNOWN = "unknown: no git, or no repository here";

/** Asks git, which may be missing: a copy of the files has no history. */
export function readCommit(variables = process.env): Commit {
  const git = (...args: string[]) => ask(variables, args);
  const log = git("log", "-1", "--format=%H %cI");
  const status = git(
    ...["status", "--porcelain", "--untracked-files=all", "--"],
    ...[...READ, ...PACKAGES, "docs/registers"],
  );
  const repository =
    git("config", "--get", "remote.origin.url")?.replace(LOGIN, "$1") ??
    "<repository>";
  if (log === undefined || status === undefined)
    return { id: UNKNOWN, date: UNKNOWN, repository, changes: [UNKNOWN] };
  const [id = "", date = ""] = log.split(" ");
  const changes = status.split("\n").filter((line) => line !== "");
  return { id, date, repository, changes };
}

function ask(
  env: NodeJS.ProcessEnv,
  args: readonly string[],
): string | undefined {
  try {
    return execFileSync("git", args, {
      cwd: projectFile(),
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trimEnd();
  } catch {
    return undefined;
  }
}
