import { readFileSync } from "node:fs";
import { LineCounter, type YAMLError, isNode, parseDocument } from "yaml";
import { type Problem, ProblemReport } from "../lib/problem";

/** A settings file, parsed as YAML and not yet checked. */
export interface SettingsFile {
  /** Path as a reader knows it, such as `settings/prod.yaml`. */
  readonly source: string;
  readonly value: unknown;
  /** Line of a key or list item, or of the nearest section around it that the file has; 0 for the whole file. */
  readonly lineOf: (path: readonly PropertyKey[]) => number;
  /** A scalar as it was typed: `1.30`, where the value is the number 1.3. */
  readonly typed: (path: readonly PropertyKey[]) => string | undefined;
}

/**
 * Reads a settings file. Anchors, aliases and `<<` work.
 *
 * @throws ProblemReport with line and column for broken YAML and for duplicate keys, all at once.
 */
export function readSettingsFile(file: string, source: string): SettingsFile {
  const text = readFileSync(file, "utf8");
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    merge: true,
    // Pretty errors quote the file, and with it perhaps a secret.
    prettyErrors: false,
  });
  if (document.errors.length > 0)
    throw new ProblemReport(
      source,
      document.errors.map((error) => explainYaml(error, text, lines)),
    );

  const startOf = (path: readonly PropertyKey[]): number | undefined => {
    const node = document.getIn(path, true);
    return isNode(node) ? node.range?.[0] : undefined;
  };
  return {
    source,
    value: document.toJS(),
    lineOf: (path) => {
      for (let depth = path.length; depth > 0; depth--) {
        const start = startOf(path.slice(0, depth));
        if (start !== undefined) return lines.linePos(start).line;
      }
      return 0;
    },
    typed: (path) => {
      const node = document.getIn(path, true);
      return isNode(node) && "source" in node ? node.source : undefined;
    },
  };
}

function explainYaml(
  { code, message, pos }: YAMLError,
  text: string,
  lines: LineCounter,
): Problem {
  const { line, col } = lines.linePos(pos[0]);
  const path = `line ${line}, column ${col}`;
  if (code === "DUPLICATE_KEY") {
    const key = /^[^:\n]*/.exec(text.slice(pos[0]))?.[0].trim() ?? "";
    return {
      path,
      given: `the key "${key}" a second time in its section`,
      allowed: "every key once",
      fix: "remove one of the two, or move it to the section it belongs to",
    };
  }
  return {
    path,
    given: `broken YAML: ${message}`,
    allowed: "YAML with two spaces for each level and no tabs",
    fix: "correct this line or the one above it: an indent, a colon, a quote or a bracket",
  };
}
