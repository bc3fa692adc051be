import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { extract } from "tar";
import { parse } from "yaml";
import { DEFAULT_LANE, laneOf } from "../../../modules/core/versions/lanes";
import { projectFile } from "../../../modules/lib/project-file";
import { type SettingsInput } from "../../../modules/schema";
import { bring, userCache } from "../system/bring";
import { mustRun } from "../system/process";

/** Lines that every version has had, by the settings file of each. */
export const olderLines = {
  classic: "settings/example.yaml",
  current: "settings/example-current.yaml",
} as const;
export type OlderLine = keyof typeof olderLines;

/** Prints the policies of a version's deployer: some things it reads are read no more today. */
export const OLDER_POLICIES = "scripts/deployer-policy.ts";

/** What the lab needs of a version: its app, its packages, its settings files. */
const NEEDED = [
  "cdktf.json",
  "scripts/app.mjs",
  OLDER_POLICIES,
  "package-lock.json",
];

/** A commit of this project. */
export interface Commit {
  /** All of its digits. */
  readonly id: string;
  /** As it was given, such as a tag. */
  readonly ref: string;
  /** Such as `2026-11-21`. */
  readonly date: string;
}

/** A commit with its packages, ready to be deployed. */
export interface OlderVersion extends Commit {
  readonly folder: string;
}

/** What the caller wants beside the commit. */
export interface FromOptions {
  readonly from: string;
  readonly line?: string;
  readonly record: boolean;
  /** Names of other flags that were given. */
  readonly others: readonly string[];
}

/**
 * The lines of a run from an older version.
 * @throws Error when something was given that does not go with it.
 */
export function linesOf({
  from,
  line,
  record,
  others,
}: FromOptions): OlderLine[] {
  const known = Object.keys(olderLines) as OlderLine[];
  const [other] = others;
  if (other !== undefined)
    throw new Error(
      `--${other} does not go with --from, which deploys, upgrades and destroys: leave one of them out.`,
    );
  if (line === undefined) return known;
  const found = known.find((name) => name === line);
  if (found === undefined)
    throw new Error(
      `--from ${from} --line ${line}: there are ${known.join(" and ")}, which every version has; without --line both are run.`,
    );
  if (record)
    throw new Error(
      "--from with --record writes the page of all lines: leave --line out.",
    );
  return [found];
}

/** Asks git. @returns what it printed; undefined when it failed. */
export type AskGit = (...args: readonly string[]) => string | undefined;

const askGit: AskGit = (...args) => {
  const { status, stdout } = spawnSync("git", args, {
    cwd: projectFile("."),
    encoding: "utf8",
  });
  return status === 0 ? stdout.trim() : undefined;
};

/**
 * The commit behind a tag, a branch or some digits; writes nothing.
 * @throws Error when there is no git, the tree has changes, or the commit is not one to upgrade from.
 */
export function findCommit(
  ref: string,
  lines: readonly OlderLine[],
  { git = askGit, lane = laneOf().name } = {},
): Commit {
  if (lane !== DEFAULT_LANE)
    throw new Error(
      `--from runs in lane ${DEFAULT_LANE}, which older versions have too, and LANE is ${lane}: leave LANE out.`,
    );
  const changed = git("status", "--porcelain", "--untracked-files=no");
  if (changed === undefined)
    throw new Error(
      `--from ${ref} takes the older version from git, and git finds no repository here: run it in a clone of this project, with git on the PATH.`,
    );
  if (changed !== "")
    throw new Error(
      `--from ${ref} says which commit it upgrades to, and ${changed.split("\n").length} files differ from the last one: commit or stash them.`,
    );
  const id = git("rev-parse", "--verify", "--quiet", `${ref}^{commit}`);
  if (ref.startsWith("-") || id === undefined)
    throw new Error(
      `--from ${ref}: git knows no such tag or commit; git tag and git log list them, and git fetch --unshallow --tags brings those that a clone lacks.`,
    );
  if (git("merge-base", "--is-ancestor", id, "HEAD") === undefined)
    throw new Error(
      `--from ${ref} is no earlier commit of what is checked out: git log lists those that are.`,
    );
  const lacks = [...NEEDED, ...lines.map((line) => olderLines[line])].filter(
    (file) => git("cat-file", "-e", `${id}:${file}`) === undefined,
  );
  if (lacks.length > 0)
    throw new Error(
      `--from ${ref} has no ${lacks.join(", ")}, which the lab needs of an older version: name a later one.`,
    );
  const date = git("show", "-s", "--format=%cs", id) ?? "";
  return { id, ref, date };
}

/** What is checked out, all digits. */
export const headCommit = (git = askGit): string =>
  git("rev-parse", "HEAD") ?? "";

/** The files of a commit with the packages of its lock file, once, in the user's cache. @throws Error when npm fails. */
export async function bringOlder(
  commit: Commit,
  env: NodeJS.ProcessEnv,
  print: (text: string) => void,
): Promise<OlderVersion> {
  const folder = join(userCache(env), "from-lab", commit.id);
  const unpack = async (draft: string): Promise<void> => {
    print(`bringing ${commit.ref} with its packages, once`);
    const file = join(draft, "commit.tar");
    await mustRun("git", ["archive", "-o", file, commit.id], {
      step: "older-archive",
      env,
    });
    await extract({ file, cwd: draft });
    rmSync(file);
    await mustRun("npm", ["ci"], { step: "older-npm-ci", env, cwd: draft });
  };
  const lacks = await bring(folder, commit.ref, [unpack], print);
  if (lacks !== undefined || !existsSync(folder))
    throw new Error(`--from ${commit.ref}: ${lacks ?? "it was not brought"}`);
  return { ...commit, folder };
}

/** The settings file that a version shows, as a user of it may have it. */
export const olderInput = (
  { folder }: OlderVersion,
  line: OlderLine,
): SettingsInput =>
  parse(readFileSync(join(folder, olderLines[line]), "utf8")) as SettingsInput;
