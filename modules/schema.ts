import { z } from "zod";
import { coreSections } from "./core/settings/schema";
import { waveSections } from "./wave/settings/schema";

// The order is that of the documents and of what an unknown key is answered.
const { charts, ...sections } = coreSections;

/** Shape of one settings file: the sections of the core, and of each platform. */
export const settingsSchema = z.strictObject({
  ...sections,
  data: waveSections.data,
  charts,
  wave: waveSections.wave,
});

/** One environment: the parsed settings file with all defaults filled in. */
export type Settings = z.output<typeof settingsSchema>;

/** The settings file as an operator writes it. */
export type SettingsInput = z.input<typeof settingsSchema>;
