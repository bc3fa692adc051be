import { checkKeys, checkSettings, warningsOf } from "../../../modules/rules";
import { withDefaults } from "../../../modules/schema";
import { PROFILES } from "../../../modules/wave/settings/profile-schema";
import { profileTexts } from "../../../modules/wave/settings/profiles";
import {
  isUnder,
  CURRENT_KEYS,
} from "../../../modules/wave/settings/line-keys";
import {
  type SettingsChange,
  currentInput,
  currentSettings,
  exampleInput,
  exampleSettings,
  liteInput,
  liteSettings,
} from "../../support/settings";

const LINES = {
  classic: { input: exampleInput, settings: exampleSettings },
  current: { input: currentInput, settings: currentSettings },
  lite: { input: liteInput, settings: liteSettings },
};

/** Nothing of the example stands in the way of what a profile gives. */
const bare = (profile: (typeof PROFILES)[number]): SettingsChange => ({
  wave: { profile, autoscaling: undefined, rateLimit: undefined },
});

/** 40 jobs of 3600Mi need more nodes for builds than the example has. */
const MORE_BUILD_NODES: SettingsChange = {
  cluster: { nodeGroups: { build: { maxSize: 5 } } },
};

describe.each(Object.entries(LINES))("%s", (line, { input, settings }) => {
  test.each(PROFILES)("profile %s is accepted by every rule", (profile) => {
    const builds = profile === 1000 && line === "current" && MORE_BUILD_NODES;
    const change = { ...bare(profile), ...builds };
    const sized = settings(change);
    expect(checkSettings(sized)).toEqual([]);
    expect(checkKeys(sized, input(change))).toEqual([]);
    // Those of the example without a profile, and no more.
    const usual = warningsOf(settings({ wave: { autoscaling: undefined } }));
    expect(warningsOf(sized).filter((text) => !usual.includes(text))).toEqual(
      [],
    );
  });

  test("without a profile nothing is filled in", () => {
    const document = input();
    expect(withDefaults(document)).toStrictEqual(input());
  });

  test("a profile fills in keys of its own line and mode only", () => {
    const paths = PROFILES.flatMap((profile) => {
      const before = pathsOf(input(bare(profile)));
      return pathsOf(withDefaults(input(bare(profile)))).filter(
        (path) => !before.includes(path),
      );
    });
    expect(paths).toContain("data.redis.nodeType");
    const others = {
      classic: CURRENT_KEYS,
      current: [],
      lite: ["wave.build"],
    }[line];
    expect(paths.filter((path) => isUnder(path, others ?? []))).toEqual([]);
  });
});

const pathsOf = (node: unknown, path = ""): string[] =>
  typeof node === "object" && node !== null
    ? Object.entries(node).flatMap(([key, value]) =>
        pathsOf(value, path === "" ? key : `${path}.${key}`),
      )
    : [path];

test("the build nodes of a thousand users are not the example's, and the rule says how many jobs they hold", () => {
  expect(checkSettings(currentSettings(bare(1000)))).toMatchObject([
    {
      path: "wave.build.maxRunningJobs",
      given: "40 jobs of 3600Mi",
      fix: expect.stringContaining(
        "cluster.nodeGroups.build.maxSize",
      ) as string,
    },
  ]);
});

test("what the file says counts, key by key, whatever it is", () => {
  const { wave, data } = currentSettings({
    wave: {
      profile: 1000,
      memory: "6Gi",
      autoscaling: { maxReplicas: 8 },
      rateLimit: { httpRequest: 50 },
    },
    data: { redis: { replicas: 0 } },
  });
  expect(wave).toMatchObject({
    memory: "6Gi",
    // Of the example.
    autoscaling: { minReplicas: 3, maxReplicas: 8 },
    rateLimit: { httpRequest: 50, pullAuthenticated: "5000/1m" },
  });
  expect(data.redis).toMatchObject({
    nodeType: "cache.m7g.large",
    replicas: 0,
  });
  expect(
    currentSettings({ wave: { profile: 300, rateLimit: false } }).wave,
  ).toHaveProperty("rateLimit", false);
  const nothing = { wave: { profile: 50, version: "1.37.0", memory: null } };
  expect(withDefaults(nothing)).toHaveProperty("wave.memory", null);
});

test("a number of pods that is written stays the number of pods", () => {
  const change: SettingsChange = {
    wave: { profile: 300, autoscaling: undefined, replicas: 4 },
  };
  expect(currentSettings(change).wave).toMatchObject({ replicas: 4 });
  expect(currentSettings(change).wave.autoscaling).toBeUndefined();
});

test("a document of another shape, and no profile, are left to the schema", () => {
  for (const document of [
    null,
    [],
    "text",
    { wave: [] },
    { wave: { profile: 7, version: "1.37.0" } },
    { wave: { profile: "constructor", version: "1.37.0" } },
    { wave: { profile: 50 } },
    { wave: { version: { toString: "text" } } },
    { wave: { profile: { toString: "text" }, version: "1.37.0" } },
  ])
    expect(withDefaults(document)).toEqual(document);
});

test("every default of a profile stands in the reference", () => {
  expect(profileTexts().get("wave.replicas")).toBe(
    "trial: `1`, 50: `2`, 300: `3` (classic), 1000: `5` (classic)",
  );
});
