/** Names that are written out before a number stands for the rest. */
const NAMED = 3;

/** Sentences of many environments, each once, in the order in which they first came: with how many and which ones. */
export function groupedNotes(
  all: readonly {
    readonly environment: string;
    readonly notes: readonly string[];
  }[],
): string[] {
  const sayers = new Map<string, string[]>();
  for (const { environment, notes } of all)
    for (const note of new Set(notes))
      sayers.set(note, [...(sayers.get(note) ?? []), environment]);
  return [...sayers].map(
    ([note, names]) => `Note of ${shortened(names)}: ${note}`,
  );
}

function shortened(names: readonly string[]): string {
  if (names.length <= NAMED + 1) return names.join(", ");
  return `${names.slice(0, NAMED).join(", ")} and ${names.length - NAMED} more`;
}
