import { stringify } from "yaml";
import { jvmOptions } from "../../modules/wave/config/jvm-options";
import { type WaveObjects } from "../../modules/wave/objects/objects";
import { checkSettings } from "../../modules/rules";
import { withRelease } from "../../modules/wave/release/release";
import { dataStack } from "../support/data-stack";
import {
  type SettingsChange,
  currentSettings,
  exampleSettings,
} from "../support/settings";
import { resourcesOf } from "../support/synth";
import {
  containerIn,
  currentObjects,
  named,
  waveObjects,
} from "../support/wave";

/** Mistakes that the published guides of Wave lead to, and that docs/upstream-guide.md says cannot happen here. */

const LINES: [
  string,
  WaveObjects,
  (change?: SettingsChange) => ReturnType<typeof exampleSettings>,
][] = [
  ["classic", waveObjects(), exampleSettings],
  ["current", currentObjects(), currentSettings],
];

/** A key of `config.yml`. */
function keyOf({ configFile }: WaveObjects, path: string): unknown {
  let node: unknown = configFile;
  for (const step of path.split("."))
    node = (node as Record<string, unknown> | undefined)?.[step];
  return node;
}

const BUCKET = "wave-prod-logs-123456789012";

test("scan path unset: the current line has all three paths, in the one bucket that stack data makes", () => {
  const stack = dataStack(currentSettings());
  const buckets = Object.values(resourcesOf(stack, "aws_s3_bucket")).map(
    ({ bucket }) => bucket,
  );
  expect(buckets).toContain(BUCKET);
  const paths = [
    "wave.scan.reports.path",
    "wave.build.logs.path",
    "wave.build.locks.path",
  ];
  const written = paths.map((path) => String(keyOf(currentObjects(), path)));
  for (const path of written)
    expect(path).toMatch(new RegExp(`^s3://${BUCKET}/[a-z-]+$`));
  expect(new Set(written).size).toBe(paths.length);
});

test.each(LINES)(
  "build claim in the wrong namespace, %s: the claim that Wave names is in the namespace in which it starts builds",
  (_line, objects, settings) => {
    const { buildNamespace, namespace } = settings().wave;
    expect(keyOf(objects, "wave.build.k8s.namespace")).toBe(buildNamespace);
    const claim = String(keyOf(objects, "wave.build.k8s.storage.claimName"));
    const places = Object.values(objects.claims)
      .filter(({ metadata }) => metadata.name === claim)
      .map(({ metadata }) => metadata.namespace);
    expect(places).toEqual([buildNamespace]);
    expect(buildNamespace).not.toBe(namespace);
    const account = String(keyOf(objects, "wave.build.k8s.serviceAccount"));
    expect(named(objects.serviceAccounts, account).metadata.namespace).toBe(
      buildNamespace,
    );
  },
);

test("selector noarch missing: Jobs without an architecture run on build nodes; before 1.8 the key stops Wave", () => {
  expect(keyOf(currentObjects(), "wave.build.k8s.nodeSelector")).toMatchObject({
    noarch: "service=wave-build",
  });
  expect(
    keyOf(waveObjects(), "wave.build.k8s.nodeSelector"),
  ).not.toHaveProperty("noarch");
});

test.each(LINES)(
  "bucket never made, %s: every bucket that the configuration names is made by stack data",
  (_line, objects, settings) => {
    const made = Object.values(
      resourcesOf(dataStack(settings()), "aws_s3_bucket"),
    ).map(({ bucket }) => String(bucket));
    const text = stringify(objects.configFile);
    const asked = [...text.matchAll(/(?:s3:\/\/|bucket: )([a-z0-9.-]+)/g)];
    expect(asked.length).toBeGreaterThan(0);
    for (const [, bucket] of asked) expect(made).toContain(bucket);
  },
);

/** `WAVE_JVM_OPTS` replaces the whole list of Wave's own launcher. What is none of memory or traces must be in ours. */
const LAUNCHER = [
  "-XX:+UseG1GC",
  "-Dio.netty.maxDirectMemory=0",
  "-Dio.netty.allocator.type=pooled",
  "-Djdk.httpclient.keepalive.timeout=10",
];

test("JVM options lost: ours hold all that Wave's launcher would set, and those of an operator are checked", () => {
  const { env } = containerIn(currentObjects());
  const options = env.find(({ name }) => name === "WAVE_JVM_OPTS")?.value ?? "";
  expect(options).toContain(jvmOptions(withRelease(currentSettings())));
  for (const option of LAUNCHER) expect(options.split(" ")).toContain(option);
  for (const memory of ["-Xms", "-Xmx", "-XX:MaxDirectMemorySize="])
    expect(options).toContain(memory);
  const lost = checkSettings(
    currentSettings({ wave: { jvmOptions: "-Xmx2g" } }),
  );
  expect(lost.map(({ path }) => path)).toContain("wave.jvmOptions");
});
