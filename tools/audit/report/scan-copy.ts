import { type StackJson } from "../graph";

/** Blocks on which checkov stops reading the file: a text and three lists where it expects objects. */
const LISTS = ["moved", "import", "removed"];

/** A stack's JSON without what stops scanners; undefined where nothing does. What is left out describes no resource. */
export function scanCopy(stack: StackJson): string | undefined {
  const copy = Object.fromEntries(
    Object.entries(stack)
      .filter(([block]) => !LISTS.includes(block))
      .map(([block, value]) => [
        block,
        block === "terraform" ? withoutVersion(value) : value,
      ]),
  );
  return JSON.stringify(copy) === JSON.stringify(stack)
    ? undefined
    : `${JSON.stringify(copy, null, 2)}\n`;
}

const withoutVersion = (terraform: unknown): unknown =>
  Object.fromEntries(
    Object.entries(terraform as Record<string, unknown>).filter(
      ([key]) => key !== "required_version",
    ),
  );
