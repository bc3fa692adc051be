import { z } from "zod";
import {
  type ComputeEnvSettings,
  computeEnvSection,
} from "./compute-env/settings/schema";
import { coreSections } from "./core/settings/schema";
import {
  type DeliverySettings,
  deliverySection,
} from "./delivery/settings/schema";
import { type EmgSettings, emgSection } from "./emg/settings/schema";
import { ProblemReport } from "./lib/problem";
import { withProfile } from "./wave/settings/profiles";
import { type WaveSettings, waveSections } from "./wave/settings/schema";

// The order is that of the documents and of what an unknown key is answered.
const { charts, ...sections } = coreSections;

/** Sections of the platforms: an environment has at least one. */
export const PLATFORMS = ["wave", "computeEnv", "delivery", "emg"] as const;

/** Shape of one settings file: the sections of the core, and those of each platform, which may be absent. */
export const settingsSchema = z.strictObject({
  ...sections,
  data: waveSections.data,
  charts,
  wave: waveSections.wave
    .optional()
    .describe(
      "Wave, with the stores in `data`. Absent: nothing of it is made.",
    ),
  computeEnv: computeEnvSection
    .optional()
    .describe(
      "A compute environment of Seqera Platform: namespace, accounts, storage and nodes for Nextflow. Absent: nothing of it is made.",
    ),
  delivery: deliverySection
    .optional()
    .describe(
      "A platform of services, deployed from Git: ingress, certificate, records, Flux, and for each service namespaces, roles and stores. Absent: nothing of it is made.",
    ),
  emg: emgSection
    .optional()
    .describe(
      "Prefect behind a login, with workers outside of the cluster, and the EMG API where it is asked for. Absent: nothing of it is made.",
    ),
});

/**
 * The document of a settings file as `settingsSchema` takes it: what it leaves out is filled in by what it names, which is
 * `wave.profile`. The defaults of the schema come after these.
 */
export const withDefaults = (document: unknown): unknown =>
  withProfile(document);

/** One environment: the parsed settings file with all defaults filled in. */
export type Settings = z.output<typeof settingsSchema>;

/** The settings file as an operator writes it. */
export type SettingsInput = z.input<typeof settingsSchema>;

/** Whether Wave runs in the environment. */
export const hasWave = (
  settings: Settings,
): settings is Settings & WaveSettings => settings.wave !== undefined;

/** Whether pipelines of Seqera Platform run in the environment. */
export const hasComputeEnv = (
  settings: Settings,
): settings is Settings & ComputeEnvSettings =>
  settings.computeEnv !== undefined;

/** Whether services are deployed from Git in the environment. */
export const hasDelivery = (
  settings: Settings,
): settings is Settings & DeliverySettings => settings.delivery !== undefined;

/** Whether Prefect runs in the environment. */
export const hasEmg = (
  settings: Settings,
): settings is Settings & EmgSettings => settings.emg !== undefined;

/**
 * The settings, where nothing can be done without Wave.
 *
 * @throws ProblemReport when the environment has no section wave.
 */
export function requireWave(settings: Settings): Settings & WaveSettings {
  if (hasWave(settings)) return settings;
  throw new ProblemReport("settings", [
    {
      path: "wave",
      given: "nothing: this environment runs no Wave",
      allowed: "an environment with a section wave",
      fix: "choose one by ENVIRONMENT, or add the section",
    },
  ]);
}
