import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { parse } from "yaml";
import { ProblemReport } from "../../../modules/lib/problem";
import { type ReadFolder } from "../diff/report";
import { MANIFEST, readManifest, sha256 } from "./manifest";

const COMMAND = "npm run audit";

/**
 * Writes the files into a new or empty folder, or in the place of those that an earlier run wrote and nobody changed.
 * The manifest comes last: a folder without one was not finished.
 *
 * @throws ProblemReport when the folder holds anything else, before anything is written.
 */
export function writeFolder(
  folder: string,
  files: Readonly<Record<string, string>>,
): void {
  if (existsSync(folder)) clear(folder);
  const names = Object.keys(files).filter((name) => name !== MANIFEST);
  for (const name of [...names, MANIFEST]) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, files[name] ?? "");
  }
}

/** Without a manifest nothing below is looked at: it may be anybody's folder. */
function clear(folder: string): void {
  if (!statSync(folder).isDirectory()) throw refusal(folder, "a file");
  const entries = readdirSync(folder);
  if (entries.length === 0) return;
  const listed = manifestIn(folder);
  const found = listed === undefined ? entries : filesIn(folder);
  const others = found.filter(
    (name) =>
      listed === undefined ||
      (name !== MANIFEST && !isIntact(folder, name, listed)),
  );
  if (others.length > 0)
    throw refusal(
      folder,
      `a folder with files that this command did not write, or that were changed since: ${others.slice(0, 3).join(", ")}`,
    );
  for (const name of found) rmSync(join(folder, name));
}

const isIntact = (
  folder: string,
  name: string,
  listed: ReadonlyMap<string, string>,
): boolean =>
  listed.has(name) &&
  listed.get(name) === sha256(readFileSync(join(folder, name)));

/** What `npm run audit` wrote into a folder, to compare it. Throws a ProblemReport for any other, and for a file that was changed. */
export function readFolder(folder: string): ReadFolder {
  const listed =
    existsSync(folder) && statSync(folder).isDirectory()
      ? manifestIn(folder)
      : undefined;
  if (listed === undefined) throw unreadable(folder, "no such folder");
  const wrong = [...listed.keys()].filter(
    (name) =>
      !existsSync(join(folder, name)) || !isIntact(folder, name, listed),
  );
  if (wrong.length > 0)
    throw unreadable(
      folder,
      `${wrong.slice(0, 3).join(", ")}: not what MANIFEST lists`,
    );
  const named = <T>(pattern: RegExp): Record<string, T> =>
    Object.fromEntries(
      [...listed.keys()].flatMap((name) => {
        const [, id] = pattern.exec(name) ?? [];
        return id === undefined
          ? []
          : [[id, JSON.parse(readFileSync(join(folder, name), "utf8")) as T]];
      }),
    );
  const settings = join(folder, SETTINGS);
  return {
    stacks: named(STACK),
    tables: named(TABLE),
    settings: existsSync(settings) && parse(readFileSync(settings, "utf8")),
    others: Object.fromEntries(
      [...listed].filter(
        ([name]) =>
          ![STACK, TABLE, DERIVED].some((pattern) => pattern.test(name)),
      ),
    ),
  };
}

const SETTINGS = "settings.yaml";
const STACK = /^(?:stacks|terraform)\/([\w-]+)(?:\/cdk)?\.tf\.json$/;
const TABLE = /^tables\/([\w-]+)\.json$/;
/** Made of the rest, for readers. */
const DERIVED =
  /\.(html|css|js|csv|md|sh|sarif|cdx\.json)$|^(scan|policies|kubernetes)\//;

const unreadable = (folder: string, given: string): ProblemReport =>
  new ProblemReport(COMMAND, [
    {
      path: folder,
      given,
      allowed: "a folder as this command writes it, unchanged",
      fix: `make one: ${COMMAND} -- <environment> <folder>`,
    },
  ]);

function manifestIn(folder: string): Map<string, string> | undefined {
  const file = join(folder, MANIFEST);
  return existsSync(file)
    ? readManifest(readFileSync(file, "utf8"))
    : undefined;
}

/** Everything below a folder that is no folder, links included. */
export const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      relative(folder, join(entry.parentPath, entry.name))
        .split("\\")
        .join("/"),
    );

const refusal = (folder: string, given: string): ProblemReport =>
  new ProblemReport(COMMAND, [
    {
      path: folder,
      given,
      allowed: "a new or empty folder, or one that this command wrote",
      fix: "name another folder",
    },
  ]);
