import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { namesOf } from "../../../modules/lib/names";
import { projectFile } from "../../../modules/lib/project-file";
import { type Target } from "../target";

/** A restore that is under way: what is restored, and how far it is. It holds nothing secret. */
export interface RestoreRecord {
  /** Recovery point, as it was chosen. */
  readonly from: string;
  /** When it began, as `20260131120000`: part of the names of what it makes. */
  readonly stamp: string;
  /** Ids of the steps that have ended. */
  readonly done: readonly string[];
  /** What steps have to know of earlier ones, such as the number of replicas. */
  readonly facts: Readonly<Record<string, string>>;
}

/** `.state/<name>-<environment>/restore-<store>.json`. */
export const recordFile = (
  { settings }: Pick<Target, "settings">,
  store: string,
): string =>
  projectFile(".state", namesOf(settings).prefix, `restore-${store}.json`);

/** The record of a restore that was interrupted; undefined when there is none. */
export const readRecord = (file: string): RestoreRecord | undefined =>
  existsSync(file)
    ? (JSON.parse(readFileSync(file, "utf8")) as RestoreRecord)
    : undefined;

/** Whole or not at all: a run that is killed leaves the record before. */
export function writeRecord(file: string, record: RestoreRecord): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(record, undefined, 2)}\n`);
  renameSync(draft, file);
}

export const removeRecord = (file: string): void => {
  rmSync(file, { force: true });
};

/** `20260131120000`, of a moment. */
export const stampOf = (date: Date): string =>
  date.toISOString().replace(/[-:T]|\..*$/g, "");
