import { type EmgSettings } from "../../../../../modules/emg/settings/schema";
import {
  hasEmg,
  settingsSchema,
  withDefaults,
} from "../../../../../modules/schema";
import { type Patch, labSettings } from "../../../../../tools/lab/settings";

/** Settings of the line `emg`, with a change. */
export function emgLine(patch: Patch = {}): EmgSettings {
  const settings = settingsSchema.parse(
    withDefaults(labSettings("emg", { retain: false, patch })),
  );
  if (hasEmg(settings)) return settings;
  throw new Error("The change has taken emg away.");
}
