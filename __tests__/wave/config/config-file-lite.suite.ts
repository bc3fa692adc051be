import { currentObjects, keysOf, liteObjects } from "../../support/wave";

const lite = liteObjects().configFile;
const keys = keysOf(lite);

test("Wave Lite has none of the keys of builds, scans, copies and their Jobs", () => {
  for (const key of [
    "wave.build",
    "wave.scan",
    "wave.mirror",
    "wave.cleanup",
    "wave.job-manager",
    "wave.blobCache",
    "wave.registries",
  ])
    expect(keys).not.toContain(key);
});

test("not even with settings that builds have", () => {
  const set = liteObjects({
    wave: {
      publicRepository: "registry.example.com/public",
      images: {
        buildkit: "mirror.example.com/buildkit:1",
        skopeo: "m/skopeo:1",
      },
      build: { arm64: true, cache: "s3://shared/layers" },
    },
  });
  expect(set.configFile).toEqual(lite);
});

test("every other key is that of the current line", () => {
  const current = currentObjects().configFile as Record<string, unknown>;
  const { wave, micronaut, ...rest } = lite as Record<string, object>;
  expect(current).toMatchObject({ wave, ...rest });
  expect(Object.keys(rest)).toEqual([
    "redis",
    "logger",
    "tower",
    "endpoints",
    "rate-limit",
  ]);
  expect(Object.keys(wave ?? {})).toEqual([
    "debug",
    "allowAnonymous",
    "capabilities",
    "server",
    "tokens",
    "db",
  ]);
  expect(micronaut).toEqual({
    ...(current.micronaut as object),
    server: { "idle-timeout": "970s" },
  });
});

test("CFG-R2, CFG-R5, CFG-R9, CFG-24, IAM-09: optional parts that a server without builds has too", () => {
  const jumpRoleArn = "arn:aws:iam::210987654321:role/wave-jump";
  const { configFile } = liteObjects({
    wave: {
      secrets: { quay: "wave/quay.io" },
      rateLimit: {},
      licenseServerUrl: "https://licenses.seqera.io",
      current: { jumpRoleArn, eventLoopThreads: 16 },
    },
  });
  expect(keysOf(configFile)).toEqual(
    expect.arrayContaining([
      "wave.registries.quay.io",
      "rate-limit.pull.anonymous",
      "license.server.url",
      "wave.aws.jump-role-arn",
      "micronaut.netty.event-loops.default.num-threads",
    ]),
  );
});
