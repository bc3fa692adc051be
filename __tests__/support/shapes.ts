import { type WaveSettings as Settings } from "../../modules/wave/settings/schema";
import { currentSettings, exampleSettings, liteSettings } from "./settings";

/** The three shapes an environment can have, by the name of their folder in `__tests__/golden`. */
export const SHAPES: Readonly<Record<string, () => Settings>> = {
  example: exampleSettings,
  "example-current": currentSettings,
  "example-lite": liteSettings,
};
