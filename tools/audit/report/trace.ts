import { TerraformStack } from "cdktf";
import { type Construct, Node } from "constructs";
import { existsSync, readFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { displayPath } from "../../../modules/lib/project-file";

/** A line of our code. */
export interface Frame {
  /** Relative to the project: `modules/aws/s3/bucket.ts`. */
  readonly file: string;
  readonly line: number;
}

/** What made a construct: its class, or the type of an ephemeral block, and our calls, the innermost first. */
export interface Trace {
  readonly made: string;
  readonly frames: readonly Frame[];
}

/** Deeper than any construct of ours. */
const DEPTH = 60;

/**
 * Runs something that places constructs, and notes for each Terraform element which of our lines made it. Keys are construct
 * paths, and `<stack>/ephemeral.<type>.<name>` for ephemeral blocks, as in `graphOf`. CDKTF would write traces of its own
 * into the JSON; these stay outside of it.
 */
export function traced<T>(place: () => T): {
  result: T;
  traces: ReadonlyMap<string, Trace>;
} {
  const traces = new Map<string, Trace>();
  const note = (path: string, made: string): void => {
    traces.set(path, { made, frames: framesHere() });
  };
  const restore = [
    onCall(Node.prototype, "addMetadata", function (type) {
      if (type === "stacktrace") note(this.path, madeBy(this));
    }),
    onCall(TerraformStack.prototype, "addOverride", function (path) {
      const [block, type = ""] = path.split(".");
      if (block === "ephemeral") note(`${this.node.path}/${path}`, type);
    }),
  ];
  try {
    return { result: place(), traces };
  } finally {
    for (const undo of restore) undo();
  }
}

/** Class of the construct that a node belongs to. */
const madeBy = (node: Node): string =>
  (node as unknown as { readonly host: Construct }).host.constructor.name;

/** Calls `before` ahead of a method, until the returned function is called. */
function onCall<T extends object>(
  prototype: T,
  name: keyof T & string,
  before: (this: T, argument: string) => void,
): () => void {
  const methods = prototype as Record<string, (...args: unknown[]) => void>;
  const original = methods[name];
  if (original === undefined) throw new Error(`no method ${name}`);
  methods[name] = function (this: T, ...args: unknown[]): void {
    before.call(this, String(args[0]));
    original.apply(this, args);
  };
  return () => {
    methods[name] = original;
  };
}

/** Our lines below the call, innermost first. */
function framesHere(): Frame[] {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = DEPTH;
  const { stack = "" } = new Error();
  Error.stackTraceLimit = limit;
  return stack
    .split("\n")
    .flatMap(frameOf)
    .filter(({ file }) => /^modules\/(?!audit\/)/.test(file));
}

/** `    at new Vpc (/project/dist/audit.js:10:5)`: file, line, column. */
const PLACE = /\(?((?:\/|[A-Za-z]:\\)[^()]+?):(\d+):(\d+)\)?$/;

function frameOf(text: string): Frame[] {
  const [, file, line, column] = PLACE.exec(text) ?? [];
  if (file === undefined || file.includes("node_modules")) return [];
  const at = { line: Number(line), column: Number(column) };
  if (file.endsWith(".ts")) return [{ file: displayPath(file), line: at.line }];
  const entry = mapOf(file)?.findEntry(at.line - 1, at.column - 1);
  if (entry === undefined || !("originalSource" in entry)) return [];
  return [
    {
      file: entry.originalSource.replace(/^.*?(?=\bmodules\/)/, ""),
      line: entry.originalLine + 1,
    },
  ];
}

const maps = new Map<string, SourceMap | undefined>();

/** The map inside of a bundle; undefined for a file without one. */
function mapOf(file: string): SourceMap | undefined {
  if (!maps.has(file)) maps.set(file, readMap(file));
  return maps.get(file);
}

function readMap(file: string): SourceMap | undefined {
  if (!existsSync(file)) return undefined;
  const [, encoded] =
    /\n\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]+)\s*$/.exec(
      readFileSync(file, "utf8"),
    ) ?? [];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, "base64").toString("utf8");
  return new SourceMap(JSON.parse(text) as SourceMapPayload);
}
