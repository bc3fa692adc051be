import { type Document } from "../../lib/template";
import { type WaveEnvironment } from "../release/release";
import { configBase } from "./config-base";
import { optionalSections } from "./config-sections";
import { type WaveInputs } from "../objects/objects";

/** Wave's `config.yml`: the file of the line, filled, with the sections the settings ask for (CFG). */
export function configFile(
  settings: WaveEnvironment,
  inputs: Pick<WaveInputs, "data" | "identity">,
): Document {
  return optionalSections(settings, inputs).reduce(
    merge,
    configBase(settings, inputs.data),
  );
}

/** The two documents as one; a key of `addition` wins. */
function merge(base: Document, addition: Document): Document {
  if (!isMap(base) || !isMap(addition)) return addition;
  const result = { ...base };
  for (const [key, value] of Object.entries(addition)) {
    const there = result[key];
    result[key] = there === undefined ? value : merge(there, value);
  }
  return result;
}

const isMap = (node: Document): node is Record<string, Document> =>
  typeof node === "object" && node !== null && !Array.isArray(node);
