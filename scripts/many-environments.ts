import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectFile } from "../modules/lib/project-file";

/** What the files of one account may not share, beside the names that begin with the environment. */
const OWN = /\b(example\.(com|org|net)|research-eks|vpc-0123456789abcdef0)\b/g;

/**
 * Writes settings files of environments that share nothing: the examples in turn, all in one account, so that each has to be
 * compared with all others.
 *
 * @param folder Is made.
 * @returns their names.
 */
export function writeEnvironments(folder: string, count: number): string[] {
  const examples = readdirSync(projectFile("settings"))
    .filter((file) => file.endsWith(".yaml") && file.startsWith("example"))
    .map((file) => readFileSync(projectFile("settings", file), "utf8"));
  mkdirSync(folder, { recursive: true });
  return Array.from({ length: count }, (_, index) => {
    const name = `e${String(index + 1).padStart(3, "0")}`;
    const text = examples[index % examples.length] ?? "";
    writeFileSync(join(folder, `${name}.yaml`), renamed(text, name));
    return name;
  });
}

function renamed(text: string, name: string): string {
  const [, was = ""] = /^environment: (\S+)$/m.exec(text) ?? [];
  return text
    .replace(OWN, (word) =>
      word.includes(".")
        ? `${name}.${word}`
        : `${word.slice(0, -3)}${name.slice(1)}`,
    )
    .replace(/(?<=repository: example\/)\w+/g, `$&-${name}`)
    .replace(/^delivery:$/m, "$&\n  github: { oidcProvider: existing }")
    .replace(new RegExp(`\\b${was}\\b`, "g"), name);
}
