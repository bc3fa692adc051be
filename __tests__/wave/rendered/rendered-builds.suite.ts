import {
  inAnnotation,
  inConfig,
  inVariable,
  onlyProblemWhen,
  problemsWhen,
} from "../../support/rendered";

const FILE = "manifests/wave/classic/config.yml: ";
const ECR = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";
const withKey = { wave: { classic: { ecrKeySecret: "wave/ecr-key" } } };

describe("VR-32, VR-33: where builds run", () => {
  const selector = inConfig("wave", "build", "k8s", "nodeSelector");

  test.each([
    ["service=build", "service=build"],
    ["wave-build", "wave-build"],
    [undefined, "nothing"],
  ])("the label is service=wave-build, not %s", (value, given) => {
    expect(onlyProblemWhen([...selector, "linux/amd64"], value)).toEqual({
      path: `${FILE}wave.build.k8s.nodeSelector.linux/amd64`,
      given,
      allowed: "service=wave-build, the label of the build group",
      fix: expect.stringContaining("(VR-32)") as string,
    });
  });

  test("no arm64 builds on this line", () => {
    expect(
      onlyProblemWhen([...selector, "linux/arm64"], "service=wave-build-arm64"),
    ).toEqual({
      path: `${FILE}wave.build.k8s.nodeSelector.linux/arm64`,
      given: "linux/arm64",
      allowed: "linux/amd64 only",
      fix: "remove the key: the classic line builds for amd64 only (VR-32, VR-33)",
    });
  });
});

describe("VR-30, D-27: Wave's login for ECR", () => {
  test("no entry without a key: empty values fail every request", () => {
    expect(
      onlyProblemWhen(inConfig("wave", "registries"), {
        [ECR]: { username: "", password: "" },
      }),
    ).toEqual({
      path: `${FILE}wave.registries.${ECR}`,
      given: "a login without wave.classic.ecrKeySecret",
      allowed: "no entry without a key",
      fix: "remove the entry, or set wave.classic.ecrKeySecret (VR-30)",
    });
  });

  test("with a key the entry has both placeholders", () => {
    const registries = inConfig("wave", "registries");
    expect(problemsWhen(registries, undefined, withKey)).toEqual(
      [
        ["username", "WAVE_ECR_ACCESS_KEY"],
        ["password", "WAVE_ECR_SECRET_KEY"],
      ].map(([part, name]) => ({
        path: `${FILE}wave.registries.${ECR}.${part}`,
        given: "nothing",
        allowed: `the placeholder \${${name}}`,
        fix: "let Wave fill it from its Secret (VR-30)",
      })),
    );
  });

  test.each(["WAVE_ECR_ACCESS_KEY", "WAVE_ECR_SECRET_KEY"])(
    "%s comes from the Secret",
    (name) => {
      expect(
        onlyProblemWhen(inVariable("wave", name), undefined, withKey),
      ).toEqual({
        path: `Deployment wave: env ${name}`,
        given: "nothing",
        allowed: "the Secret wave-secrets",
        fix: `read ${name} from the Secret: the placeholder stays empty otherwise (VR-30)`,
      });
    },
  );
});

describe("VR-31: repositories", () => {
  test("a cache in S3 needs the current line", () => {
    expect(
      onlyProblemWhen(inConfig("wave", "debug"), false, {
        wave: { build: { cache: "s3://bucket/cache" } },
      }),
    ).toEqual({
      path: `${FILE}wave.build.cache`,
      given: "s3://bucket/cache",
      allowed: "<registry>/<repository>, without scheme",
      fix: "name a registry repository: s3:// needs the current line (VR-31)",
    });
  });

  test.each(["repo", "cache"])(
    "CFG-08, CFG-09: %s is a repository that the build role may use",
    (key) => {
      expect(
        onlyProblemWhen(inConfig("wave", "build", key), `${ECR}/team/app`),
      ).toMatchObject({
        path: `${FILE}wave.build.${key}`,
        given: `${ECR}/team/app`,
        allowed: `${ECR}/wave-prod/${key === "repo" ? "build" : "cache"}`,
      });
    },
  );
});

describe("VR-34: nothing drops a pull while its build runs", () => {
  const attributes = inAnnotation("load-balancer-attributes");

  test.each([
    ["899s", "899s"],
    [undefined, "nothing"],
    ["soon", "soon"],
  ])("Wave's own timeout: %s", (value, given) => {
    expect(
      onlyProblemWhen(inConfig("micronaut", "server", "idle-timeout"), value),
    ).toEqual({
      path: `${FILE}micronaut.server.idle-timeout`,
      given,
      allowed: "900s or more, the longest build",
      fix: "raise it to wave.build.timeout + 10 s (VR-34)",
    });
  });

  test.each([
    ["idle_timeout.timeout_seconds=60,routing.http2.enabled=false", "60"],
    ["routing.http2.enabled=false", "nothing"],
  ])("the load balancer's: %s", (value, given) => {
    expect(onlyProblemWhen(attributes, value)).toEqual({
      path: "Ingress wave-ingress: idle_timeout.timeout_seconds",
      given,
      allowed: "900 or more, the longest build",
      fix: "raise wave.ingress.idleTimeoutSeconds, or remove it (VR-34)",
    });
  });

  test("both follow a longer build; a setting that is too low is refused", () => {
    expect(
      problemsWhen(inConfig("wave", "debug"), false, {
        wave: { build: { timeout: "1h" } },
      }),
    ).toEqual([]);
    expect(
      problemsWhen(inConfig("wave", "debug"), false, {
        wave: {
          build: { timeout: "1h" },
          ingress: { idleTimeoutSeconds: 900 },
        },
      }).map(({ path }) => path),
    ).toEqual([
      `${FILE}micronaut.server.idle-timeout`,
      "Ingress wave-ingress: idle_timeout.timeout_seconds",
    ]);
  });

  test("config.yml has the timeout of the settings", () => {
    expect(
      onlyProblemWhen(inConfig("wave", "build", "timeout"), "20m"),
    ).toMatchObject({ path: `${FILE}wave.build.timeout`, allowed: "15m" });
  });
});

describe("VR-37: the quota of builds", () => {
  const limit = ["objects", "limitRange", "spec", "limit", 0];

  test.each(["cpu", "memory"])("a default request of %s", (kind) => {
    expect(
      onlyProblemWhen([...limit, "defaultRequest", kind], undefined),
    ).toEqual({
      path: `LimitRange: default request of ${kind}`,
      given: "nothing",
      allowed: `a default, because the quota counts ${kind}`,
      fix: "give a default request: pods without one are refused otherwise (VR-37)",
    });
  });

  test.each([
    ["3000Mi", "3000Mi"],
    [undefined, "nothing"],
  ])("DEC-33: a default limit below Wave's request: %s", (value, given) => {
    expect(onlyProblemWhen([...limit, "default", "memory"], value)).toEqual({
      path: "LimitRange: default limit of memory",
      given,
      allowed: "3600Mi or more, the largest request of Wave's pods",
      fix: expect.stringContaining("(VR-37, DEC-33)") as string,
    });
  });

  test("both stand in the build namespace", () => {
    expect(
      onlyProblemWhen(["objects", "quota", "metadata", "namespace"], "wave"),
    ).toMatchObject({ given: "wave, wave-build", allowed: "wave-build" });
  });
});
