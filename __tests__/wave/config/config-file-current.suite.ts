import { waveInputs } from "../../support/wave-inputs";
import { type SettingsChange, currentSettings } from "../../support/settings";
import { currentObjects, keysOf } from "../../support/wave";

const { data } = waveInputs(currentSettings());
const configFile = (change: SettingsChange = {}) =>
  currentObjects(change).configFile;
const example = configFile();

test("CFG-01, CFG-02, CFG-03, CFG-04: no debugging, the public address, tokens of 36 hours, and both keys that close Wave to strangers", () => {
  expect(example).toMatchObject({
    wave: {
      debug: false,
      allowAnonymous: false,
      capabilities: { "anonymous-access": false },
      server: { url: "https://wave.example.com" },
      tokens: { cache: { duration: "36h" } },
    },
  });
  expect(configFile({ wave: { allowAnonymous: true } })).toMatchObject({
    wave: { allowAnonymous: true, capabilities: { "anonymous-access": true } },
  });
});

test("CFG-05, CFG-08, CFG-10, CFG-13, CFG-15, CFG-R3, CFG-R4: the build section, all of it", () => {
  expect(example).toHaveProperty("wave.build", {
    enabled: true,
    timeout: "15m",
    "trusted-timeout": "25m",
    workspace: "/efs/wave/build",
    repo: data.buildRepositoryUrl,
    cache: data.cacheRepositoryUrl,
    logs: { path: `s3://${data.logsBucket}/build-logs` },
    locks: { path: `s3://${data.logsBucket}/build-locks` },
    k8s: {
      namespace: "wave-build",
      serviceAccount: "wave-build-sa",
      storage: { mountPath: "/efs/wave", claimName: "wave-build-fs" },
      nodeSelector: {
        "linux/amd64": "service=wave-build",
        noarch: "service=wave-build",
      },
      resources: {
        requests: { cpu: "500m", memory: "3600Mi" },
        limits: { memory: "3600Mi" },
      },
    },
  });
});

test("CFG-05, CFG-06, CFG-14, CFG-18: Jobs follow the settings, and their limits follow their requests", () => {
  const file = configFile({
    wave: {
      buildNamespace: "jobs",
      build: {
        timeout: "20m",
        trustedTimeout: "1h",
        mountPath: "/shared",
        workspace: "/shared/build",
        requestMemory: "8Gi",
      },
      scan: { requestMemory: "3Gi", severity: "CRITICAL", enabled: false },
      mirror: { requestMemory: "2Gi" },
    },
  });
  const both = (memory: string) => ({
    k8s: {
      resources: { requests: { memory }, limits: { memory } },
    },
  });
  expect(file).toMatchObject({
    wave: {
      build: {
        timeout: "20m",
        "trusted-timeout": "1h",
        workspace: "/shared/build",
        k8s: { namespace: "jobs", storage: { mountPath: "/shared" } },
      },
      scan: { severity: "CRITICAL", enabled: false },
    },
  });
  expect(file).toMatchObject({
    wave: { build: both("8Gi"), scan: both("3Gi"), mirror: both("2Gi") },
  });
});

test("CFG-16, CFG-17: scans, and where their reports go", () => {
  expect(example).toHaveProperty("wave.scan", {
    enabled: true,
    severity: "MEDIUM,HIGH,CRITICAL",
    reports: { path: `s3://${data.logsBucket}/scan-reports` },
    k8s: {
      resources: {
        requests: { memory: "2000Mi" },
        limits: { memory: "2000Mi" },
      },
    },
  });
});

test("CFG-R4, CFG-07, CFG-R7: copies on, blob cache off, old Jobs removed, as many Jobs as set", () => {
  expect(example).toMatchObject({
    wave: {
      mirror: { enabled: true },
      blobCache: { enabled: false },
      cleanup: { strategy: "onsuccess" },
      "job-manager": { "max-running-jobs": 20 },
    },
  });
  const build = { maxRunningJobs: 3 };
  expect(configFile({ wave: { build } })).toHaveProperty(
    ["wave", "job-manager", "max-running-jobs"],
    3,
  );
});

test("CFG-19, CFG-20: addresses of Redis and PostgreSQL over TLS, and no password in either", () => {
  expect(example).toHaveProperty(
    "redis.uri",
    `rediss://${data.redisHost}:6379`,
  );
  expect(example).toHaveProperty("wave.db", {
    uri: `jdbc:postgresql://${data.postgresHost}:5432/wave?sslmode=require`,
    user: "wave_user",
  });
  expect(JSON.stringify(example)).not.toMatch(/:\/\/[^"/]*@/);
});

test("CFG-09, IAM-08: layers in the bucket of data.buildCache, or in one that exists, with its region", () => {
  expect(configFile({ data: { buildCache: {} } })).toMatchObject({
    wave: {
      build: {
        cache: `s3://${data.buildCacheBucket}/layers`,
        "cache-bucket-region": "eu-central-1",
      },
    },
  });
  const build = { cache: "s3://shared/wave/layers", cacheRegion: "eu-west-1" };
  expect(configFile({ wave: { build } })).toMatchObject({
    wave: {
      build: {
        cache: "s3://shared/wave/layers",
        "cache-bucket-region": "eu-west-1",
      },
    },
  });
  expect(
    configFile({ wave: { build: { cache: "s3://shared/layers" } } }),
  ).toHaveProperty("wave.build.cache-bucket-region", "eu-central-1");
  expect(keysOf(example)).not.toContain("wave.build.cache-bucket-region");
});

test("CFG-21, CFG-22: sender with mail only, and Platform's address byte for byte", () => {
  expect(example).toMatchObject({
    mail: { from: "wave-app@example.com" },
    tower: { endpoint: { url: "https://platform.example.com/api" } },
  });
  expect(configFile({ wave: { mail: undefined } })).not.toHaveProperty("mail");
});

test("CFG-23, CFG-24, CFG-25: no executor and no event loop of the classic line; time for the build of a trusted user", () => {
  const micronaut = {
    server: { "idle-timeout": "1570s" },
    http: {
      services: {
        "stream-client": { "read-timeout": "30s", "read-idle-timeout": "5m" },
      },
    },
  };
  expect(example).toHaveProperty("micronaut", micronaut);
  const current = { eventLoopThreads: 32 };
  expect(configFile({ wave: { current } })).toHaveProperty("micronaut", {
    ...micronaut,
    netty: { "event-loops": { default: { "num-threads": 32 } } },
  });
});

test("CFG-07, CFG-15, CFG-20, CFG-23, CFG-24: no key that only the classic line reads", () => {
  const keys = keysOf(example);
  for (const key of [
    "surreal",
    "wave.build.cleanup",
    "wave.build.logs.bucket",
    "wave.build.logs.prefix",
    "wave.build.kaniko-image",
    "micronaut.executors",
    "micronaut.netty",
  ])
    expect(keys).not.toContain(key);
  expect(JSON.stringify(example)).not.toMatch(/stream-pool|surreal/);
});
