import { ProblemReport } from "../../../modules/lib/problem";
import { checkSettings } from "../../../modules/rules";
import {
  type Settings,
  settingsSchema,
  withDefaults,
} from "../../../modules/schema";
import { readSettingsFile } from "../../../modules/settings/file";
import { PROFILES } from "../../../modules/wave/settings/profile-schema";
import { type OpenedSettings } from "../target";

/** Settings as they would be, and what of them would be refused. */
export interface WithProfile {
  readonly settings: Settings;
  /** Sentences about what the settings file would have to say too. */
  readonly notes: readonly string[];
}

/**
 * An environment as it would be with another `wave.profile`: what its file says stays.
 *
 * @throws ProblemReport: no such profile, or no Wave.
 */
export function withProfileOf(
  {
    file,
    source,
    settings,
  }: Pick<OpenedSettings, "file" | "source" | "settings">,
  name: string,
): WithProfile {
  const profile = PROFILES.find((one) => `${one}` === name);
  if (profile === undefined)
    throw new ProblemReport("this command", [
      {
        path: "--profile",
        given: `"${name}"`,
        allowed: PROFILES.join(", "),
        fix: "choose one of these",
      },
    ]);
  if (settings.wave === undefined)
    throw new ProblemReport(source, [
      {
        path: "--profile",
        given: `"${name}", and no section wave`,
        allowed: "an environment with Wave: profiles are sizes of it",
        fix: "leave out --profile",
      },
    ]);
  const document = readSettingsFile(file, source).value as {
    readonly wave: object;
  };
  const changed = settingsSchema.parse(
    withDefaults({ ...document, wave: { ...document.wave, profile } }),
  );
  return {
    settings: changed,
    notes: checkSettings(changed).map(
      ({ path, given, allowed }) =>
        `With this profile ${path} would be refused: given ${given}, allowed ${allowed}.`,
    ),
  };
}
