import {
  inConfig,
  inContainer,
  inVariable,
  onlyProblemWhen,
  problemsWhen,
} from "../../support/rendered";

const CANARY = "canary-7f3a";
const withRedisPassword = { data: { redis: { auth: true } } };

describe("VR-19: no secret in plain view", () => {
  test.each([
    ["user and password", `rediss://default:${CANARY}@redis:6379`],
    ["password only", `rediss://:${CANARY}@redis:6379`],
    ["user only", `jdbc:mysql://${CANARY}@db/wave`],
  ])("an address with %s in config.yml, and the report hides it", (_, uri) => {
    const problem = problemsWhen(inConfig("license"), { server: { url: uri } });
    expect(problem).toEqual([
      {
        path: "manifests/wave/classic/config.yml: license.server.url",
        given: expect.stringContaining("//…@") as string,
        allowed: "an address without user and password",
        fix: expect.stringContaining("(VR-19)") as string,
      },
    ]);
    expect(JSON.stringify(problem)).not.toContain(CANARY);
  });

  test("an address with a password in an annotation of a pod", () => {
    const annotations = [
      ...["objects", "deployments", "wave", "spec", "template", "metadata"],
      ...["annotations", "note"],
    ];
    expect(
      onlyProblemWhen(annotations, `https://u:${CANARY}@example.com`).path,
    ).toBe("deployments.wave.spec.template.metadata.annotations.note");
  });

  test.each([
    ["surreal.default.password", ["surreal", "default", "password"]],
    ["wave.aws.secretKey", ["wave", "aws"]],
    ["wave.registries.quay.io.password", ["wave", "registries"]],
  ])("a value at %s", (key, steps) => {
    const value =
      steps.at(-1) === "aws"
        ? { secretKey: CANARY }
        : steps.at(-1) === "registries"
          ? { "quay.io": { password: CANARY } }
          : CANARY;
    const problem = onlyProblemWhen(inConfig(...steps), value);
    expect(problem).toEqual({
      path: `manifests/wave/classic/config.yml: ${key}`,
      given: "a value",
      allowed: "a placeholder that Wave fills from its Secret, or no key",
      fix: expect.stringContaining("(VR-19)") as string,
    });
  });

  test("a literal value of a variable with a secret's name", () => {
    expect(
      onlyProblemWhen(inVariable("wave", "WAVE_CONFIG_FILE"), {
        name: "QUAY_PAT",
        value: CANARY,
      }),
    ).toMatchObject({
      path: "Deployment wave: env QUAY_PAT",
      given: "a literal value",
    });
  });

  test("a password among the arguments of a job", () => {
    const job = [
      "objects",
      "cronJobs",
      "surreal-export",
      "spec",
      "jobTemplate",
    ];
    const args = [
      ...job,
      ...["spec", "template", "spec", "initContainer", 0, "args"],
    ];
    expect(onlyProblemWhen(args, ["export", "--pass", CANARY])).toMatchObject({
      path: "CronJob surreal-export: args",
      given: "a password argument",
    });
  });
});

describe("VR-20: the password of SurrealDB comes from a Secret at both ends", () => {
  test.each([
    ["wave", "SURREAL_DEFAULT_PASSWORD", "wave-secrets"],
    ["surrealv1", "SURREAL_PASS", "surreal-credentials"],
  ])("%s: %s", (deployment, name, secret) => {
    const entry = inVariable(deployment, name);
    const problem = {
      path: `Deployment ${deployment}: env ${name}`,
      given: "nothing",
      allowed: `the Secret ${secret}`,
      fix: "read it from this Secret: without it the password is the default, root (VR-20)",
    };
    expect(onlyProblemWhen(entry, undefined)).toEqual(problem);
    expect(
      onlyProblemWhen([...entry, "valueFrom", "secretKeyRef", "name"], "other"),
    ).toEqual({ ...problem, given: "the Secret other" });
  });
});

describe("VR-22: a password for Redis", () => {
  test("REDIS_URI is read from the Secret", () => {
    expect(
      onlyProblemWhen(
        inVariable("wave", "REDIS_URI"),
        undefined,
        withRedisPassword,
      ),
    ).toMatchObject({
      path: "Deployment wave: env REDIS_URI",
      given: "nothing",
      allowed: "the Secret wave-secrets",
    });
  });

  test("D-28: the logback file is named and mounted", () => {
    expect(
      onlyProblemWhen(
        inVariable("wave", "WAVE_JVM_OPTS", "value"),
        "-Xmx2g",
        withRedisPassword,
      ),
    ).toMatchObject({
      path: "Deployment wave: env WAVE_JVM_OPTS",
      given: "no -Dlogback.configurationFile",
    });
    expect(
      onlyProblemWhen(
        inContainer("wave", "volumeMount", { name: "wave-cfg" }, "mountPath"),
        "/elsewhere",
        withRedisPassword,
      ),
    ).toMatchObject({ given: "/etc/wave/logback.xml" });
  });

  test("CFG-28: both loggers that print the address are silenced", () => {
    const file = ["objects", "configMap", "data", "logback.xml"];
    expect(problemsWhen(file, "<configuration/>", withRedisPassword)).toEqual(
      [
        "service.cache.impl.RedisFactory",
        "ratelimit.impl.SpillWayStorageFactory",
      ]
        .map((name) => `io.seqera.wave.${name}`)
        .map((name) => ({
          path: `manifests/wave/classic/logback.xml: ${name}`,
          given: "a level that prints the address of Redis",
          allowed: `<logger name="${name}" level="WARN"/>`,
          fix: "set the logger to WARN: it prints the password (VR-22, CFG-28)",
        })),
    );
  });

  test("without it there is no REDIS_URI", () => {
    expect(
      onlyProblemWhen(inVariable("wave", "WAVE_CONFIG_FILE"), {
        name: "REDIS_URI",
        valueFrom: { secretKeyRef: { name: "wave-secrets", key: "REDIS_URI" } },
      }),
    ).toMatchObject({ allowed: "absent while data.redis.auth is off" });
  });
});

describe("VR-40: the address of Redis", () => {
  test.each([
    ["redis://redis.example.com:6379", undefined],
    ["rediss://redis.example.com", undefined],
    ["rediss://redis.example.com:6379", { data: { redis: { tls: false } } }],
  ])("%s is refused", (uri, settings) => {
    const scheme = settings === undefined ? "rediss" : "redis";
    expect(onlyProblemWhen(inConfig("redis", "uri"), uri, settings)).toEqual({
      path: "manifests/wave/classic/config.yml: redis.uri",
      given: uri,
      allowed: `${scheme}://<host>:<port>`,
      fix: expect.stringContaining("(VR-40)") as string,
    });
  });
});
