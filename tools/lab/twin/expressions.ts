import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type StackJson } from "../../audit/graph";
import { terraformOf } from "../../operate/terraform/binary";

/** Value of a reference such as `aws_db_instance.database.address`: JSON. */
export type ValueOf = (reference: string) => unknown;

/**
 * Text of a stack as Terraform computes it: its expressions, locals and functions are Terraform's own. What they refer to
 * beyond the stack's locals has the values that are given.
 *
 * @param value Texts, or objects and lists of them.
 * @throws Error with what Terraform says.
 */
export function evaluate<T>(stack: StackJson, value: T, valueOf: ValueOf): T {
  const folder = mkdtempSync(join(tmpdir(), "twin-"));
  try {
    writeFileSync(
      join(folder, "main.tf.json"),
      JSON.stringify(programOf(stack, value, valueOf)),
    );
    const { status, stdout, stderr } = spawnSync(terraformOf(), ["console"], {
      cwd: folder,
      input: "base64encode(jsonencode(local.twin))\n",
      encoding: "utf8",
      env: { ...process.env, CHECKPOINT_DISABLE: "1" },
    });
    const encoded = /^"(.*)"$/m.exec(stdout)?.[1];
    if (status !== 0 || encoded === undefined)
      throw new Error(`terraform console: ${stdout}${stderr}`);
    return JSON.parse(Buffer.from(encoded, "base64").toString("utf8")) as T;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A configuration without providers: a variable for each reference, the locals that are needed, and `local.twin`. */
export function programOf(
  stack: StackJson,
  value: unknown,
  valueOf: ValueOf,
): { readonly variable?: object; readonly locals: Record<string, unknown> } {
  const known = referencePattern(stack);
  const variables = new Map<string, string>();
  const rewrite = (text: string): string =>
    text.replace(known, (reference) => {
      const name = variables.get(reference) ?? `v${variables.size}`;
      variables.set(reference, name);
      return `var.${name}`;
    });
  const all = (stack.locals ?? {}) as Record<string, unknown>;
  const locals: Record<string, unknown> = {};
  const take = (node: unknown): unknown => {
    const text = JSON.stringify(node);
    const needed = [...text.matchAll(/\blocal\.([\w-]+)/g)].map(
      ([, name]) => name ?? "",
    );
    for (const name of needed)
      if (!(name in locals)) {
        locals[name] = "";
        locals[name] = take(all[name] ?? "");
      }
    return mapTexts(node, rewrite);
  };
  locals.twin = take(value);
  const variable = Object.fromEntries(
    [...variables].map(([reference, name]) => [
      name,
      { default: valueOf(reference) },
    ]),
  );
  return variables.size === 0 ? { locals } : { variable, locals };
}

/** References to the blocks that a stack has, with the attributes and indices behind them. */
function referencePattern({ resource, data, ephemeral }: StackJson): RegExp {
  const kinds = [
    ...blockNames("", resource),
    ...blockNames("data.", data),
    ...blockNames("ephemeral.", ephemeral),
  ].sort((a, b) => b.length - a.length);
  const names = kinds.map((name) => name.replaceAll(".", "\\.")).join("|");
  return new RegExp(
    `(?<![\\w.-])(?:${names || "(?!)"})(?![\\w-])(?:\\.[A-Za-z_][\\w-]*|\\[[^\\]]*\\])*`,
    "g",
  );
}

const blockNames = (
  prefix: string,
  blocks: StackJson["resource"] = {},
): string[] =>
  Object.entries(blocks).flatMap(([type, named]) =>
    Object.keys(named).map((name) => `${prefix}${type}.${name}`),
  );

function mapTexts(node: unknown, change: (text: string) => string): unknown {
  if (typeof node === "string")
    return node.includes("${") ? change(node) : node;
  if (Array.isArray(node)) return node.map((one) => mapTexts(one, change));
  if (typeof node === "object" && node !== null)
    return Object.fromEntries(
      Object.entries(node).map(([key, one]) => [key, mapTexts(one, change)]),
    );
  return node;
}
