/**
 * Writes tools/settings-map/settings-map.json, which setting changes which resource, by a synth of the examples for each key: minutes.
 *   npm run settings-map
 */
import "./no-token-traces.cjs";
import { writeFileSync } from "node:fs";
import { mapInputs } from "../__tests__/support/settings-map";
import { projectFile } from "../modules/lib/project-file";
import { MAP_FILE } from "../tools/settings-map/settings-map";
import { settingsMap, textOfMap } from "../tools/settings-map/map";

const map = settingsMap(mapInputs());
writeFileSync(projectFile(MAP_FILE), textOfMap(map));
console.log(
  `${MAP_FILE}: ${map.flips} flips, ${map.notFlipped.length} keys not flipped, ${Object.keys(map.resources).length} resources, ${Math.round(process.cpuUsage().user / 1e6)} s of CPU`,
);
