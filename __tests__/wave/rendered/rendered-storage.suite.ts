import {
  inConfig,
  inContainer,
  inPod,
  onlyProblemWhen,
  problemsWhen,
} from "../../support/rendered";

const FILE = "manifests/wave/classic/config.yml: ";

describe("VR-27: the build folder lies in the mount", () => {
  test.each([
    ["another folder", "/data/build"],
    ["a folder whose name only starts the same", "/efs/wave2/build"],
    ["the mount itself", "/efs/wave"],
  ])("%s is refused", (_, workspace) => {
    expect(
      onlyProblemWhen(inConfig("wave", "build", "workspace"), workspace),
    ).toEqual({
      path: `${FILE}wave.build.workspace`,
      given: workspace,
      allowed: "a folder below /efs/wave",
      fix: "correct wave.build.workspace or wave.build.mountPath: Wave does not start otherwise (VR-27)",
    });
  });

  test("the Deployment mounts the claim of Wave at the mountPath of config.yml", () => {
    expect(
      onlyProblemWhen(
        inContainer("wave", "volumeMount", { name: "vol-build" }, "mountPath"),
        "/efs",
      ),
    ).toMatchObject({
      path: "Deployment wave: volume mounts",
      given: "nothing at /efs/wave",
    });
    expect(
      onlyProblemWhen(
        inPod(
          "wave",
          ...["volume", { name: "vol-build" }],
          ...["persistentVolumeClaim", "claimName"],
        ),
        "wave-build-fs",
      ).given,
    ).toBe("wave-build-fs at /efs/wave");
  });
});

describe("VR-28: claims and volumes", () => {
  test("claimName is a claim of the build namespace", () => {
    expect(
      onlyProblemWhen(
        inConfig("wave", "build", "k8s", "storage", "claimName"),
        "wave-app-fs",
      ),
    ).toEqual({
      path: `${FILE}wave.build.k8s.storage.claimName`,
      given: "wave-app-fs of namespace wave",
      allowed: "a claim of namespace wave-build",
      fix: "name the claim of the build namespace: build pods stay Pending otherwise (VR-28)",
    });
  });

  test("builds run in the build namespace", () => {
    expect(
      onlyProblemWhen(inConfig("wave", "build", "k8s", "namespace"), "wave"),
    ).toMatchObject({
      path: `${FILE}wave.build.k8s.namespace`,
      given: "wave",
      allowed: "wave-build",
    });
  });

  test("a volume without claimRef, a claim without volumeName: both ends are named", () => {
    const volume = ["objects", "volumes", "wave-app-pv", "spec", 0, "claimRef"];
    expect(problemsWhen(volume, undefined).map(({ path }) => path)).toEqual([
      "PersistentVolumeClaim wave/wave-app-fs",
      "PersistentVolume wave-app-pv",
    ]);
    const claim = ["objects", "claims", "wave-build-fs", "spec", "volumeName"];
    expect(problemsWhen(claim, undefined)).toEqual([
      {
        path: "PersistentVolumeClaim wave-build/wave-build-fs",
        given: "volumeName nothing",
        allowed: "the volume whose claimRef names this claim",
        fix: expect.stringContaining("(VR-28)") as string,
      },
      {
        path: "PersistentVolume wave-build-pv",
        given: "claimRef wave-build/wave-build-fs",
        allowed: "the claim whose volumeName names this volume",
        fix: expect.stringContaining("(VR-28)") as string,
      },
    ]);
  });

  test("two volumes with one handle, and a handle without access point", () => {
    const handle = [
      ...["objects", "volumes", "wave-app-pv", "spec", 0],
      ...["persistentVolumeSource", "csi", "volumeHandle"],
    ];
    expect(
      problemsWhen(handle, "fs-00000000000000001::fsap-0000000000000000b").map(
        ({ path }) => path,
      ),
    ).toEqual([
      "PersistentVolume wave-app-pv: volumeHandle",
      "PersistentVolume wave-build-pv: volumeHandle",
    ]);
    expect(onlyProblemWhen(handle, "fs-00000000000000001")).toMatchObject({
      given: "fs-00000000000000001",
      allowed: "<file system>::<access point>, an access point of its own",
    });
  });

  test("SUR-05: SurrealDB has a claim of its own", () => {
    expect(
      onlyProblemWhen(
        inPod(
          "surrealv1",
          ...["volume", 0, "persistentVolumeClaim", "claimName"],
        ),
        "wave-app-fs",
      ),
    ).toMatchObject({
      path: "Deployment surrealv1: volumes",
      given: "wave-app-fs",
    });
  });
});
