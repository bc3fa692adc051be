import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { projectFile } from "../../../modules/lib/project-file";

const text = z.string().min(1);

const harmlessSchema = z.strictObject({
  reason: text,
  types: z.array(text).min(1),
  paths: z.array(z.string()).min(1),
  changes: z.array(text).min(1).default(["*"]),
});

/** Changes that weaken nothing, and why. */
export type Harmless = z.infer<typeof harmlessSchema>;

/** Reads `docs/registers/harmless-changes.yaml`. Throws when an entry has a wrong shape. */
export function readHarmless(): Harmless[] {
  const file = projectFile("docs/registers/harmless-changes.yaml");
  return z.array(harmlessSchema).parse(parse(readFileSync(file, "utf8")));
}

/** A line of the list, for a report: one path of one entry. */
export const showLine = ({ reason }: Harmless, path: string): string =>
  `${path === "" ? "(the resource)" : path}: ${reason}`;

/** All lines of a list. */
export const allLines = (list: readonly Harmless[]): string[] =>
  list.flatMap((entry) => entry.paths.map((path) => showLine(entry, path)));

/** The list as a question: the line that knows a change of an attribute of a type. Positions in lists do not count. */
export function linesOf(
  list: readonly Harmless[],
): (type: string, path: string, change: string) => string | undefined {
  const lines = list.flatMap((entry) =>
    entry.paths.map((path) => ({
      line: showLine(entry, path),
      types: matcher(entry.types),
      path: matcher([path]),
      changes: matcher(entry.changes),
    })),
  );
  return (type, path, change) => {
    const plain = path.replace(/\[\d+\]/g, "");
    return lines.find(
      (one) =>
        one.types.test(type) &&
        one.path.test(plain) &&
        one.changes.test(change),
    )?.line;
  };
}

/** One expression for a list of patterns: `*` is any text. */
function matcher(patterns: readonly string[]): RegExp {
  const sources = patterns.map((one) =>
    one
      .split("*")
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*"),
  );
  return new RegExp(`^(${sources.join("|")})$`);
}
