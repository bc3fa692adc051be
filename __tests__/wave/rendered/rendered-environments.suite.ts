import {
  inConfig,
  inVariable,
  onlyProblemWhen,
  problemsWhen,
} from "../../support/rendered";

const LIST = "Deployment wave: env MICRONAUT_ENVIRONMENTS";
const environments = inVariable("wave", "MICRONAUT_ENVIRONMENTS", "value");
const ALL = "redis,surrealdb,buildlogs-aws,k8s,mail,aws-ses";

describe("VR-12: the environments of the classic line", () => {
  test.each(["redis", "surrealdb", "buildlogs-aws", "k8s"])(
    "%s is required",
    (name) => {
      const rest = ALL.split(",")
        .filter((entry) => entry !== name)
        .join(",");
      expect(onlyProblemWhen(environments, rest)).toEqual({
        path: LIST,
        given: `${rest}; ${name} missing`,
        allowed: "a list that holds redis, surrealdb, buildlogs-aws, k8s",
        fix: "add the missing names: without them Wave keeps its records in memory or cannot build (VR-12)",
      });
    },
  );

  test("ec2 is refused: SSM would outrank the configuration (ENV-02)", () => {
    expect(onlyProblemWhen(environments, `${ALL},ec2`)).toMatchObject({
      path: LIST,
      given: "ec2",
      allowed: "a list without ec2",
    });
  });

  test.each([
    ["true", "true"],
    [undefined, "nothing"],
  ])("MICRONAUT_ENV_DEDUCTION must be false, not %s", (value, given) => {
    expect(
      onlyProblemWhen(
        inVariable("wave", "MICRONAUT_ENV_DEDUCTION", "value"),
        value,
      ),
    ).toEqual({
      path: "Deployment wave: env MICRONAUT_ENV_DEDUCTION",
      given,
      allowed: "false",
      fix: "set it to false: else Micronaut adds ec2 on EC2 nodes and needs rights in SSM (VR-12)",
    });
  });
});

test.each([
  [`${ALL},postgres`, "postgres"],
  [`${ALL},buildlogs`, "buildlogs"],
  [`${ALL},k8s`, "k8s twice"],
])("VR-14: only names the line knows, each once: %s", (value, given) => {
  expect(onlyProblemWhen(environments, value)).toMatchObject({
    path: LIST,
    given,
    fix: "correct or remove the name in wave.environments (VR-14)",
  });
});

describe("VR-15: mail is on in all places or in none", () => {
  test("an environment is missing", () => {
    expect(
      onlyProblemWhen(environments, ALL.replace(",aws-ses", "")),
    ).toMatchObject({
      path: LIST,
      given: "aws-ses absent",
      allowed: "present, as wave.mail is",
    });
  });

  test("the sender is missing or another", () => {
    expect(onlyProblemWhen(inConfig("mail"), undefined)).toMatchObject({
      path: "manifests/wave/classic/config.yml: mail.from",
      given: "nothing",
      allowed: "wave-app@example.com",
    });
  });

  test("the right to send is missing", () => {
    const statements = ["roles", "server", "permissions", "Statement"];
    expect(
      problemsWhen([...statements, 3], undefined).map(({ path, given }) => [
        path,
        given,
      ]),
    ).toContainEqual(["role server: statement Mail", "absent"]);
  });

  test("without wave.mail nothing of it may stay", () => {
    expect(
      onlyProblemWhen(
        inConfig("mail"),
        { from: "wave-app@example.com" },
        {
          wave: { mail: undefined },
        },
      ),
    ).toMatchObject({
      path: "manifests/wave/classic/config.yml: mail.from",
      allowed: "nothing",
    });
  });
});

describe("VR-16: limits and the environment rate-limit", () => {
  test("limits without the environment are ignored by Wave", () => {
    const problems = problemsWhen(environments, ALL, {
      wave: { rateLimit: {} },
    });
    expect(problems[0]).toEqual({
      path: "manifests/wave/classic/config.yml: rate-limit.pull.anonymous",
      given: "a limit without the environment rate-limit",
      allowed: "limits only together with the environment rate-limit",
      fix: "add rate-limit to MICRONAUT_ENVIRONMENTS, or remove the limits (VR-16)",
    });
  });

  test("the environment without limits, and limits lost", () => {
    expect(onlyProblemWhen(environments, `${ALL},rate-limit`)).toMatchObject({
      given: "rate-limit present, 0 limits",
      allowed: "absent, as wave.rateLimit is",
    });
    expect(
      onlyProblemWhen(inConfig("rate-limit"), undefined, {
        wave: { rateLimit: {} },
      }),
    ).toMatchObject({ allowed: "present with limits, as wave.rateLimit is" });
  });
});

describe("VR-23: region and keys", () => {
  test("another region, or none, is refused: the default is eu-west-1", () => {
    const region = inVariable("wave", "AWS_REGION");
    expect(onlyProblemWhen([...region, "value"], "eu-west-1")).toEqual({
      path: "Deployment wave: env AWS_REGION",
      given: "eu-west-1",
      allowed: "eu-central-1",
      fix: "set it to the region of the settings: Wave's default is eu-west-1 (VR-23)",
    });
    expect(onlyProblemWhen(region, undefined).given).toBe("nothing");
  });

  test.each([
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
  ])("%s would replace the pod's role", (name) => {
    const entry = {
      name,
      valueFrom: { secretKeyRef: { name: "wave-secrets", key: name } },
    };
    expect(
      onlyProblemWhen(inVariable("wave", "WAVE_CONFIG_FILE"), entry),
    ).toMatchObject({
      path: `Deployment wave: env ${name}`,
      given: "a static key",
      fix: expect.stringContaining("(VR-23)") as string,
    });
  });
});

test.each([
  ["after", "WAVE_JVM_OPTS", "POD_NAME"],
  ["missing", "", ""],
])("VR-24: POD_NAME comes first: %s", (_, renamed, other) => {
  const podName = inVariable("wave", "POD_NAME");
  const problems =
    renamed === ""
      ? problemsWhen(podName, undefined)
      : problemsWhen(podName, { name: renamed, value: `$(${other})` });
  expect(problems).toEqual([
    {
      path: "Deployment wave: env WAVE_JVM_OPTS",
      given: expect.any(String) as string,
      allowed: "POD_NAME, and WAVE_JVM_OPTS after it",
      fix: "put POD_NAME before WAVE_JVM_OPTS: $(POD_NAME) would stay as text (VR-24)",
    },
  ]);
});

describe("VR-26: paths of the JVM stay off the file system of builds", () => {
  test.each([
    "-XX:HeapDumpPath=/efs/wave/dump/java.hprof",
    "-Xlog:gc:/efs/wave/gc.log",
    "-Xlog:gc*:file=/efs/wave/gc.log",
  ])("%s", (option) => {
    expect(
      onlyProblemWhen(inConfig("wave", "debug"), false, {
        wave: { jvmOptions: `-Xmx2g ${option}` },
      }),
    ).toEqual({
      path: "Deployment wave: env WAVE_JVM_OPTS",
      given: option,
      allowed: "a path outside /efs/wave, such as /dumps",
      fix: "correct the path in wave.jvmOptions: builds can read this file system (VR-26)",
    });
  });

  test("a folder with a longer name is another one", () => {
    expect(
      problemsWhen(inConfig("wave", "debug"), false, {
        wave: { jvmOptions: "-XX:HeapDumpPath=/efs/wave2/java.hprof" },
      }),
    ).toEqual([]);
  });
});
