import { readFileSync } from "node:fs";
import { projectFile } from "../../../modules/lib/project-file";
import { type Frame, type Trace } from "./trace";

/** Where one of our lines makes a resource. */
export interface Source {
  /** The call that names the class. */
  readonly at: Frame;
  /** Calls that led there, the nearest first. */
  readonly from: readonly Frame[];
  /** The whole call. */
  readonly excerpt: string;
}

/** Longest call that is shown whole. */
const LONGEST = 60;

/**
 * The line that made a construct: the innermost of ours whose call names its class, so that a function which places any kind
 * is passed over for the one that says which.
 *
 * @throws Error when none does.
 */
export function sourceOf({ made, frames }: Trace, path: string): Source {
  const index = frames.findIndex((frame) => names(callAt(frame), made));
  const at = frames[index];
  if (at === undefined)
    throw new Error(`${path}: no line of modules/ names ${made}`);
  return { at, from: frames.slice(index + 1), excerpt: callAt(at) };
}

/** `modules/aws/s3/bucket.ts:42`. */
export const showFrame = ({ file, line }: Frame): string => `${file}:${line}`;

const names = (call: string, made: string): boolean =>
  new RegExp(`\\b${made}\\b`).test(call);

/** The lines of a call, from its first to the one that closes its brackets. */
function callAt({ file, line }: Frame): string {
  const text = linesOf(file).slice(line - 1, line - 1 + LONGEST);
  let depth = 0;
  const end = text.findIndex((one) => {
    depth += count(one, /[([{]/g) - count(one, /[)\]}]/g);
    return depth <= 0;
  });
  return dedented(end === -1 ? text : text.slice(0, end + 1)).join("\n");
}

const count = (text: string, pattern: RegExp): number =>
  text.match(pattern)?.length ?? 0;

function dedented(text: readonly string[]): string[] {
  const filled = text.filter((one) => one.trim() !== "");
  const indent = Math.min(...filled.map((one) => one.search(/\S/)));
  return text.map((one) => one.slice(indent));
}

const files = new Map<string, readonly string[]>();

function linesOf(file: string): readonly string[] {
  const known = files.get(file);
  if (known !== undefined) return known;
  const read = readFileSync(projectFile(file), "utf8").split(/\r?\n/);
  files.set(file, read);
  return read;
}
