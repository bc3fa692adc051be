import { platformClashes } from "../../modules/core/rules/collisions";
import { coreRules, coreWarnings } from "../../modules/core/rules/all";
import { type PlatformFacts } from "../../modules/core/facts";
import { factsOf } from "../../modules/facts";
import { loadSettings } from "../../modules/load";
import { checkKeys, checkSettings, warningsOf } from "../../modules/rules";
import {
  PLATFORMS,
  hasWave,
  requireWave,
  settingsSchema,
} from "../../modules/schema";
import { runAll } from "../../modules/settings/rule";
import {
  currentInput,
  exampleInput,
  platformsInput,
} from "../support/settings";
import {
  fileOf,
  problemsOf,
  reportOnFiles,
  withSettingsFiles,
} from "../support/settings-files";

const withoutWave = exampleInput({ wave: undefined });

describe("an environment without Wave", () => {
  const settings = settingsSchema.parse(withoutWave);

  test("has the right shape", () => {
    expect(hasWave(settings)).toBe(false);
    expect(factsOf(settings)).toEqual([]);
  });

  test("no rule of the core reads what is Wave's", () => {
    // Throws when one does: without the section there is nothing to read.
    expect(runAll(coreRules, settings)).toEqual([]);
    expect(() => runAll(coreWarnings, settings)).not.toThrow();
    expect(checkSettings(settings)).toEqual([]);
    expect(warningsOf(settings)).toEqual(runAll(coreWarnings, settings));
  });

  test("rules of the core find the same as with Wave", () => {
    const change = {
      network: { zones: ["a"] },
      cluster: { version: "1.30" },
      tags: { Name: "x" },
    };
    const all = [
      exampleInput(change),
      exampleInput({ ...change, wave: undefined }),
    ];
    const [beside, without] = all.map((input) =>
      checkSettings(settingsSchema.parse(input)).map(({ path }) => path),
    );
    expect(without).toEqual(["network.zones", "cluster.version", "tags.Name"]);
    expect(beside).toEqual(without);
  });

  test("is refused, because nothing would run: with a report that names what can be there", () => {
    const { problems } = reportOnFiles({
      "prod.yaml": fileOf({ wave: undefined }),
    });
    expect(problems).toEqual([
      {
        path: "(the whole file)",
        given: "no platform: nothing would run in the cluster",
        allowed: `at least one of the sections: ${PLATFORMS.join(", ")}`,
        fix: "add one; settings/example.yaml shows the section wave",
      },
    ]);
  });

  test("stores of Wave without Wave are refused: the section would do nothing", () => {
    const problems = problemsOf({
      wave: undefined,
      data: { redis: { nodeType: "cache.t3.small" } },
    });
    expect(problems.map(({ path }) => path)).toEqual([
      "(the whole file)",
      "data",
    ]);
    expect(problems[1]?.allowed).toBe("only beside the section wave");
  });

  test("stores beside Wave are fine", () => {
    const input = currentInput({ data: { redis: { authVersion: 2 } } });
    expect(checkKeys(settingsSchema.parse(input), input)).toEqual([]);
  });

  test.each([
    ["empty", null],
    ["of another type", "full"],
    ["a list", []],
  ])(
    "a section wave that is %s is a wrong shape, not an absent platform",
    (_, wave) => {
      const problems = problemsOf({ wave });
      expect(problems.map(({ path }) => path)).toEqual(["wave"]);
    },
  );

  test("what needs Wave reports its absence", () => {
    expect(() => requireWave(settings)).toThrow(
      /this environment runs no Wave/,
    );
    const whole = settingsSchema.parse(exampleInput());
    expect(requireWave(whole)).toBe(whole);
  });
});

describe("an environment with a compute environment alone", () => {
  const settings = settingsSchema.parse(platformsInput());

  test("reports its namespaces and needs, and no host", () => {
    expect(factsOf(settings)).toEqual([
      expect.objectContaining({
        platform: "computeEnv",
        hosts: [],
        namespaces: [{ path: "computeEnv.namespace", name: "tower-nf" }],
        needs: expect.objectContaining({ efs: true, waf: false }) as unknown,
      }),
    ]);
  });

  test("no rule finds or reads what is Wave's", () => {
    expect(runAll(coreRules, settings)).toEqual([]);
    expect(checkSettings(settings)).toEqual([]);
    expect(checkKeys(settings, platformsInput())).toEqual([]);
    expect(() => warningsOf(settings)).not.toThrow();
  });

  test("needs the EFS driver for its own file system only", () => {
    const needs = (storage: object) =>
      factsOf(
        settingsSchema.parse(platformsInput({ computeEnv: { storage } })),
      ).map((facts) => [facts.needs.efs, facts.needs.services.includes("sts")]);
    expect(needs({ kind: "efs" })).toEqual([[true, false]]);
    expect(needs({ kind: "claim", claimName: "a" })).toEqual([[false, false]]);
    expect(needs({ kind: "fusion" })).toEqual([[false, true]]);
  });
});

describe("a neighbour without Wave", () => {
  const chosen = { ENVIRONMENT: "prod" };

  test("takes part in the check for collisions", () => {
    const { problems } = reportOnFiles(
      {
        "prod.yaml": fileOf(),
        "dev.yaml": fileOf({
          wave: undefined,
          network: { cidr: "10.60.0.0/16" },
        }),
      },
      chosen,
    );
    expect(problems.map(({ path, given }) => [path, given])).toEqual([
      ["environment", expect.stringContaining("wave-prod in eu-central-1")],
      ["backend", expect.stringContaining("dev.yaml too")],
    ]);
  });

  test("is fine when it shares nothing", () => {
    withSettingsFiles(
      {
        "prod.yaml": fileOf(),
        "dev.yaml": fileOf({ wave: undefined, environment: "dev" }),
      },
      (folder) => {
        const { notices } = loadSettings({ SETTINGS_DIR: folder, ...chosen });
        expect(notices.join()).not.toContain("collisions");
      },
    );
  });
});

describe("two platforms of one environment", () => {
  const platform = (
    name: string,
    claims: Partial<PlatformFacts> = {},
  ): PlatformFacts => ({
    platform: name,
    hosts: [{ path: `${name}.hostname`, name: `${name}.example.com` }],
    namespaces: [{ path: `${name}.namespace`, name }],
    records: [],
    operatorSecrets: [],
    exclusives: [],
    needs: { efs: false, waf: false, scaledNodes: false, services: [] },
    ...claims,
  });

  test("may stand beside each other", () => {
    expect(platformClashes([platform("wave"), platform("other")])).toEqual([]);
  });

  test("one namespace is reported at the later platform", () => {
    const namespaces = [
      { path: "other.namespace", name: "other" },
      { path: "other.jobNamespace", name: "wave" },
    ];
    expect(
      platformClashes([platform("wave"), platform("other", { namespaces })]),
    ).toEqual([
      {
        path: "other.jobNamespace",
        given: '"wave", the namespace of wave.namespace too',
        allowed: "a namespace that no other platform has",
        fix: "choose another one for one of the two",
      },
    ]);
  });

  test("so is one host name, among three platforms too", () => {
    const hosts = [{ path: "third.hostname", name: "wave.example.com" }];
    const problems = platformClashes([
      platform("wave"),
      platform("other"),
      platform("third", { hosts }),
    ]);
    expect(problems.map(({ path, given }) => [path, given])).toEqual([
      [
        "third.hostname",
        '"wave.example.com", the host name of wave.hostname too',
      ],
    ]);
  });
});
