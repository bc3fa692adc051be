import { readFileSync } from "node:fs";
import { projectFile } from "../../modules/lib/project-file";
import { type Settings } from "../../modules/schema";

/** By `npm run settings-map`. */
export const MAP_FILE = "tools/settings-map/settings-map.json";

/** Which settings change which resources, found by flipping each key of some settings. */
export interface SettingsMap {
  /** Not flipped, for they change nearly everything. */
  readonly leftOut: readonly string[];
  /** Flips that were synthesized. */
  readonly flips: number;
  /** Keys of which the rules accepted no other value that was tried, in any of the settings. */
  readonly notFlipped: readonly string[];
  /** Sorted keys by the construct path of a resource: none where no flip changes it. */
  readonly resources: Readonly<Record<string, readonly string[]>>;
}

/** As it was written last. */
export const readMap = (): SettingsMap =>
  JSON.parse(readFileSync(projectFile(MAP_FILE), "utf8")) as SettingsMap;

/** What the column Setting says. */
export const settingNote = ({ leftOut, flips, notFlipped }: SettingsMap) =>
  `Setting: keys that change or take away the resource, found by ${flips} flips of single keys of the examples; not ${leftOut.join(", ")}, which change nearly everything, and ${notFlipped.length} keys that the rules keep as they are (${MAP_FILE}).`;

/** Keys of sections that the settings have, and sections; a sentence where no flip changes the resource, nothing for one that was in none of the examples. */
export function keysOf(
  { resources }: SettingsMap,
  path: string,
  settings: Settings,
): readonly string[] {
  const keys = resources[path];
  return keys?.length === 0
    ? ["none: the same whatever was flipped"]
    : (keys ?? []).filter(
        (key) => !key.includes(".") || (key.split(".")[0] ?? "") in settings,
      );
}
