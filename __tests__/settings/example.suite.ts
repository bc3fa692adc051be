import { withRelease } from "../../modules/wave/release/release";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { projectFile } from "../../modules/lib/project-file";
import { defaultOf } from "../../modules/settings/describe";
import { pathSteps, valueAt } from "../../modules/settings/path";
import {
  type Key,
  everyKey,
  generatedFiles,
} from "../../modules/settings/reference";
import { profileTexts } from "../../modules/wave/settings/profiles";
import { requireWave, settingsSchema } from "../../modules/schema";
import { checkSettings } from "../../modules/rules";
import { lineKeyProblems } from "../../modules/wave/rules/line-keys";
import {
  CLASSIC_KEYS,
  CURRENT_KEYS,
  isUnder,
} from "../../modules/wave/settings/line-keys";
import {
  quotaMemory,
  quotaMemoryLimit,
  quotaPods,
} from "../../modules/wave/release/build-quota";
import {
  imageRepository,
  serverCpuLimit,
  serverMemory,
} from "../../modules/wave/release/line-defaults";
import { idleTimeoutSeconds } from "../../modules/wave/config/timeouts";

/** The two examples, and which keys each leaves to the other. */
const EXAMPLES = [
  { file: "settings/example.yaml", others: CURRENT_KEYS },
  { file: "settings/example-current.yaml", others: CLASSIC_KEYS },
] as const;

/** Keys of the kinds that one file cannot have besides those it shows. */
const OTHER_KINDS = [
  "backend.organization",
  "backend.project",
  "backend.hostname",
  "computeEnv.launcher.arn",
  "computeEnv.launcher.trust.principalArn",
  ...["bucket", "prefix", "fuse", "server", "path"].map(
    (key) => `computeEnv.storage.${key}`,
  ),
  "computeEnv.nodes.nodeSelector",
  "computeEnv.nodes.tolerations",
  "delivery.ingress.chart",
  ...["certificateArn", "email", "issuer", "chart"].map(
    (key) => `delivery.tls.${key}`,
  ),
  "delivery.dns.chart",
  "delivery.dns.image",
  "delivery.stores.topics.subscriptions.queue",
  "emg.auth.legacyWorkerPath",
  ...["host", "port", "cidrs", "masterSecret"].map(
    (key) => `emg.database.${key}`,
  ),
];

/** Keys of `dns` that only Wave reads. */
const DNS_OF_WAVE = [
  "certificateDomains",
  "certificateArn",
  "existingAlias",
].map((key) => `dns.${key}`);

/** The document with every key that is commented out taken in: `#key: value`, also in commented sections. */
const everythingOf = (text: string): unknown =>
  parse(text.replace(/^( *)#((?: {2})*[A-Za-z]\w*:)/gm, "$1$2"), {
    uniqueKeys: true,
  });

/** Every key that an example shows, less those of `others`. */
const keysOf = (others: readonly string[]): Key[] =>
  everyKey(settingsSchema).filter(
    ({ path, onlyWith }) =>
      // settings/example-existing.yaml shows them.
      (onlyWith === undefined || !/^(network|cluster)\./.test(path)) &&
      !isUnder(path, others) &&
      !isUnder(path.replaceAll("[]", ""), OTHER_KINDS) &&
      !SHOWN_ONCE.includes(path),
  );

const pathsMissing = (keys: readonly Key[], document: unknown): string[] =>
  keys
    .map(({ path }) => path)
    .filter((path) => at(document, path) === undefined);

/** Groups that copy the shape of `build`: the examples show what differs there. */
const SHOWN_ONCE = ["buildArm64", "*"].flatMap((group) =>
  [
    "instanceTypes",
    "amiType",
    "diskGiB",
    "releaseVersion",
    "volumeKmsKeyArn",
    "maxUserNamespaces",
  ].map((key) => `cluster.nodeGroups.${group}.${key}`),
);

/** `access.admins[].policy` → of the first entry that has it; `*` is the group that the examples name batch. */
const at = (document: unknown, path: string): unknown => {
  const [list = "", ...below] = path.replace("*", "batch").split("[].");
  const found = valueAt(document, pathSteps(list));
  if (below.length === 0) return found;
  return (Array.isArray(found) ? found : [])
    .map((entry: unknown) => at(entry, below.join("[].")))
    .find((value) => value !== undefined);
};

/** Keys that a comment shows with another value than their default. */
const otherDefaults = (
  keys: readonly Key[],
  written: unknown,
  everything: unknown,
): string[] =>
  keys
    .filter(
      ({ path, schema }) =>
        defaultOf(schema) !== undefined &&
        at(written, path) === undefined &&
        JSON.stringify(at(everything, path)) !==
          JSON.stringify(defaultOf(schema)),
    )
    .map(({ path }) => path);

