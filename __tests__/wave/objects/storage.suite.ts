import { withRelease } from "../../../modules/wave/release/release";
import { waveInputs } from "../../support/wave-inputs";
import {
  storageClass,
  storageObjects,
} from "../../../modules/wave/objects/storage";
import { exampleSettings } from "../../support/settings";
import { waveObjects } from "../../support/wave";

const settings = exampleSettings();
const inputs = waveInputs(settings);
const { volumes, claims } = storageObjects(withRelease(settings), inputs);

const specOf = (name: string) => {
  const spec = volumes[name]?.spec;
  return Array.isArray(spec) ? spec[0] : undefined;
};

test("K8S-02: the class is a label without parameters and keeps volumes", () => {
  expect(storageClass.metadata.name).toBe("efs-wave-sc");
  expect(storageClass.storageProvisioner).toBe("efs.csi.aws.com");
  expect(storageClass.reclaimPolicy).toBe("Retain");
  expect(storageClass).not.toHaveProperty("parameters");
});

test("K8S-03, K8S-07, SUR-05: exactly three volumes and three claims", () => {
  expect(Object.keys(volumes)).toEqual([
    "wave-app-pv",
    "wave-build-pv",
    "surreal-pv",
  ]);
  expect(Object.keys(claims)).toEqual([
    "wave-app-fs",
    "wave-build-fs",
    "surreal-fs",
  ]);
});

test.each([
  ["K8S-03, K8S-10: Wave's", "wave-app-pv", "wave-app-fs", "wave", "a"],
  [
    "K8S-07, K8S-08: the builds'",
    "wave-build-pv",
    "wave-build-fs",
    "wave-build",
    "b",
  ],
  ["SUR-05: the store's", "surreal-pv", "surreal-fs", "wave", "c"],
])(
  "%s %s and %s name each other, on an access point of their own",
  (_whose, volume, claim, namespace, accessPoint) => {
    expect(specOf(volume)).toMatchObject({
      accessModes: ["ReadWriteMany"],
      capacity: { storage: "500Gi" },
      volumeMode: "Filesystem",
      storageClassName: "efs-wave-sc",
      persistentVolumeReclaimPolicy: "Retain",
      mountOptions: ["iam"],
      claimRef: { name: claim, namespace },
    });
    // Without the prefix `efs:`, which Fargate refuses.
    expect(specOf(volume)?.persistentVolumeSource).toEqual({
      csi: {
        driver: "efs.csi.aws.com",
        volumeHandle: `fs-00000000000000001::fsap-0000000000000000${accessPoint}`,
      },
    });
    expect(claims[claim]).toMatchObject({
      metadata: { name: claim, namespace },
      spec: {
        accessModes: ["ReadWriteMany"],
        storageClassName: "efs-wave-sc",
        volumeName: volume,
        resources: { requests: { storage: "500Gi" } },
      },
    });
  },
);

test("every pod that mounts is made anew with other mount options, because a mount keeps its own", () => {
  for (const { spec } of Object.values(waveObjects().deployments))
    expect(spec.template.metadata.annotations).toMatchObject({
      "mount-options": "iam",
    });
});

test("no two volumes share a handle", () => {
  const handles = Object.keys(volumes).map(
    (name) => specOf(name)?.persistentVolumeSource.csi?.volumeHandle,
  );
  expect(new Set(handles).size).toBe(3);
});

test("K8S-08, K8S-10: claims of Wave carry upstream's label", () => {
  expect(claims["wave-app-fs"]?.metadata.labels).toMatchObject({
    app: "wave-app",
  });
  expect(claims["wave-build-fs"]?.metadata.labels).toMatchObject({
    app: "wave-app",
  });
});

test("SET-12, SET-13: claims and references follow the namespaces of the settings", () => {
  const other = exampleSettings({
    wave: { namespace: "wave-production", buildNamespace: "wave-jobs" },
  });
  const placed = storageObjects(withRelease(other), inputs);
  expect(placed.claims["wave-build-fs"]?.metadata.namespace).toBe("wave-jobs");
  expect(placed.claims["surreal-fs"]?.metadata.namespace).toBe(
    "wave-production",
  );
});
