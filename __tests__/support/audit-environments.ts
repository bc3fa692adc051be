import { environment } from "../../tools/audit/synthesized";
import {
  currentSettings,
  exampleSettings,
  liteSettings,
  platformsSettings,
} from "./settings";

// Synthesized once for all suites of an entry.
export const classic = environment("settings/example.yaml", exampleSettings());
export const current = environment(
  "settings/example-current.yaml",
  currentSettings(),
);
export const platforms = environment(
  "settings/example-platforms.yaml",
  platformsSettings(),
);
export const lite = environment("lite", liteSettings());
export const ofWave = [classic, current, lite];
export const environments = [...ofWave, platforms];