describe.each(EXAMPLES)("$file", ({ file, others }) => {
  const text = readFileSync(projectFile(file), "utf8");
  const written: unknown = parse(text);
  const settings = requireWave(settingsSchema.parse(written));
  const everything = everythingOf(text);
  const keys = keysOf([...others, "computeEnv", "delivery", "emg"]);

  test("is right as it stands", () => {
    expect(checkSettings(settings)).toEqual([]);
    expect(lineKeyProblems(settings, written)).toEqual([]);
  });

  test("has the right shape with every comment taken in", () => {
    expect(settingsSchema.safeParse(everything).error?.issues ?? []).toEqual(
      [],
    );
  });

  test("shows every key of its line, and none of the other", () => {
    expect(pathsMissing(keys, everything)).toEqual([]);
    expect(others.filter((path) => at(everything, path) !== undefined)).toEqual(
      [],
    );
  });

  test("shows the defaults in its comments: of the schema, or of its line", () => {
    const ofLine: Readonly<Record<string, unknown>> = {
      "data.redis.auth": settings.data.redis.auth,
      "wave.memory": serverMemory(settings),
      "wave.cpuLimit": serverCpuLimit(settings),
      "wave.image.repository": imageRepository(settings),
      "wave.build.quota.pods": quotaPods(settings),
      "wave.build.quota.requestsMemory": quotaMemory(settings),
      "wave.build.quota.limitsMemory": quotaMemoryLimit(settings),
      "wave.ingress.idleTimeoutSeconds": idleTimeoutSeconds(
        withRelease(settings),
      ),
    };
    const wrong = keys.filter(({ path, schema }) => {
      const value = ofLine[path] ?? defaultOf(schema);
      return (
        value !== undefined &&
        at(written, path) === undefined &&
        JSON.stringify(at(everything, path)) !== JSON.stringify(value)
      );
    });
    // Nodes for arm64 show what differs from the default.
    expect(
      wrong
        .map(({ path }) => path)
        .filter((path) => !path.startsWith("cluster.nodeGroups.buildArm64.")),
    ).toEqual([]);
  });

  test("names the schema for editors in its first line", () => {
    expect(text.split("\n")[0]).toBe(
      "# yaml-language-server: $schema=settings.schema.json",
    );
  });
});

describe.each([
  {
    file: "settings/example-platforms.yaml",
    platform: "computeEnv",
    others: ["delivery", "emg", "dns"],
  },
  {
    file: "settings/example-delivery.yaml",
    platform: "delivery",
    others: ["computeEnv", "emg", ...DNS_OF_WAVE],
  },
  {
    file: "settings/example-emg.yaml",
    platform: "emg",
    others: ["computeEnv", "delivery", ...DNS_OF_WAVE],
  },
] as const)("$file", ({ file, platform, others }) => {
  const text = readFileSync(projectFile(file), "utf8");
  const written: unknown = parse(text);
  const everything = everythingOf(text);
  const keys = keysOf([
    "wave",
    "data",
    "cluster.nodeGroups.build",
    "cluster.nodeGroups.buildArm64",
    ...others,
  ]);

  test("is right as it stands, and with every comment taken in", () => {
    const settings = settingsSchema.parse(written);
    expect(settings[platform]).toBeDefined();
    expect(checkSettings(settings)).toEqual([]);
    expect(settingsSchema.safeParse(everything).error?.issues).toBeUndefined();
  });

  test("shows every key of the platforms and of what they stand on", () => {
    expect(pathsMissing(keys, everything)).toEqual([]);
    // Keys of other kinds stand in a line of their kind.
    for (const path of OTHER_KINDS.filter((key) =>
      key.startsWith(`${platform}.`),
    ))
      expect(text).toMatch(new RegExp(`#.*\\b${path.replace(/^.*\./, "")}: `));
  });

  test("shows the defaults in its comments", () => {
    expect(otherDefaults(keys, written, everything)).toEqual([]);
  });
});

describe("settings/example-existing.yaml", () => {
  const text = readFileSync(
    projectFile("settings/example-existing.yaml"),
    "utf8",
  );
  const written: unknown = parse(text);
  const everything = everythingOf(text);
  const keys = everyKey(settingsSchema).filter(
    ({ path, onlyWith }) =>
      onlyWith === "kind: existing" &&
      /^(network|cluster)\.(?!nodeGroups)/.test(path),
  );

  test("is right as it stands", () => {
    const settings = requireWave(settingsSchema.parse(written));
    expect(checkSettings(settings)).toEqual([]);
    expect(lineKeyProblems(settings, written)).toEqual([]);
  });

  test("has the right shape with every comment taken in", () => {
    expect(settingsSchema.safeParse(everything).error?.issues).toBeUndefined();
  });

  test("shows every key of a VPC and a cluster that exist", () => {
    expect(keys.map(({ path }) => path)).toContain("cluster.name");
    expect(pathsMissing(keys, everything)).toEqual([]);
  });

  test("shows the defaults in its comments", () => {
    expect(otherDefaults(keys, written, everything)).toEqual([]);
  });
});

describe("generated files", () => {
  const generated = generatedFiles(settingsSchema, profileTexts());

  test.each(Object.entries(generated))(
    "%s is fresh (npm run generate)",
    (path, fresh) => {
      expect(readFileSync(projectFile(path), "utf8")).toBe(fresh);
    },
  );

  test("the reference has every key with its meaning", () => {
    const told = (generated["docs/settings.md"] ?? "")
      .split("\n")
      .map((line) => line.split(" | "))
      .filter((cells) => cells.length === 4 && /\w/.test(cells[3] ?? ""))
      .map(([key]) => key);
    expect(told).toEqual(
      expect.arrayContaining(
        everyKey(settingsSchema).map(({ path }) => `| \`${path}\``),
      ),
    );
  });
});
