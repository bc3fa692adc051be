import { type Existing } from "../aws/inventory";

/** What may stay, and why. Printed with every report. */
export const keepList = [
  "KMS keys that wait for their deletion: AWS deletes none in less than 7 days",
  "on AWS, not here: the log group RDSOSMetrics, which all databases of an account share",
];

/** What is there now and was not there before. */
export function leftOvers(
  before: readonly Existing[],
  after: readonly Existing[],
): Existing[] {
  const known = new Set(before.map(({ kind, id }) => `${kind} ${id}`));
  return after.filter(({ kind, id }) => !known.has(`${kind} ${id}`));
}
