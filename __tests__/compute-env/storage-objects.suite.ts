import { storageObjects } from "../../modules/compute-env/storage-objects";
import { STORAGES, withComputeEnv } from "../support/compute-env";

const HANDLE = "fs-00000000000000001::fsap-0000000000000000a";
const objectsOf = (storage: object) =>
  storageObjects(withComputeEnv({ storage }), HANDLE);

test.each(["efs", "nfs"] as const)(
  "T-06, T-07, T-26: with %s volume and claim are made for each other, and kept",
  (kind) => {
    const { volume, claim } = objectsOf(STORAGES[kind]) ?? {};
    expect(volume).toMatchObject({
      metadata: { name: "tower-storage" },
      spec: [
        {
          accessModes: ["ReadWriteMany"],
          storageClassName: "scratch",
          persistentVolumeReclaimPolicy: "Retain",
          claimRef: { name: "tower-scratch", namespace: "tower-nf" },
        },
      ],
    });
    expect(claim).toMatchObject({
      metadata: { name: "tower-scratch", namespace: "tower-nf" },
      spec: {
        accessModes: ["ReadWriteMany"],
        storageClassName: "scratch",
        volumeName: "tower-storage",
      },
    });
    expect(JSON.stringify(volume)).not.toContain("hostPath");
  },
);

const sourceOf = (kind: keyof typeof STORAGES) => {
  const spec = objectsOf(STORAGES[kind])?.volume.spec;
  return Array.isArray(spec) ? spec[0] : undefined;
};

test("T-06: the file system is mounted by its access point, without the prefix that Fargate refuses, and signed", () => {
  expect(sourceOf("efs")).toMatchObject({
    mountOptions: ["iam"],
    persistentVolumeSource: {
      csi: { driver: "efs.csi.aws.com", volumeHandle: HANDLE },
    },
  });
});

test("T-26: an NFS server that exists is mounted by address and folder, without options of EFS", () => {
  expect(sourceOf("nfs")?.persistentVolumeSource).toEqual({
    nfs: { server: "10.0.3.4", path: "/export/scratch" },
  });
  expect(sourceOf("nfs")?.mountOptions).toBeUndefined();
});

test.each(["fusion", "privileged", "claim"] as const)(
  "T-06, T-07, T-26: with %s there is neither volume nor claim of ours",
  (kind) => {
    expect(objectsOf(STORAGES[kind])).toBeUndefined();
  },
);

test("T-07: the claim has the name and the namespace of the settings, on both sides", () => {
  const { volume, claim } =
    storageObjects(
      withComputeEnv({
        namespace: "pipelines",
        storage: { kind: "efs", claimName: "work" },
      }),
      HANDLE,
    ) ?? {};
  expect(claim?.metadata).toMatchObject({
    name: "work",
    namespace: "pipelines",
  });
  expect(JSON.stringify(volume)).toContain(
    '"claimRef":{"name":"work","namespace":"pipelines"}',
  );
});
