import { readFileSync } from "node:fs";
import { projectFile } from "../../../modules/lib/project-file";
import { type Frame, type Trace } from "./trace";
import { distinct } from "./table";

/** Where one of our lines makes a resource. */
export interface Source {
  /** The call that names the class. */
  readonly at: Frame;
  /** Calls that led there, the nearest first. */
  readonly from: readonly Frame[];
  /** The whole call. */
  readonly excerpt: string;
  /** Rows that the comments around these calls name. */
  readonly rows: readonly string[];
}

/** Longest call that is shown whole. */
const LONGEST = 60;

/** Calls that place everything: their comments are about no resource in particular. */
const OVERVIEW = /^modules\/(stacks\/|app\.ts)/;

const ROW =
  /\b(?:ASK|BAK|CDK|CFG|COST|DEC|DEP|D|EXC|FAIL|FIG|HARD|HPA|IAM|INF|ING|K8S|PP|PRO|SEC|SET|SUR|TR|VER|VE|VR)-[A-Z]?\d+[a-z]?\b/g;

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
  const from = frames.slice(index + 1);
  return {
    at,
    from,
    excerpt: callAt(at),
    rows: distinct(
      [...frames]
        .filter(({ file }) => !OVERVIEW.test(file))
        .flatMap((frame) => commentsAt(frame).match(ROW) ?? []),
    ).sort(),
  };
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

/** Comments of the class, of the function and inside of it up to the call. */
function commentsAt({ file, line }: Frame): string {
  const text = linesOf(file);
  const above = (pattern: RegExp, from: number): number => {
    for (let at = from; at >= 0; at -= 1)
      if (pattern.test(text[at] ?? "")) return at;
    return 0;
  };
  const outer = above(OUTER, line - 1);
  const inner = Math.max(above(INNER, line - 1), outer);
  const call = callAt({ file, line }).split("\n").length;
  return [
    ...docAbove(text, outer),
    ...docAbove(text, inner),
    ...text.slice(inner, line - 1 + call).filter((one) => one.includes("//")),
  ].join("\n");
}

const OUTER = /^(?:export )?(?:abstract )?(?:class|function|const) /;
const INNER =
  /^ {2}(?:(?:private|protected|public|static) )*(?!if|for|while|switch|return)\w+(?:<.*>)?\(/;

function docAbove(text: readonly string[], declaration: number): string[] {
  if (!text[declaration - 1]?.trimEnd().endsWith("*/")) return [];
  const marks = text
    .slice(0, declaration)
    .map((one) => one.trimStart().startsWith("/**"));
  return text.slice(Math.max(marks.lastIndexOf(true), 0), declaration);
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
