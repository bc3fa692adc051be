import { readableText } from "../../../modules/lib/terraform-text";
import { type Graph, type Subject } from "../graph";
import { literalOf } from "../permissions/literals";

/**
 * A value for readers: what the JSON says, with construct paths in the place of what only AWS knows; an expression that is
 * not known as `<expression>`.
 */
export function shown(graph: Graph, stack: string, value: unknown): string {
  try {
    return String(literalOf(graph, stack, value));
  } catch {
    return readableText(String(value));
  }
}

/** A text or number as a text; `otherwise` for anything else, such as what is not set. */
export const textOf = (value: unknown, otherwise = ""): string =>
  typeof value === "string"
    ? value
    : typeof value === "number"
      ? String(value)
      : otherwise;

/** A resource for readers: `redis/replication-group (aws_elasticache_replication_group)`. */
export const showSubject = ({ path, type }: Subject): string =>
  `${path.replace(/^[^/]+\//, "").replace(/\/Default$/, "")} (${type})`;
