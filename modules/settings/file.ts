import { readFileSync } from "node:fs";
import {
  type Document,
  Lexer,
  LineCounter,
  Parser,
  type YAMLError,
  isNode,
  parseDocument,
} from "yaml";
import { type Problem, ProblemReport } from "../lib/problem";
import { systemProblem } from "../lib/system-error";

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

/** Three times the longest example. The parser takes the square of the length for some texts. */
const LONGEST = 32_768;

/** The settings end at the fifth level; tags and lists do not add more than one. */
const DEEPEST = 16;

/** What follows the first error of YAML is mostly its echo. */
const MOST_ERRORS = 20;

const WHOLE_FILE = "(the whole file)";

/**
 * Reads a settings file. Anchors, aliases and `<<` work.
 *
 * @throws ProblemReport with line and column for broken YAML and for duplicate keys, all at once; and for what only a
 * machine writes: a file without end, sections without end, aliases that multiply.
 */
export function readSettingsFile(file: string, source: string): SettingsFile {
  const { document, lines, value } = parseSettings(
    readText(file, source),
    source,
  );
  // What an alias or a merge brings in has no place of its own.
  const nodeAt = (path: readonly PropertyKey[]) => {
    const node = document.getIn(path, true);
    return isNode(node) ? node : undefined;
  };
  return {
    source,
    value,
    lineOf: (path) => {
      for (let depth = Math.min(path.length, DEEPEST); depth > 0; depth--) {
        const start = nodeAt(path.slice(0, depth))?.range?.[0];
        if (start !== undefined) return lines.linePos(start).line;
      }
      return 0;
    },
    typed: (path) => {
      const node = nodeAt(path);
      return node !== undefined && "source" in node ? node.source : undefined;
    },
  };
}

/** The text of a settings file as values; throws as `readSettingsFile` does. */
export function parseSettings(
  text: string,
  source: string,
): { document: Document; lines: LineCounter; value: unknown } {
  if (text.length > LONGEST) throw new ProblemReport(source, [tooLong(text)]);
  if (isNestedDeeper(text, DEEPEST))
    throw new ProblemReport(source, [TOO_DEEP]);
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    merge: true,
    stringKeys: true,
    resolveKnownTags: false,
    // Pretty errors quote the file, and with it perhaps a secret.
    prettyErrors: false,
  });
  // A warning is a tag, such as !secret: without it the value would be taken for text.
  const errors = [...document.errors, ...document.warnings];
  if (errors.length > 0)
    throw new ProblemReport(
      source,
      errors
        .slice(0, MOST_ERRORS)
        .map((error) => explainYaml(error, text, lines)),
    );
  return { document, lines, value: valueOf(document, source) };
}

/**
 * Whether the text has more levels, aliases aside. `parseDocument` calls itself for each of them, and Node.js may end the
 * process where the stack does; the parser below it keeps them in a list, where they can be counted before.
 */
function isNestedDeeper(text: string, levels: number): boolean {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    Array.from(parser.next(lexeme));
    // Beside the levels it holds the document, and perhaps a text that has not ended.
    if (parser.stack.length > levels + 2) return true;
  }
  return false;
}

/** @throws ProblemReport for what is no file, or cannot be read. */
function readText(file: string, source: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const problem = systemProblem(
      error,
      "a settings file that this user can read",
    );
    if (problem === undefined) throw error;
    throw new ProblemReport(source, [{ ...problem, path: source }]);
  }
}

/** The parsed values, with a report where YAML is correct and means nothing. */
function valueOf(document: Document, source: string): unknown {
  const value = withAliases(document, source);
  if (isDeeper(value, DEEPEST)) throw new ProblemReport(source, [TOO_DEEP]);
  return value;
}

const TOO_DEEP: Problem = {
  path: WHOLE_FILE,
  given: `more than ${DEEPEST} levels, or an alias inside of what it stands for`,
  allowed: "sections as settings/example.yaml has them",
  fix: "write each section once, at its place",
};

/** Ends in a circle too, because it counts. */
const isDeeper = (node: unknown, levels: number): boolean =>
  typeof node === "object" &&
  node !== null &&
  (levels === 0 ||
    Object.values(node).some((child) => isDeeper(child, levels - 1)));

/** What the parser throws, by its words, and how to mend it. Its own message could quote a value. */
const THROWN: readonly (readonly [RegExp, given: string, fix: string])[] = [
  [
    /Unresolved alias/,
    "an alias (*name) whose anchor (&name) does not stand before it",
    "write the anchor, or what the alias stands for; put a text that starts with * in quotes",
  ],
  [
    /Merge sources/,
    "a merge (<<) of something that is no section",
    "merge an alias of a section, such as <<: *nodes",
  ],
  [
    /Excessive alias count/,
    "aliases that stand for aliases, hundreds in all",
    "write out what they stand for",
  ],
];

function withAliases(document: Document, source: string): unknown {
  try {
    return document.toJS() as unknown;
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    const known = THROWN.find(([words]) => words.test(message));
    if (known === undefined) throw error;
    const [, given, fix] = known;
    throw new ProblemReport(source, [
      {
        path: WHOLE_FILE,
        given,
        allowed: "plain YAML, with aliases of what stands before them",
        fix,
      },
    ]);
  }
}

const tooLong = (text: string): Problem => ({
  path: WHOLE_FILE,
  given: `${text.length} characters`,
  allowed: `at most ${LONGEST}: the longest example has a third of it`,
  fix: "keep the settings of one environment in this file, and nothing else",
});

/** YAML that settings have no use for, by the parser's code. */
const MEANINGLESS: Readonly<
  Partial<Record<YAMLError["code"], Omit<Problem, "path">>>
> = {
  TAG_RESOLVE_FAILED: {
    given: "a tag (!name), which settings do not know",
    allowed: "values without tags",
    fix: "remove the tag; put a text that starts with ! in quotes",
  },
  NON_STRING_KEY: {
    given: "a section or a list where a key belongs",
    allowed: "a name before each colon",
    fix: "write a name; put a text with braces or brackets in quotes",
  },
  MULTIPLE_DOCS: {
    given: "a second document, after ---",
    allowed: "one environment in a file",
    fix: "remove the line --- and what follows it, or move that to a file of its own",
  },
};

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
  const known = MEANINGLESS[code];
  if (known !== undefined) return { path, ...known };
  return {
    path,
    given: `broken YAML: ${message}`,
    allowed: "YAML with two spaces for each level and no tabs",
    fix: "correct this line or the one above it: an indent, a colon, a quote or a bracket",
  };
}
