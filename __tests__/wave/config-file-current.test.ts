import { standInInputs } from "../../modules/wave/stand-in-inputs";
import { type SettingsChange, currentSettings } from "../support/settings";
import { currentObjects, keysOf, waveObjects } from "../support/wave";

const { data, identity } = standInInputs(currentSettings());
const configFile = (change: SettingsChange = {}) =>
  currentObjects(change).configFile;
const example = configFile();
const ecrHost = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";

test("CFG-01…04, VR-18: no debugging, the public address, tokens of 36 hours, and both keys that close Wave to strangers", () => {
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

test("CFG-05…06, CFG-08…15, CFG-R3, CFG-R4, VR-06: the build section, all of it", () => {
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

test("CFG-16…18, VR-06: scans, and where their reports go", () => {
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

test("CFG-19, CFG-20, D-06, D-28, VR-19: addresses of Redis and PostgreSQL over TLS, and no password in either", () => {
  expect(example).toHaveProperty("redis", {
    uri: `rediss://${data.redisHost}:6379`,
  });
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

test("CFG-23…25, DEC-32, VR-34: no executor and no event loop of the classic line; time for the build of a trusted user", () => {
  const micronaut = {
    server: { "idle-timeout": "1510s" },
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

test("CFG-26, CFG-27, VR-08: the management endpoints are those of the classic line", () => {
  const { endpoints } = waveObjects().configFile as Record<string, unknown>;
  expect(example).toHaveProperty("endpoints", endpoints);
});

test("VR-04, CFG-07, CFG-15, CFG-20, CFG-23, CFG-24: no key that only the classic line reads", () => {
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

describe("CFG-R1, D-02, D-27, VR-29: Wave logs in to ECR as a role", () => {
  const registriesOf = (change: SettingsChange) =>
    (configFile(change) as { wave: { registries: unknown } }).wave.registries;
  const login = { username: identity.ecrRoleArn, password: "" };

  test("on the host of the build repository, with the external id when there is one", () => {
    expect(registriesOf({})).toEqual({ [ecrHost]: login });
    const current = { ecrExternalId: "wave-prod" };
    expect(registriesOf({ wave: { current } })).toEqual({
      [ecrHost]: { ...login, password: "wave-prod" },
    });
    expect(identity.ecrRoleArn).toMatch(
      /^arn:aws(-cn|-us-gov)?:iam::\d{12}:role\//,
    );
  });

  test("on the host of a cache in another ECR registry, and on no other kind of cache", () => {
    const other = "210987654321.dkr.ecr.eu-west-1.amazonaws.com";
    const cached = (cache: string) =>
      registriesOf({ wave: { build: { cache } } });
    expect(cached(`${other}/cache`)).toEqual({
      [ecrHost]: login,
      [other]: login,
    });
    for (const cache of [
      "s3://shared/layers",
      "quay.io/acme/cache",
      `evil.example.com/${other}/cache`,
    ])
      expect(cached(cache)).toEqual({ [ecrHost]: login });
  });

  test("DEC-17: the host follows region and partition", () => {
    expect(
      Object.keys(registriesOf({ region: "cn-north-1" }) as object),
    ).toEqual(["123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn"]);
  });

  test("CFG-R2, VR-09: Docker Hub and Quay beside it, by escaped placeholders", () => {
    const secrets = { dockerHub: "wave/docker.io", quay: "wave/quay.io" };
    expect(registriesOf({ wave: { secrets } })).toEqual({
      "docker.io": {
        username: "$${DOCKER_USER:}",
        password: "$${DOCKER_PAT:}",
      },
      "quay.io": { username: "$${QUAY_USER:}", password: "$${QUAY_PAT:}" },
      [ecrHost]: login,
    });
  });
});

test("CFG-R3, INF-14: builds for arm64 go to nodes of their own", () => {
  const change = { wave: { build: { arm64: true } } };
  expect(configFile(change)).toHaveProperty("wave.build.k8s.nodeSelector", {
    "linux/amd64": "service=wave-build",
    "linux/arm64": "service=wave-build-arm64",
    noarch: "service=wave-build",
  });
});

test("CFG-R5: rates only when set, and how many time-outs Wave tolerates", () => {
  expect(example).not.toHaveProperty("rate-limit");
  const rates = {
    pull: { anonymous: "5/1h", authenticated: "2000/1m" },
    build: { anonymous: "10/1h", authenticated: "100/1h" },
  };
  const rateLimit = { pullAnonymous: "5/1h" };
  expect(configFile({ wave: { rateLimit } })).toHaveProperty(
    "rate-limit",
    rates,
  );
  const timeoutErrorsMaxRate = "30/1m";
  expect(
    configFile({ wave: { rateLimit: { ...rateLimit, timeoutErrorsMaxRate } } }),
  ).toHaveProperty("rate-limit", {
    ...rates,
    "timeout-errors": { "max-rate": "30/1m" },
  });
});

test("CFG-R6, CFG-R9: public repository and licence server by setting", () => {
  expect(keysOf(example)).not.toContain("wave.build.public-repo");
  expect(example).not.toHaveProperty("license");
  const wave = {
    publicRepository: "registry.example.com/public",
    licenseServerUrl: "https://licenses.seqera.io",
  };
  expect(configFile({ wave })).toMatchObject({
    wave: { build: { "public-repo": wave.publicRepository } },
    license: { server: { url: wave.licenseServerUrl } },
  });
});

test("CFG-R8: mirrors of the images of Jobs, each on its own; two keys in camelCase", () => {
  const images = {
    buildkit: "mirror.example.com/buildkit:v0.25.2-rootless",
    singularity: "mirror.example.com/singularity:v4.2.1-r4",
    singularityInit: "mirror.example.com/busybox:1.37.0",
    scanner: "mirror.example.com/scanner:v1",
    skopeo: "mirror.example.com/skopeo:v1.20.0",
  };
  expect(configFile({ wave: { images } })).toMatchObject({
    wave: {
      build: {
        "buildkit-image": images.buildkit,
        "singularity-image": images.singularity,
        "singularity-image-init": images.singularityInit,
        enabled: true,
      },
      scan: { image: { name: images.scanner }, enabled: true },
      mirror: { skopeoImage: images.skopeo, enabled: true },
    },
  });
  const { skopeo } = images;
  const one = keysOf(configFile({ wave: { images: { skopeo } } }));
  expect(one).toContain("wave.mirror.skopeoImage");
  expect(one.filter((key) => key.endsWith("-image"))).toEqual([]);
  expect(keysOf(example).filter((key) => /image/i.test(key))).toEqual([]);
});

test("CFG-R10: metrics of Wave's own stay off, and no account for them stands in the file", () => {
  const keys = keysOf(configFile({ wave: { metrics: true } }));
  expect(keys).not.toContain("wave.metrics");
  expect(keys).not.toContain("wave.accounts");
});

test("IAM-09: the role of another account, with its external id when it asks for one", () => {
  expect(keysOf(example)).not.toContain("wave.aws");
  const jumpRoleArn = "arn:aws:iam::210987654321:role/wave-jump";
  expect(configFile({ wave: { current: { jumpRoleArn } } })).toHaveProperty(
    "wave.aws",
    { "jump-role-arn": jumpRoleArn },
  );
  const current = { jumpRoleArn, jumpExternalId: "wave-prod" };
  expect(configFile({ wave: { current } })).toHaveProperty("wave.aws", {
    "jump-role-arn": jumpRoleArn,
    "jump-external-id": "wave-prod",
  });
});
