import { createHash } from "node:crypto";

/** Name of the file that lists the others. */
export const MANIFEST = "MANIFEST";

/** Sum of a text, as `sha256sum` writes it. */
export const sha256 = (text: string | Buffer): string =>
  createHash("sha256").update(text).digest("hex");

/** Lines of `sha256sum`, for `sha256sum -c MANIFEST`: every file but this one, by name. */
export const manifestOf = (files: Readonly<Record<string, string>>): string =>
  Object.keys(files)
    .sort()
    .map((name) => `${sha256(files[name] ?? "")}  ${name}\n`)
    .join("");

/** Sums by name; undefined when the text is not such a list. */
export function readManifest(text: string): Map<string, string> | undefined {
  const entries = text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => /^([0-9a-f]{64}) {2}(.+)$/.exec(line));
  if (entries.some((entry) => entry === null)) return undefined;
  return new Map(
    entries.map((entry) => [entry?.[2] ?? "", entry?.[1] ?? ""] as const),
  );
}
