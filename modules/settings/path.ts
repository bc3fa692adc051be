/** `["access", "admins", 0, "principal"]` → `access.admins[0].principal`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((step, at) =>
      typeof step === "number"
        ? `[${step}]`
        : `${at === 0 ? "" : "."}${String(step)}`,
    )
    .join("");
}

/** The other way round. */
export function pathSteps(text: string): PropertyKey[] {
  return [...text.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, key]) =>
    index === undefined ? (key ?? "") : Number(index),
  );
}

/** The value at a path of a parsed document; undefined when there is none. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (node, step) =>
      typeof node === "object" && node !== null
        ? (node as Record<PropertyKey, unknown>)[step]
        : undefined,
    value,
  );
}
