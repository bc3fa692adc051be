import { waveInputs } from "../../support/wave-inputs";
import { type SettingsChange, exampleSettings } from "../../support/settings";
import { keysOf, waveObjects } from "../../support/wave";

const { data } = waveInputs(exampleSettings());
const configFile = (change: SettingsChange = {}) =>
  waveObjects(change).configFile;

test("CFG-01, CFG-02, CFG-03, SET-14: no debugging, no anonymous access, the public address", () => {
  expect(configFile()).toMatchObject({
    wave: {
      debug: false,
      allowAnonymous: false,
      server: { url: "https://wave.example.com" },
    },
  });
  expect(configFile({ wave: { allowAnonymous: true } })).toMatchObject({
    wave: { allowAnonymous: true },
  });
});

test("CFG-04: tokens live for 36 hours", () => {
  expect(configFile()).toMatchObject({
    wave: { tokens: { cache: { duration: "36h" } } },
  });
});

test("CFG-07, CFG-08, CFG-10, CFG-13, CFG-15, SET-11, SET-13, SET-15, SET-16, INF-03: the build section, all of it", () => {
  expect(configFile()).toHaveProperty("wave.build", {
    timeout: "15m",
    workspace: "/efs/wave/build",
    cleanup: "OnSuccess",
    "compress-caching": false,
    repo: data.buildRepositoryUrl,
    cache: data.cacheRepositoryUrl,
    logs: { bucket: data.logsBucket, prefix: "build-logs" },
    k8s: {
      namespace: "wave-build",
      serviceAccount: "wave-build-sa",
      storage: { mountPath: "/efs/wave", claimName: "wave-build-fs" },
      nodeSelector: { "linux/amd64": "service=wave-build" },
      resources: { requests: { memory: "3600Mi" } },
    },
  });
});

test("CFG-05, CFG-06, CFG-09, CFG-14: build values follow the settings", () => {
  const build = {
    timeout: "30m",
    workspace: "/efs/wave/other",
    cache: "registry.example.com/cache",
    requestMemory: "8Gi",
  };
  expect(configFile({ wave: { build } })).toMatchObject({
    wave: {
      build: {
        timeout: "30m",
        workspace: "/efs/wave/other",
        cache: "registry.example.com/cache",
        k8s: { resources: { requests: { memory: "8Gi" } } },
      },
    },
  });
});

test("CFG-11, CFG-12: the two storage keys are in camelCase only", () => {
  const keys = keysOf(configFile());
  expect(keys).toContain("wave.build.k8s.storage.mountPath");
  expect(keys).toContain("wave.build.k8s.storage.claimName");
  expect(keys.join()).not.toMatch(/mount-path|claim-name/);
});

test("CFG-16, CFG-17, CFG-18: scans are on, with severities and memory", () => {
  expect(configFile()).toHaveProperty("wave.scan", {
    enabled: true,
    severity: "MEDIUM,HIGH,CRITICAL",
    k8s: { resources: { requests: { memory: "2000Mi" } } },
  });
  const scan = { enabled: false, severity: "CRITICAL", requestMemory: "3Gi" };
  expect(configFile({ wave: { scan } })).toHaveProperty("wave.scan", {
    enabled: false,
    severity: "CRITICAL",
    k8s: { resources: { requests: { memory: "3Gi" } } },
  });
});

test("CFG-19, SET-17: Redis over TLS with a port; plain only by opt-out", () => {
  const { redisHost } = data;
  expect(configFile()).toHaveProperty(
    "redis.uri",
    `rediss://${redisHost}:6379`,
  );
  expect(configFile({ data: { redis: { tls: false } } })).toHaveProperty(
    "redis.uri",
    `redis://${redisHost}:6379`,
  );
});

