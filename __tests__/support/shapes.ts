import { type Settings } from "../../modules/schema";
import { type WaveSettings } from "../../modules/wave/settings/schema";
import {
  currentSettings,
  deliverySettings,
  emgSettings,
  exampleSettings,
  existingExampleSettings,
  liteSettings,
  platformsSettings,
} from "./settings";

/** The shapes an environment with Wave can have, by the name of their folder in `__tests__/golden`. */
export const SHAPES: Readonly<Record<string, () => WaveSettings>> = {
  example: exampleSettings,
  "example-current": currentSettings,
  "example-lite": liteSettings,
  "example-existing": existingExampleSettings,
};

/** Those, and environments with one other platform alone. */
export const ALL_SHAPES: Readonly<Record<string, () => Settings>> = {
  ...SHAPES,
  "example-platforms": platformsSettings,
  "example-delivery": deliverySettings,
  "example-emg": emgSettings,
};
