import {
  inConfig,
  onlyProblemWhen,
  problemsWhen,
  type Step,
} from "../../support/rendered";

const FILE = "manifests/wave/classic/config.yml: ";

describe("VR-03: a key of the current line is refused", () => {
  test.each<[string, Step[], unknown]>([
    ["wave.db.uri", ["wave", "db"], { uri: "jdbc:postgresql://db/wave" }],
    [
      "wave.capabilities.anonymous-access",
      ["wave", "capabilities"],
      { "anonymous-access": false },
    ],
    ["wave.cleanup.strategy", ["wave", "cleanup"], { strategy: "onsuccess" }],
    ["wave.mirror.enabled", ["wave", "mirror"], { enabled: true }],
    [
      "wave.build.logs.path",
      ["wave", "build", "logs", "path"],
      "s3://bucket/build-logs",
    ],
    [
      "wave.build.locks.path",
      ["wave", "build", "locks"],
      { path: "s3://bucket/build-locks" },
    ],
    [
      "wave.scan.reports.path",
      ["wave", "scan", "reports"],
      { path: "s3://bucket/scan-reports" },
    ],
    ["wave.build.trusted-timeout", ["wave", "build", "trusted-timeout"], "25m"],
    ["wave.build.trustedTimeout", ["wave", "build", "trustedTimeout"], "25m"],
  ])("%s", (key, steps, value) => {
    expect(onlyProblemWhen(inConfig(...steps), value)).toEqual({
      path: FILE + key,
      given: expect.any(String) as string,
      allowed: "only keys that the classic line reads",
      fix: "remove the key: it belongs to Wave 1.8 or later (VR-03)",
    });
  });

  test("the nodeSelector key noarch, which stops Wave at start, twice: VR-03 and VR-32", () => {
    const problems = problemsWhen(
      inConfig("wave", "build", "k8s", "nodeSelector", "noarch"),
      "service=wave-build",
    );
    expect(problems.map(({ path }) => path)).toEqual([
      `${FILE}wave.build.k8s.nodeSelector.noarch`,
      `${FILE}wave.build.k8s.nodeSelector.noarch`,
    ]);
    expect(problems.map(({ fix }) => fix)).toEqual([
      expect.stringContaining("VR-03"),
      expect.stringContaining("VR-32, VR-33"),
    ]);
  });
});

describe("VR-05: a mandatory key that is missing or empty is reported", () => {
  test.each<[string, Step[]]>([
    ["wave.server.url", ["wave", "server", "url"]],
    ["wave.build.repo", ["wave", "build", "repo"]],
    ["wave.build.cache", ["wave", "build", "cache"]],
    ["wave.build.workspace", ["wave", "build", "workspace"]],
    ["wave.build.k8s.namespace", ["wave", "build", "k8s", "namespace"]],
    ["wave.build.logs.bucket", ["wave", "build", "logs", "bucket"]],
    ["redis.uri", ["redis", "uri"]],
    ["surreal.default.url", ["surreal", "default", "url"]],
    ["tower.endpoint.url", ["tower", "endpoint", "url"]],
  ])("%s", (key, steps) => {
    for (const [value, given] of [
      [undefined, "nothing"],
      ["", "an empty text"],
    ])
      expect(problemsWhen(inConfig(...steps), value)).toContainEqual({
        path: FILE + key,
        given,
        allowed: "a value: the classic line needs this key",
        fix: "write the key, with a placeholder that is filled (VR-05)",
      });
  });
});

test("VR-07: the storage keys in kebab case are refused, because Wave does not read them", () => {
  const storage = inConfig("wave", "build", "k8s", "storage");
  expect(onlyProblemWhen([...storage, "mount-path"], "/efs/wave")).toEqual({
    path: `${FILE}wave.build.k8s.storage.mount-path`,
    given: "/efs/wave",
    allowed: "the key wave.build.k8s.storage.mountPath, in camelCase",
    fix: "write mountPath: Wave does not read mount-path (VR-07)",
  });
  expect(
    problemsWhen([...storage, "claimName"], undefined).map(({ path, fix }) => [
      path,
      fix,
    ]),
  ).toContainEqual([
    `${FILE}wave.build.k8s.storage.claimName`,
    "write claimName: Wave does not read claim-name (VR-07)",
  ]);
});

