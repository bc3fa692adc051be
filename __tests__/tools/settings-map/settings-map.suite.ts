import { readFileSync } from "node:fs";
import { projectFile } from "../../../modules/lib/project-file";
import { type Settings } from "../../../modules/schema";
import {
  MAP_FILE,
  keysOf,
  readMap,
  settingNote,
} from "../../../tools/settings-map/settings-map";
import {
  blocksOf,
  settingsMap,
  soundSettings,
  textOfMap,
} from "../../../tools/settings-map/map";
import { DEEP, PATIENCE } from "../../support/deep";
import { currentSettings, emgSettings } from "../../support/settings";
import { mapInputs } from "../../support/settings-map";

const map = readMap();
const current = currentSettings();

test.each([
  ["data/redis/replication-group/Default", "data.redis.nodeType"],
  [
    "network/nodes/build/launch-template/Default",
    "cluster.nodeGroups.build.diskGiB",
  ],
  ["workloads/wave-cfg", "wave.logLevel"],
  ["network/vpc/internet-gateway", "network.internet"],
  ["network/vpc/Default", "network.kind"],
  ["data/buckets/logs/Default", "wave.mode"],
  ["network/api-access/from-10-0-0-0-8", "cluster.endpoint.privateCidrs"],
])("%s is changed by %s", (path, key) => {
  expect(map.resources[path]).toContain(key);
});

test("a setting of Wave changes nothing of the VPC", () => {
  expect(map.resources["network/vpc/Default"]).toEqual(
    expect.not.arrayContaining(["wave.logLevel"]),
  );
});

test("the map has all resources of the settings that are flipped, and no others: npm run settings-map", () => {
  const paths = mapInputs().documents.flatMap((document) => [
    ...blocksOf(soundSettings(document)).keys(),
  ]);
  expect(Object.keys(map.resources)).toEqual([...new Set(paths)].sort());
});

test("says which keys change a resource, that none does, and nothing of one that it does not know", () => {
  const resources = { vpc: ["emg", "emg.api", "wave.mode"], role: [] };
  const said = (path: string, settings: Settings) =>
    keysOf({ ...map, resources }, path, settings);
  expect(said("vpc", current)).toEqual(["emg", "wave.mode"]);
  expect(said("vpc", emgSettings())).toEqual(["emg", "emg.api"]);
  expect(said("role", current)).toEqual([
    "none: the same whatever was flipped",
  ]);
  expect(said("other", current)).toEqual([]);
});

test("the table says what was not flipped", () => {
  expect(settingNote(map)).toContain(`${map.notFlipped.length} keys`);
  expect(map.notFlipped).toContain("wave.build.arm64");
  for (const name of map.leftOut) expect(settingNote(map)).toContain(name);
});

(DEEP ? test : test.skip)(
  "the map is that of the settings: npm run settings-map",
  () => {
    expect(textOfMap(settingsMap(mapInputs()))).toBe(
      readFileSync(projectFile(MAP_FILE), "utf8"),
    );
  },
  PATIENCE,
);
