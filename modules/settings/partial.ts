import { z } from "zod";
import { type Schema, bare, keysOf } from "./describe";
import { type Settings, settingsSchema } from "../schema";

/** Thrown when a rule reads a part of the settings that has the wrong shape. */
export class UnreadableSetting extends Error {}

/**
 * The settings as far as they can be read: all defaults filled in, and every part of the wrong shape throws
 * `UnreadableSetting` when it is touched. So the rules over the sound parts can be reported together with the
 * problems of shape.
 */
export function readableSettings(input: unknown): Settings {
  return readable(settingsSchema, isMap(input) ? input : {}) as Settings;
}

function readable(schema: Schema, value: unknown): unknown {
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  // A section that is present, or that stands with its defaults when it is absent.
  const shape = bare(schema)._zod.def.type === "object" && keysOf(schema);
  if (shape === false || shape === undefined || !isMap(value))
    throw new UnreadableSetting();

  const section = {};
  for (const [key, child] of Object.entries(shape)) {
    Object.defineProperty(section, key, {
      enumerable: true,
      get: once(() => readable(child, value[key])),
    });
  }
  return section;
}

/** A hundred rules read the same parts. */
function once(read: () => unknown): () => unknown {
  let known: { value: unknown } | undefined;
  return () => (known ??= { value: read() }).value;
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
