import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { packageFile } from "./package-file";
import { type Problem, ProblemReport } from "./problem";
import { escapeTemplate } from "./terraform-escape";

/** A parsed JSON or YAML document. */
export type Document =
  null | boolean | number | string | Document[] | { [key: string]: Document };

/** Values for the placeholders of one file. A value may be a token of CDKTF. */
export type PlaceholderValues = Readonly<Record<string, Document>>;

/** `${NAME}` or bare `$NAME`: upper case only, so IAM variables and Micronaut's `${a.b}` are no placeholders of ours. */
const PLACEHOLDER = /\$\{([A-Z][A-Z0-9_]*)\}|\$([A-Z][A-Z0-9_]*)/g;

/**
 * Reads a file of `policies/` or `manifests/`: parse first, then fill the placeholders in values and keys.
 * A placeholder that is the whole value keeps the value's type. Other `${…}` is escaped for Terraform.
 *
 * @throws ProblemReport when a placeholder has no value, a value has no placeholder (closed world), or the file cannot
 * be parsed.
 */
export function fillTemplate(
  path: string,
  values: PlaceholderValues,
): Document {
  const document = parseOnce(path, readFileSync(packageFile(path), "utf8"));
  return fillDocument(path, document, values);
}

/** Text of such a file as it stands, escaped for Terraform. */
export const plainFile = (path: string): string =>
  escapeTemplate(readFileSync(packageFile(path), "utf8"));

/** Documents by their text: a synth fills some of them many times. */
const parsed = new Map<string, Document>();

function parseOnce(source: string, text: string): Document {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const document = parseDocument(source, text);
  parsed.set(text, document);
  return document;
}

/** JSON has a parser of its own because YAML's takes thirty times as long. */
function parseDocument(source: string, text: string): Document {
  const isJson = source.endsWith(".json");
  try {
    return (isJson ? JSON.parse(text) : parse(text)) as Document;
  } catch (error) {
    throw new ProblemReport(source, [
      {
        path: source,
        given: error instanceof Error ? error.message : String(error),
        allowed: isJson ? "a JSON document" : "a YAML document",
        fix: "mend the file at that place",
      },
    ]);
  }
}

/** `fillTemplate` for a document that is already parsed; `source` names it in errors. */
export function fillDocument(
  source: string,
  document: Document,
  values: PlaceholderValues,
): Document {
  const problems: Problem[] = [];
  const used = new Set<string>();

  const valueOf = (name: string, at: string): Document => {
    used.add(name);
    const value = values[name];
    if (value !== undefined) return value;
    problems.push({
      path: `${source}: ${at}`,
      given: `the placeholder \${${name}}, which has no value`,
      allowed: Object.keys(values).sort().join(", ") || "no placeholder",
      fix: "correct the placeholder's name, or pass a value for it where the file is read",
    });
    return "";
  };

  const fillText = (text: string, at: string): Document => {
    const whole = new RegExp(`^(?:${PLACEHOLDER.source})$`).exec(text);
    if (whole !== null) return valueOf(whole[1] ?? whole[2] ?? "", at);
    // Escape what is not ours before values come in: values may hold Terraform expressions.
    let result = "";
    let from = 0;
    for (const match of text.matchAll(PLACEHOLDER)) {
      result += escapeTemplate(text.slice(from, match.index));
      result += asText(valueOf(match[1] ?? match[2] ?? "", at));
      from = match.index + match[0].length;
    }
    return result + escapeTemplate(text.slice(from));
  };

  const fill = (node: Document, at: string): Document => {
    if (typeof node === "string") return fillText(node, at);
    if (Array.isArray(node))
      return node.map((item, index) => fill(item, `${at}[${index}]`));
    if (node === null || typeof node !== "object") return node;
    const entries = Object.entries(node).map(([key, value]) => {
      const path = at === "" ? key : `${at}.${key}`;
      return [asText(fillText(key, path)), fill(value, path)] as const;
    });
    return Object.fromEntries(entries);
  };

  const filled = fill(document, "");
  for (const name of Object.keys(values)) {
    if (used.has(name)) continue;
    problems.push({
      path: source,
      given: `a value for ${name}, which the file does not use`,
      allowed: [...used].sort().join(", ") || "no value",
      fix: `write \${${name}} where the value belongs, or stop passing it`,
    });
  }
  if (problems.length > 0) throw new ProblemReport(source, problems);
  return filled;
}

/** A scalar inside a longer string or key; a map or list has no such form. */
function asText(value: Document): string {
  if (typeof value === "object")
    throw new TypeError("A map or list can only fill a whole value.");
  return String(value);
}

/** The same for a document whose top is a map, to which more sections may be added. */
export const fillSections = (
  file: string,
  values: PlaceholderValues,
): Record<string, Document> =>
  fillTemplate(file, values) as Record<string, Document>;
