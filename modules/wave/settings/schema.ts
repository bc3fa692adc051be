import { type z } from "zod";
import { type CoreSettings } from "../../core/settings/schema";
import { dataSchema } from "./data-schema";
import { waveSchema } from "./wave-schema";

/** Sections of a settings file that belong to Wave: itself, and its stores. */
export const waveSections = { data: dataSchema, wave: waveSchema };

/** Settings of an environment with Wave: the sections that every environment has, and Wave's own. */
export type WaveSettings = CoreSettings & {
  readonly data: z.output<typeof dataSchema>;
  readonly wave: z.output<typeof waveSchema>;
};
