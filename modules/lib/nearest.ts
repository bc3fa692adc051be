/** The candidate a reader most likely meant, or undefined when none is close. Case does not count. */
export function nearest(
  word: string,
  candidates: readonly string[],
): string | undefined {
  const limit = Math.max(1, Math.floor(word.length / 3));
  const ranked = candidates
    // No word is nearer than the difference in length, and that costs nothing to know.
    .filter(({ length }) => Math.abs(length - word.length) <= limit)
    .map((candidate) => ({ candidate, distance: distance(word, candidate) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best !== undefined && best.distance <= limit
    ? best.candidate
    : undefined;
}

/** Levenshtein distance: how many letters to add, drop or change. */
function distance(from: string, to: string): number {
  const [a, b] = [from.toLowerCase(), to.toLowerCase()];
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let line = 1; line <= a.length; line++) {
    const next = [line];
    for (let column = 1; column <= b.length; column++) {
      const change = a[line - 1] === b[column - 1] ? 0 : 1;
      next.push(
        Math.min(
          (row[column] ?? 0) + 1,
          (next[column - 1] ?? 0) + 1,
          (row[column - 1] ?? 0) + change,
        ),
      );
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
