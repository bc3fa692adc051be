import { readFileSync } from "node:fs";
import { type Neighbour, type Sibling } from "./core/rules/collisions";
import { clusterExclusives } from "./core/rules/one-cluster";
import { factsOf } from "./facts";
import { type SettingsChoice } from "./settings/choose";
import { ProblemReport } from "./lib/problem";
import { parseSettings } from "./settings/file";
import { systemProblem } from "./lib/system-error";
import { type Settings, settingsSchema, withDefaults } from "./schema";

/** An environment as its neighbours see it. */
export const neighbourOf = (settings: Settings): Neighbour => ({
  settings,
  exclusives: factsOf(settings).flatMap(({ exclusives }) => exclusives),
  onCluster: clusterExclusives(settings, factsOf(settings)),
});

/** A settings file beside the chosen one. */
interface SiblingFile {
  /** Undefined for what is no file, or cannot be read. */
  readonly text: string | undefined;
  /** Undefined for a file with problems of its own. */
  readonly neighbour: () => Neighbour | undefined;
}

/** Reads a file beside the chosen one, by its absolute path. */
export type SiblingReader = (file: string) => SiblingFile;

/**
 * A reader that reads and parses each file once, for a process that loads all of a folder: each of them asks for all others.
 * It does not see what changes after that.
 */
export function siblingReader(): SiblingReader {
  const files = new Map<string, SiblingFile>();
  return (file) => {
    const known = files.get(file) ?? readSibling(file);
    files.set(file, known);
    return known;
  };
}

function readSibling(file: string): SiblingFile {
  const text = readText(file);
  let parsed: { neighbour: Neighbour | undefined } | undefined;
  return {
    text,
    neighbour: () =>
      (parsed ??= { neighbour: neighbourIn(text ?? "") }).neighbour,
  };
}

function neighbourIn(text: string): Neighbour | undefined {
  const settings = settingsIn(text);
  return settings && neighbourOf(settings);
}

/**
 * The other environments that could collide with the chosen one. `example*` is no real environment and takes
 * no part. A file that cannot be read is left out with a notice: it must not stop this environment.
 */
export function siblingsOf(
  { environment, all, locate }: SettingsChoice,
  settings: Settings,
  read: SiblingReader,
): { found: Sibling[]; notices: string[] } {
  const found: Sibling[] = [];
  const notices: string[] = [];
  if (environment.startsWith("example")) return { found, notices };

  const shared = sharedWords(settings);
  for (const other of all) {
    if (other === environment || other.startsWith("example")) continue;
    const { file, source } = locate(other);
    // Parsing is the cost here: a file that names neither our account nor our state cannot collide.
    const { text, neighbour } = read(file);
    if (text === undefined) {
      notices.push(
        `${source} cannot be read and was left out of the check for collisions.`,
      );
      continue;
    }
    if (!shared.some((word) => text.includes(word))) continue;
    const parsed = neighbour();
    if (parsed === undefined)
      notices.push(
        `${source} has problems of its own and was left out of the check for collisions.`,
      );
    else found.push({ source, ...parsed });
  }
  return { found, notices };
}

/** Undefined for what is no file, or cannot be read. */
function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (systemProblem(error, "") === undefined) throw error;
    return undefined;
  }
}

/** What a file must hold to collide: the account, or the place of the state. */
function sharedWords(settings: Settings): string[] {
  try {
    const { accountId, backend, environment } = settings;
    const state =
      backend.kind === "s3"
        ? backend.bucket
        : backend.kind === "cloud"
          ? backend.organization
          : environment;
    return [accountId, state];
  } catch {
    // Unreadable here: the report says so, and the check runs once it is mended.
    return [];
  }
}

/** The settings, or undefined for a broken file. Most of a file is comments, and without them it parses in a third of the time. */
function settingsIn(text: string): Settings | undefined {
  try {
    const { value } = parseSettings(text.replace(/^\s*#.*$/gm, ""), "");
    return settingsSchema.safeParse(withDefaults(value)).data;
  } catch (error) {
    if (error instanceof ProblemReport) return undefined;
    throw error;
  }
}