test("CFG-20, SET-20: the store's address, and no password of anything", () => {
  expect(configFile()).toHaveProperty("surreal", {
    default: { url: "http://surrealv1:8100", user: "wave" },
  });
  const auth = configFile({ data: { redis: { auth: true } } });
  for (const file of [configFile(), auth]) {
    expect(keysOf(file).filter((key) => /password|secret/i.test(key))).toEqual(
      [],
    );
    expect(JSON.stringify(file)).not.toMatch(/:\/\/[^"/]*@/);
  }
});

test("CFG-21, SET-18: the sender, only with mail", () => {
  expect(configFile()).toHaveProperty("mail", { from: "wave-app@example.com" });
  expect(configFile({ wave: { mail: undefined } })).not.toHaveProperty("mail");
});

test("CFG-22, SET-19: Platform's address, byte for byte", () => {
  const apiUrl = "https://api.platform.example.com";
  expect(configFile({ wave: { platform: { apiUrl } } })).toHaveProperty(
    "tower",
    { endpoint: { url: apiUrl } },
  );
});

test("CFG-23, CFG-24, CFG-25: Micronaut's executors, event loops, client and idle timeout", () => {
  expect(configFile()).toHaveProperty("micronaut", {
    server: { "idle-timeout": "970s" },
    executors: {
      "stream-executor": { type: "FIXED", "number-of-threads": 16 },
    },
    netty: {
      "event-loops": {
        default: { "num-threads": 64 },
        "stream-pool": { executor: "stream-executor" },
      },
    },
    http: {
      services: {
        "stream-client": {
          "read-timeout": "30s",
          "read-idle-timeout": "5m",
          "event-loop-group": "stream-pool",
        },
      },
    },
  });
});

test("CFG-R3, CFG-R4, CFG-R7: no key of the current line, and no noarch", () => {
  const keys = keysOf(configFile());
  for (const key of [
    "wave.db",
    "wave.capabilities",
    "wave.cleanup",
    "wave.mirror",
    "wave.blobCache",
    "wave.job-manager",
    "wave.build.enabled",
    "wave.build.logs.path",
    "wave.build.locks",
    "wave.build.trusted-timeout",
    "wave.scan.reports",
    "wave.build.k8s.nodeSelector.noarch",
  ]) {
    expect(keys).not.toContain(key);
  }
});

test("CFG-R1: ECR is a registry of Wave's only with a key, by placeholders", () => {
  expect(configFile()).not.toHaveProperty("wave.registries");
  const keyed = configFile({ wave: { classic: { ecrKeySecret: "wave/ecr" } } });
  expect(keyed).toHaveProperty("wave.registries", {
    "123456789012.dkr.ecr.eu-central-1.amazonaws.com": {
      username: "$${WAVE_ECR_ACCESS_KEY}",
      password: "$${WAVE_ECR_SECRET_KEY}",
    },
  });
});

test("CFG-R1: the ECR host follows region and partition, as the repositories do", () => {
  const china = {
    region: "cn-north-1",
    wave: { classic: { ecrKeySecret: "k" } },
  };
  expect(configFile(china)).toHaveProperty([
    "wave",
    "registries",
    "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn",
  ]);
});

test("CFG-R2: Docker Hub and Quay by placeholders that may be empty", () => {
  const secrets = { dockerHub: "wave/docker.io", quay: "wave/quay.io" };
  expect(configFile({ wave: { secrets } })).toHaveProperty("wave.registries", {
    "docker.io": { username: "$${DOCKER_USER:}", password: "$${DOCKER_PAT:}" },
    "quay.io": { username: "$${QUAY_USER:}", password: "$${QUAY_PAT:}" },
  });
});

test("CFG-R5: rate limits by setting", () => {
  expect(configFile()).not.toHaveProperty("rate-limit");
  const rateLimit = { pullAnonymous: "5/1h", buildAuthenticated: "7/1h" };
  expect(configFile({ wave: { rateLimit } })).toHaveProperty("rate-limit", {
    pull: { anonymous: "5/1h", authenticated: "2000/1m" },
    build: { anonymous: "10/1h", authenticated: "7/1h" },
    httpRequest: { "limit-for-period": 500 },
  });
});

test("CFG-R6, CFG-R9: public repository and licence server by setting", () => {
  expect(configFile()).not.toHaveProperty("license");
  expect(configFile()).not.toHaveProperty("wave.build.public-repo");
  const file = configFile({
    wave: {
      publicRepository: "registry.example.com/public",
      licenseServerUrl: "https://licenses.seqera.io",
    },
  });
  expect(file).toMatchObject({
    wave: { build: { "public-repo": "registry.example.com/public" } },
    license: { server: { url: "https://licenses.seqera.io" } },
  });
});

test("CFG-R8, VER-06: mirrors of the images of build and scan pods, each on its own", () => {
  const images = {
    kaniko: "mirror.example.com/kaniko:v1.19.2",
    singularity: "mirror.example.com/singularity:v3.11.4-slim",
    scanner: "mirror.example.com/trivy:0.47.0",
  };
  expect(configFile({ wave: { images } })).toMatchObject({
    wave: {
      build: {
        "kaniko-image": images.kaniko,
        "singularity-image": images.singularity,
        repo: data.buildRepositoryUrl,
      },
      scan: { image: { name: images.scanner }, enabled: true },
    },
  });
  const one = configFile({ wave: { images: { kaniko: images.kaniko } } });
  expect(one).not.toHaveProperty("wave.build.singularity-image");
  expect(one).not.toHaveProperty("wave.scan.image");
});
