import { isSecretKey, secretKind } from "./secret-pattern";

const LONGEST = 70;

/** A settings value as a report shows it: short, and never a secret in full. `key` is the last part of its path. */
export function show(value: unknown, key = ""): string {
  switch (typeof value) {
    case "undefined":
      return "nothing";
    case "string":
      return showText(value, key);
    case "object":
      if (value === null) return "nothing (null)";
      if (Array.isArray(value)) return showList(value);
      return `a section with ${Object.keys(value).join(", ") || "no keys"}`;
    default:
      return `${String(value)} (a ${typeof value})`;
  }
}

function showText(text: string, key: string): string {
  const kind = secretKind(text);
  if (kind !== undefined || isSecretKey(key))
    return `${kind ?? "a secret"} of ${text.length} characters, not shown`;
  return JSON.stringify(
    text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text,
  );
}

function showList(list: readonly unknown[]): string {
  const isPlain = list.every((item) => typeof item !== "object");
  return isPlain
    ? `[${list.map((item) => (typeof item === "string" ? showText(item, "") : String(item))).join(", ")}]`
    : `a list of ${list.length}`;
}
