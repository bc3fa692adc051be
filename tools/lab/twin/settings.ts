import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { type EmgSettings } from "../../../modules/emg/settings/schema";
import { projectFile } from "../../../modules/lib/project-file";
import {
  type Settings,
  type SettingsInput,
  settingsSchema,
  withDefaults,
} from "../../../modules/schema";

export type TwinSettings = Settings & EmgSettings;

type Auth = NonNullable<SettingsInput["emg"]>["auth"];

/**
 * The example of the platform, with another way to log in.
 * @param auth Takes the place of `emg.auth`. @default the example's
 */
export function twinSettings(auth?: (example: Auth) => Auth): TwinSettings {
  const file = projectFile("settings", "example-emg.yaml");
  const input = parse(readFileSync(file, "utf8")) as SettingsInput;
  const { emg } = input;
  if (!emg) throw new Error(`${file} has no section emg.`);
  const changed = auth ? { ...emg, auth: auth(emg.auth) } : emg;
  return settingsSchema.parse(
    withDefaults({ ...input, emg: changed }),
  ) as TwinSettings;
}
