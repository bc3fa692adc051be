import { z } from "zod";
import { type Schema, bare, keysOf, optionFor, othersOf } from "./describe";

/** Thrown when a rule reads a part of the settings that has the wrong shape. */
export class UnreadableSetting extends Error {}

/**
 * The settings as far as they can be read: all defaults filled in, and every part of the wrong shape throws
 * `UnreadableSetting` when it is touched. So the rules over the sound parts can be reported together with the
 * problems of shape.
 */
export function readableSettings<T extends z.ZodObject>(
  schema: T,
  input: unknown,
): z.output<T> {
  return readable(schema, isMap(input) ? input : {}) as z.output<T>;
}

function readable(schema: Schema, value: unknown): unknown {
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  // A section that is present, or that stands with its defaults when it is absent.
  const option = optionFor(schema, value);
  const shape = bare(option)._zod.def.type === "object" && keysOf(option);
  if (shape === false || shape === undefined || !isMap(value))
    throw new UnreadableSetting();

  const section = {};
  for (const [key, child] of childrenOf(option, shape, value)) {
    Object.defineProperty(section, key, {
      enumerable: true,
      get: once(() => readable(child, value[key])),
    });
  }
  return section;
}

/** The keys of a section: those of its schema, and in one that takes any name those that are given too. */
function childrenOf(
  schema: Schema,
  shape: Readonly<Record<string, Schema>>,
  value: Readonly<Record<string, unknown>>,
): [string, Schema][] {
  const others = othersOf(schema);
  const names = others === undefined ? [] : Object.keys(value);
  return [
    ...Object.entries(shape),
    ...names
      .filter((name) => !Object.hasOwn(shape, name))
      .map((name): [string, Schema] => [name, others as Schema]),
  ];
}

/** A hundred rules read the same parts. */
function once(read: () => unknown): () => unknown {
  let known: { value: unknown } | undefined;
  return () => (known ??= { value: read() }).value;
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
