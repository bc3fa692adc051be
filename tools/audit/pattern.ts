/** Whether a text matches a pattern of a register: `*` is any text without a `/`. */
export function matchesPattern(pattern: string, text: string): boolean {
  const source = pattern
    .split("*")
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
    .join("[^/]*");
  return new RegExp(`^${source}$`).test(text);
}
