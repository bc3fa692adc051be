import {
  type Step,
  inConfig,
  inContainer,
  inPod,
  onlyProblemWhen,
  problemsWhen,
} from "../../support/rendered";

const inJob = (name: string, ...steps: Step[]): Step[] => [
  ...["objects", "cronJobs", name, "spec", "jobTemplate", "spec", "template"],
  ...["spec", ...steps],
];

describe("VR-46, HARD-06: our pods pass Pod Security restricted", () => {
  test.each<[string, Step[], unknown, string]>([
    [
      "Wave as root",
      inPod("wave", "securityContext", "runAsNonRoot"),
      false,
      "Deployment wave: runAsNonRoot",
    ],
    [
      "SurrealDB as root (D-07)",
      inPod("surrealv1", "securityContext", "runAsNonRoot"),
      undefined,
      "Deployment surrealv1: runAsNonRoot",
    ],
    [
      "no seccomp profile",
      inPod("wave", "securityContext", "seccompProfile"),
      undefined,
      "Deployment wave: seccompProfile",
    ],
    [
      "privilege escalation",
      inContainer("wave", "securityContext", "allowPrivilegeEscalation"),
      true,
      "Deployment wave: securityContext of wave-app",
    ],
    [
      "capabilities",
      inContainer("surrealv1", "securityContext", "capabilities"),
      { drop: ["ALL"], add: ["NET_RAW"] },
      "Deployment surrealv1: securityContext of surrealdb",
    ],
    [
      "no context in an init container",
      inJob(
        "surreal-export",
        "initContainer",
        0,
        "securityContext",
        "capabilities",
      ),
      undefined,
      "CronJob surreal-export: securityContext of export",
    ],
    [
      "a container that leaves it to its pod not to be root, for which the provider sends false",
      inContainer("wave", "securityContext", "runAsNonRoot"),
      undefined,
      "Deployment wave: runAsNonRoot of wave-app",
    ],
    [
      "a writable root file system",
      inJob(
        "wave-build-sweep",
        ...["container", 0, "securityContext", "readOnlyRootFilesystem"],
      ),
      false,
      "CronJob wave-build-sweep: readOnlyRootFilesystem of label",
    ],
  ])("%s is refused", (_, steps, value, path) => {
    expect(onlyProblemWhen(steps, value)).toMatchObject({
      path,
      fix: expect.stringContaining("VR-46") as string,
    });
  });

  test("DEP-15: Wave alone has switches", () => {
    const settings = {
      wave: {
        hardening: { runAsNonRoot: false, readOnlyRootFilesystem: false },
      },
    };
    expect(problemsWhen(inConfig("wave", "debug"), false, settings)).toEqual(
      [],
    );
    expect(
      onlyProblemWhen(
        inPod("surrealv1", "securityContext", "runAsNonRoot"),
        false,
        settings,
      ).path,
    ).toBe("Deployment surrealv1: runAsNonRoot");
  });
});

test.each<[string, Step[], unknown, string]>([
  ["network", inPod("wave", "hostNetwork"), true, "hostNetwork"],
  ["processes", inPod("surrealv1", "hostPid"), true, "hostPid"],
  [
    "folder",
    inPod("wave", "volume", { name: "tmp" }),
    { name: "tmp", hostPath: { path: "/" } },
    "hostPath tmp",
  ],
])("VR-46: no %s of the node", (_, steps, value, given) => {
  expect(onlyProblemWhen(steps, value)).toMatchObject({
    given,
    allowed: "no namespace and no folder of the node",
  });
});

test.each<[string, Step[]]>([
  ["a memory limit", ["limits", "memory"]],
  ["a memory request", ["requests", "memory"]],
  ["a CPU request", ["requests", "cpu"]],
])("K8S-21: every container has %s", (_, steps) => {
  expect(
    onlyProblemWhen(inContainer("wave", "resources", ...steps), undefined),
  ).toMatchObject({
    path: "Deployment wave: resources of wave-app",
    allowed: "requests of CPU and memory, and a memory limit",
  });
});

describe("VR-38: images are pinned", () => {
  test.each([
    "cr.seqera.io/wave:latest",
    "cr.seqera.io/wave",
    "registry.example.com:5000/wave",
  ])("%s is refused", (image) => {
    expect(onlyProblemWhen(inContainer("wave", "image"), image)).toEqual({
      path: "Deployment wave: image of wave-app",
      given: image,
      allowed: "a tag other than latest, or a digest",
      fix: "pin the image under wave.images or wave.image (VR-38)",
    });
  });

  test.each([
    [["wave", "build", "kaniko-image"], "wave.build.kaniko-image"],
    [["wave", "build", "singularity-image"], "wave.build.singularity-image"],
  ])("also those that builds run: %s", (steps, key) => {
    expect(
      onlyProblemWhen(inConfig(...steps), "quay.io/team/image:latest").path,
    ).toBe(`manifests/wave/classic/config.yml: ${key}`);
  });

  test("and the scanner, by setting", () => {
    expect(
      onlyProblemWhen(inConfig("wave", "debug"), false, {
        wave: { images: { scanner: "mirror.example.com/aquasec/trivy" } },
      }).path,
    ).toBe("manifests/wave/classic/config.yml: wave.scan.image.name");
  });

  test("a digest is enough", () => {
    expect(
      problemsWhen(
        inContainer("wave", "image"),
        `cr.seqera.io/wave@sha256:${"a".repeat(64)}`,
      ),
    ).toEqual([]);
  });
});
