import { checkRendered } from "../../../modules/wave/rendered/rendered";
import { type SettingsChange, exampleSettings } from "../../support/settings";
import { problemsOf } from "../../support/settings-files";

const variants: [string, SettingsChange][] = [
  ["as it is", {}],
  ["mail off", { wave: { mail: undefined } }],
  ["autoscaling off", { wave: { autoscaling: undefined, replicas: 2 } }],
  ["with an ECR key", { wave: { classic: { ecrKeySecret: "wave/ecr-key" } } }],
  ["with a Redis password", { data: { redis: { auth: true } } }],
  ["Redis without TLS", { data: { redis: { tls: false } } }],
  ["internal load balancer", { wave: { ingress: { scheme: "internal" } } }],
  ["metrics on", { wave: { metrics: true } }],
  ["Singularity builds", { wave: { build: { singularity: true } } }],
  ["limits", { wave: { rateLimit: {} } }],
  ["open to everybody", { wave: { allowAnonymous: true } }],
  [
    "another mount",
    { wave: { build: { mountPath: "/data", workspace: "/data/build" } } },
  ],
  [
    "other namespaces",
    { wave: { namespace: "wave-test", buildNamespace: "wave-test-build" } },
  ],
  [
    "a cache elsewhere",
    { wave: { build: { cache: "registry.example.com:5000/wave/cache" } } },
  ],
  [
    "names of its own",
    {
      data: { ecr: { prefix: "team/wave", existing: true } },
      wave: { ingress: { loadBalancerName: "shared-alb" } },
    },
  ],
  [
    "a domain that is verified already",
    { wave: { mail: { existingIdentity: true } } },
  ],
  [
    "mirrors and digests",
    {
      wave: {
        image: { digest: `sha256:${"0".repeat(64)}` },
        images: {
          kaniko: "mirror.example.com:5000/kaniko/executor:v1.19.2",
          scanner: "mirror.example.com/aquasec/trivy:0.47.0",
        },
      },
    },
  ],
  ["Wave 1.7.9", { wave: { version: "1.7.9" } }],
];

test.each(variants)(
  "the rendered example breaks no rule: %s",
  (_, settings) => {
    expect(checkRendered(exampleSettings(settings))).toEqual([]);
  },
);

test("all broken rules are in one report", () => {
  const settings = exampleSettings({
    wave: {
      build: { workspace: "/data/build", timeout: "1h" },
      ingress: { idleTimeoutSeconds: 60 },
      environments: ["ec2"],
      jvmOptions: "-XX:HeapDumpPath=/efs/wave/dump.hprof",
    },
  });
  expect(checkRendered(settings).map(({ path }) => path)).toEqual([
    "Deployment wave: env MICRONAUT_ENVIRONMENTS",
    "Deployment wave: env WAVE_JVM_OPTS",
    "manifests/wave/classic/config.yml: wave.build.workspace",
    "manifests/wave/classic/config.yml: micronaut.server.idle-timeout",
    "Ingress wave-ingress: idle_timeout.timeout_seconds",
  ]);
});

test("every sentence is there for every problem, and the fix names the row", () => {
  const settings = exampleSettings({
    wave: { environments: ["ec2", "postgres"], namespace: "default" },
  });
  for (const problem of checkRendered(settings)) {
    for (const sentence of Object.values(problem))
      expect(sentence).toMatch(/\S/);
    expect(problem.fix).toMatch(/\((VR|K8S|DEC)-\d+/);
  }
});

describe("in the report of a settings file", () => {
  test("a finding about objects is reported before anything is built", () => {
    const jvmOptions = "-Xmx2g -XX:HeapDumpPath=/efs/wave/dump.hprof";
    expect(problemsOf({ wave: { jvmOptions } })).toEqual([
      {
        path: "Deployment wave: env WAVE_JVM_OPTS",
        given: "-XX:HeapDumpPath=/efs/wave/dump.hprof",
        allowed: "a path outside /efs/wave, such as /dumps",
        fix: expect.stringContaining("(VR-26)") as string,
      },
    ]);
  });

  test("contradictions of the settings come first, and are not said again about objects", () => {
    const wave = { build: { workspace: "/data/build" } };
    expect(checkRendered(exampleSettings({ wave }))).toHaveLength(1);
    expect(problemsOf({ wave }).map(({ path }) => path)).toEqual([
      "wave.build.workspace",
    ]);
  });
});

describe("a broken template is a problem of the same report, and no crash", () => {
  afterEach(() => {
    jest.dontMock("node:fs");
    jest.resetModules();
  });

  test("a placeholder without a value names file and key", () => {
    const file = "manifests/wave/classic/config.yml";
    jest.resetModules();
    jest.doMock("node:fs", () => {
      const real = jest.requireActual<typeof import("node:fs")>("node:fs");
      return {
        ...real,
        readFileSync: (path: string, encoding: BufferEncoding) => {
          const text = real.readFileSync(path, encoding);
          return path.endsWith(file)
            ? text.replace("debug: false", "debug: ${DEBUG_FLAG}")
            : text;
        },
      };
    });
    const fresh = jest.requireActual<
      typeof import("../../../modules/wave/rendered/rendered")
    >("../../../modules/wave/rendered/rendered");
    expect(fresh.checkRendered(exampleSettings())).toEqual([
      expect.objectContaining({
        path: `${file}: wave.debug`,
        given: "the placeholder ${DEBUG_FLAG}, which has no value",
      }),
    ]);
  });
});
