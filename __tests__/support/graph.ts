import { type StackJson } from "./synth";

/** Every string of a JSON value, with its path. */
export function* stringsOf(
  node: unknown,
  path = "",
): Generator<[string, string]> {
  if (typeof node === "string") yield [path, node];
  else if (Array.isArray(node)) {
    for (const [index, item] of node.entries())
      yield* stringsOf(item, `${path}[${index}]`);
  } else if (typeof node === "object" && node !== null) {
    for (const [key, value] of Object.entries(node)) {
      // Bookkeeping of CDKTF, not Terraform.
      if (key === "//") continue;
      yield [path, key];
      yield* stringsOf(value, path === "" ? key : `${path}.${key}`);
    }
  }
}

/** All addresses a stack declares: `aws_vpc.network`, `data.aws_lb.alb`, `ephemeral.x.y`. */
export function addressesOf(stack: StackJson): string[] {
  const block = (name: "resource" | "data" | "ephemeral", prefix: string) =>
    Object.entries(stack[name] ?? {}).flatMap(([type, instances]) =>
      Object.keys(instances).map((id) => `${prefix}${type}.${id}`),
    );
  return [
    ...block("resource", ""),
    ...block("data", "data."),
    ...block("ephemeral", "ephemeral."),
  ].sort();
}

const REFERENCE =
  /\b((?:data\.|ephemeral\.)?(?:aws|kubernetes|helm|terraform)_[a-z0-9_]+\.[A-Za-z][A-Za-z0-9_-]*)/g;

/** Addresses that a value mentions inside `${…}`; `$${…}` is literal text. */
export function referencesIn(text: string): string[] {
  return expressionsIn(text).flatMap((expression) =>
    [...expression.matchAll(REFERENCE)].map(([, address = ""]) => address),
  );
}

/** The expressions `${…}` of a text, with the braces inside of them. */
export function expressionsIn(text: string): string[] {
  return [...text.matchAll(/(?<!\$)\$\{/g)].map(({ index }) => {
    let depth = 0;
    for (let at = index + 1; at < text.length; at++) {
      if (text[at] === "{") depth += 1;
      if (text[at] === "}") depth -= 1;
      if (depth === 0) return text.slice(index, at + 1);
    }
    return text.slice(index);
  });
}

/** What each address depends on: references and depends_on. */
export function dependenciesOf(stack: StackJson): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>();
  const add = (address: string, body: unknown) => {
    const targets = new Set<string>();
    for (const [path, text] of stringsOf(body)) {
      if (path.startsWith("depends_on")) targets.add(text);
      for (const reference of referencesIn(text)) targets.add(reference);
    }
    targets.delete("depends_on");
    graph.set(address, targets);
  };
  for (const [prefix, block] of [
    ["", stack.resource],
    ["data.", stack.data],
    ["ephemeral.", stack.ephemeral],
  ] as const) {
    for (const [type, instances] of Object.entries(block ?? {})) {
      for (const [id, body] of Object.entries(instances))
        add(`${prefix}${type}.${id}`, body);
    }
  }
  return graph;
}

/** Whether `from` waits for `to`, directly or through others. */
export function dependsOn(
  graph: Map<string, Set<string>>,
  from: string,
  to: string,
): boolean {
  const seen = new Set<string>();
  const visit = (address: string): boolean => {
    if (seen.has(address)) return false;
    seen.add(address);
    for (const next of graph.get(address) ?? [])
      if (next === to || visit(next)) return true;
    return false;
  };
  return visit(from);
}
