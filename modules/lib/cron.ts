/** Least and greatest value of the five fields. */
const FIELDS = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;

/** True for a schedule Kubernetes accepts: five fields of numbers, lists, ranges and steps, or a macro such as @daily. */
export function isCron(schedule: string): boolean {
  if (
    /^@(hourly|daily|midnight|weekly|monthly|yearly|annually)$/.test(schedule)
  )
    return true;
  const fields = schedule.trim().split(/\s+/);
  return (
    fields.length === FIELDS.length &&
    FIELDS.every(([least, greatest], at) =>
      (fields[at] ?? "")
        .split(",")
        .every((part) => isPart(part, least, greatest)),
    )
  );
}

function isPart(part: string, least: number, greatest: number): boolean {
  const match = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/([1-9]\d*))?$/.exec(part);
  if (match === null) return false;
  const from = Number(match[1] ?? least);
  const to = Number(match[2] ?? match[1] ?? greatest);
  return least <= from && from <= to && to <= greatest;
}
