import { render } from "../../../modules/wave/rendered/rendered";
import { currentSettings } from "../../support/settings";
import { inConfig, testBroken } from "../../support/rendered";

const FILE = "manifests/wave/current/config.yml: ";
const build = (...steps: string[]) => inConfig("wave", "build", ...steps);

const parts = render(currentSettings());

describe("config.yml", () => {
  testBroken(parts, [
    [
      "VR-04, CFG-20: the store of the classic line",
      inConfig("surreal"),
      { default: { url: "http://db:8100" } },
      [`${FILE}surreal.default.url`, "configFile.surreal"],
      ["Wave 1.7 or older (VR-04)"],
    ],
    [
      "VR-04, CFG-07: the dead key of the clean-up",
      build("cleanup"),
      "OnSuccess",
      `${FILE}wave.build.cleanup`,
      ["OnSuccess", "(VR-04)"],
    ],
    [
      "VR-04, CFG-15: the bucket of the classic line",
      build("logs", "bucket"),
      "logs",
      `${FILE}wave.build.logs.bucket`,
      ["(VR-04)"],
    ],
    [
      "VR-04, CFG-15: the prefix of the classic line",
      build("logs", "prefix"),
      "build-logs",
      `${FILE}wave.build.logs.prefix`,
      ["(VR-04)"],
    ],
    [
      "VR-04, CFG-23: the executor of the classic line",
      inConfig("micronaut", "executors"),
      { "stream-executor": { type: "FIXED" } },
      `${FILE}micronaut.executors.stream-executor.type`,
      ["(VR-04)"],
    ],
    [
      "VR-04, CFG-25: an event loop that is gone",
      inConfig(
        ...["micronaut", "http", "services", "stream-client"],
        "event-loop-group",
      ),
      "stream-pool",
      `${FILE}micronaut.http.services.stream-client.event-loop-group`,
      ["stream-pool", "(VR-04)"],
    ],
    [
      "VR-06: no address of Redis",
      inConfig("redis", "uri"),
      undefined,
      `${FILE}redis.uri`,
      ["the current line needs this key", "(VR-06)"],
    ],
    [
      "VR-06, CFG-15: no path of build locks",
      build("locks"),
      undefined,
      `${FILE}wave.build.locks.path`,
      ["the current line needs this key", "(VR-06)"],
    ],
    [
      "VR-06, CFG-16: no path of scan reports",
      inConfig("wave", "scan", "reports", "path"),
      "",
      `${FILE}wave.scan.reports.path`,
      ["an empty text", "needs this key"],
    ],
    [
      "VR-06, INF-03: locks in another prefix than the role may write",
      build("locks", "path"),
      "s3://wave-prod-logs-123456789012/locks",
      `${FILE}wave.build.locks.path`,
      ["/build-locks", "three prefixes only"],
    ],
    [
      "VR-06, CFG-20: no user of the database",
      inConfig("wave", "db", "user"),
      "postgres",
      `${FILE}wave.db.user`,
      ["wave_user"],
    ],
    [
      "VR-06, CFG-20, SEC-B46: a database without TLS",
      inConfig("wave", "db", "uri"),
      "jdbc:postgresql://db.example.com:5432/wave",
      `${FILE}wave.db.uri`,
      ["sslmode=require"],
    ],
    [
      "VR-06, CFG-R4: a cache of blobs, which needs a static key",
      inConfig("wave", "blobCache", "enabled"),
      true,
      `${FILE}wave.blobCache.enabled`,
      ["wave.blobCache.enabled: false"],
    ],
    [
      "VR-06, CFG-07: no clean-up of Jobs",
      inConfig("wave", "cleanup"),
      undefined,
      `${FILE}wave.cleanup.strategy`,
      ["onsuccess"],
    ],
    [
      "VR-07, CFG-11: kebab case, which Wave does not read",
      build("k8s", "storage", "mount-path"),
      "/efs/wave",
      `${FILE}wave.build.k8s.storage.mount-path`,
      ["camelCase", "(VR-07)"],
    ],
    [
      "VR-08, CFG-26: an open endpoint",
      inConfig("endpoints", "beans", "enabled"),
      true,
      `${FILE}endpoints.beans.enabled`,
      ["(VR-08)"],
    ],
    [
      "VR-08, CFG-27: health that depends on the database",
      inConfig("endpoints", "health", "jdbc"),
      undefined,
      `${FILE}endpoints.health.jdbc.enabled`,
      ["false", "(VR-08)"],
    ],
    [
      "VR-09: a placeholder of the classic line",
      inConfig("wave", "extra"),
      "$${WAVE_ECR_ACCESS_KEY}",
      `${FILE}wave.extra`,
      ["DOCKER_USER, DOCKER_PAT, QUAY_USER, QUAY_PAT", "(VR-09)"],
    ],
    [
      "VR-10: a slash at the end of Wave's address",
      inConfig("wave", "server", "url"),
      "https://wave.example.com/",
      `${FILE}wave.server.url`,
      ["(VR-10)"],
    ],
    [
      "VR-11: another address of Platform",
      inConfig("tower", "endpoint", "url"),
      "https://api.cloud.seqera.io",
      `${FILE}tower.endpoint.url`,
      ["(VR-11)"],
    ],
    [
      "VR-18, CFG-02: anonymous access by the key that 1.37.0 reads",
      inConfig("wave", "capabilities"),
      undefined,
      `${FILE}wave.capabilities.anonymous-access`,
      ["false, as wave.allowAnonymous", "(VR-18)"],
    ],
    [
      "VR-18, CFG-02: anonymous access by the key that 1.36 reads",
      inConfig("wave", "allowAnonymous"),
      true,
      `${FILE}wave.allowAnonymous`,
      ["(VR-18)"],
    ],
  ]);
});
