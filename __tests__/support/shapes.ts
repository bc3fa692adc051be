import { type WaveSettings as Settings } from "../../modules/wave/settings/schema";
import {
  currentSettings,
  exampleSettings,
  existingExampleSettings,
  liteSettings,
} from "./settings";

/** The shapes an environment can have, by the name of their folder in `__tests__/golden`. */
export const SHAPES: Readonly<Record<string, () => Settings>> = {
  example: exampleSettings,
  "example-current": currentSettings,
  "example-lite": liteSettings,
  "example-existing": existingExampleSettings,
};