describe("VR-08: every management endpoint is off by name", () => {
  test.each([
    "env",
    "bean",
    "beans",
    "caches",
    "refresh",
    "loggers",
    "info",
    "metrics",
    "routes",
    "threaddump",
    "stop",
  ])("%s", (name) => {
    const key = `endpoints.${name}.enabled`;
    expect(onlyProblemWhen(inConfig("endpoints", name), undefined)).toEqual({
      path: FILE + key,
      given: "nothing",
      allowed: "false",
      fix: `write ${key}: false (VR-08)`,
    });
  });

  test("health is on, without disk and database", () => {
    const health = inConfig("endpoints", "health");
    expect(onlyProblemWhen([...health, "enabled"], false).allowed).toBe("true");
    expect(
      onlyProblemWhen([...health, "disk-space", "enabled"], true).path,
    ).toBe(`${FILE}endpoints.health.disk-space.enabled`);
    expect(onlyProblemWhen([...health, "jdbc"], undefined).path).toBe(
      `${FILE}endpoints.health.jdbc.enabled`,
    );
  });
});

describe("VR-09: placeholders of config.yml", () => {
  const severity = inConfig("wave", "scan", "severity");

  test("one that Terraform would read is refused", () => {
    expect(onlyProblemWhen(severity, "${DOCKER_USER:}")).toEqual({
      path: `${FILE}wave.scan.severity`,
      given: "${DOCKER_USER:}",
      allowed: "$${DOCKER_USER:}",
      fix: "let the template filler write the value: it escapes what is not ours (VR-09)",
    });
  });

  test("one that Wave does not know is refused, in a key too", () => {
    expect(onlyProblemWhen(severity, "a $${MY_VALUE:none}")).toEqual({
      path: `${FILE}wave.scan.severity`,
      given: "the placeholder ${MY_VALUE:none}",
      allowed:
        "WAVE_ECR_ACCESS_KEY, WAVE_ECR_SECRET_KEY, DOCKER_USER, DOCKER_PAT, QUAY_USER, QUAY_PAT",
      fix: "remove the placeholder, or write its value (VR-09)",
    });
    expect(onlyProblemWhen(inConfig("wave", "$${MY_KEY}"), true).given).toBe(
      "the placeholder ${MY_KEY}",
    );
  });

  test("those of the optional registries are fine", () => {
    expect(
      problemsWhen(inConfig("wave", "debug"), false, {
        wave: { secrets: { dockerHub: "wave/docker", quay: "wave/quay" } },
      }),
    ).toEqual([]);
  });
});

describe("VR-10: the address of Wave is https://<hostname>", () => {
  test.each([
    "http://wave.example.com",
    "https://wave.example.com/",
    "https://wave.example.com/wave",
    "https://other.example.com",
  ])("not %s", (url) => {
    expect(onlyProblemWhen(inConfig("wave", "server", "url"), url)).toEqual({
      path: `${FILE}wave.server.url`,
      given: url,
      allowed: "https://wave.example.com",
      fix: expect.stringContaining("(VR-10)") as string,
    });
  });
});

test("VR-11: the address of Platform is the string of the settings", () => {
  const url = inConfig("tower", "endpoint", "url");
  expect(onlyProblemWhen(url, "https://platform.example.com/api/")).toEqual({
    path: `${FILE}tower.endpoint.url`,
    given: "https://platform.example.com/api/",
    allowed: "wave.platform.apiUrl, https:// and without a slash at the end",
    fix: expect.stringContaining("(VR-11)") as string,
  });
  expect(
    onlyProblemWhen(inConfig("wave", "debug"), false, {
      wave: { platform: { apiUrl: "https://platform.example.com/api/" } },
    }).path,
  ).toBe(`${FILE}tower.endpoint.url`);
});

test("VR-18: anonymous access is written out, and as the settings say", () => {
  const key = inConfig("wave", "allowAnonymous");
  expect(onlyProblemWhen(key, undefined)).toEqual({
    path: `${FILE}wave.allowAnonymous`,
    given: "nothing",
    allowed: "false, as wave.allowAnonymous in the settings says",
    fix: "write the key: without it Wave serves requests without a token (VR-18)",
  });
  expect(onlyProblemWhen(key, true).given).toBe("true");
});
