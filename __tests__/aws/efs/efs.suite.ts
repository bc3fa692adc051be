import { EfsAccessPoint } from "../../../modules/aws/efs/efs-access-point";
import {
  EfsFileSystem,
  type EfsFileSystemProps,
} from "../../../modules/aws/efs/efs-file-system";
import { onlyResource, resourcesOf, synthOne } from "../../support/synth";

const props: EfsFileSystemProps = {
  name: "wave-prod-efs",
  subnetIds: { a: "subnet-a", c: "subnet-c" },
  securityGroupId: "sg-efs",
  kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/storage",
};
const stackOf = (change: Partial<EfsFileSystemProps> = {}) =>
  synthOne((stack) => new EfsFileSystem(stack, "efs", { ...props, ...change }));
const stack = stackOf();
const fileSystem = onlyResource(stack, "aws_efs_file_system");

test("INF-04: encrypted with the customer managed key", () => {
  expect(fileSystem).toMatchObject({
    encrypted: true,
    kms_key_id: props.kmsKeyArn,
    throughput_mode: "elastic",
    tags: { Name: "wave-prod-efs" },
  });
});

test("regional, not in one zone", () => {
  expect(fileSystem).not.toHaveProperty("availability_zone_name");
});

test("INF-04: one mount target per private subnet, named after its zone", () => {
  expect(resourcesOf(stack, "aws_efs_mount_target")).toEqual({
    "efs_mount-a_650B572C": expect.objectContaining({
      file_system_id: "${aws_efs_file_system.efs.id}",
      subnet_id: "subnet-a",
      security_groups: ["sg-efs"],
    }) as unknown,
    "efs_mount-c_74B5A2C7": expect.objectContaining({
      subnet_id: "subnet-c",
    }) as unknown,
  });
});

test("to Infrequent Access after the setting, back at the first access, one step per block", () => {
  expect(
    onlyResource(
      stackOf({ infrequentAccessAfterDays: 60 }),
      "aws_efs_file_system",
    ).lifecycle_policy,
  ).toEqual([
    { transition_to_ia: "AFTER_60_DAYS" },
    { transition_to_primary_storage_class: "AFTER_1_ACCESS" },
  ]);
});

test("prevent_destroy follows retain", () => {
  expect(fileSystem.lifecycle).toEqual({ prevent_destroy: true });
  expect(
    onlyResource(stackOf({ retain: false }), "aws_efs_file_system").lifecycle,
  ).toEqual({ prevent_destroy: false });
});

test("an access point has a folder of its own and one identity", () => {
  const accessPoint = onlyResource(
    synthOne(
      (scope) =>
        new EfsAccessPoint(scope, "wave", {
          name: "wave-prod-efs-wave",
          fileSystemId: "fs-1",
          path: "/wave",
          uid: 101,
          permissions: "0750",
        }),
    ),
    "aws_efs_access_point",
  );
  expect(accessPoint).toMatchObject({
    file_system_id: "fs-1",
    posix_user: { uid: 101, gid: 101 },
    root_directory: {
      path: "/wave",
      creation_info: { owner_uid: 101, owner_gid: 101, permissions: "0750" },
    },
  });
});

test("its group may have another number than its user", () => {
  const accessPoint = onlyResource(
    synthOne(
      (scope) =>
        new EfsAccessPoint(scope, "data", {
          name: "emg-prod-emg-data",
          fileSystemId: "fs-1",
          path: "/emg/data",
          uid: 7123,
          gid: 1347,
          permissions: "0750",
        }),
    ),
    "aws_efs_access_point",
  );
  expect(accessPoint).toMatchObject({
    posix_user: { uid: 7123, gid: 1347 },
    root_directory: { creation_info: { owner_uid: 7123, owner_gid: 1347 } },
  });
});

test("an access point without an identity: each client is who it is, in a folder of root's", () => {
  const accessPoint = onlyResource(
    synthOne(
      (scope) =>
        new EfsAccessPoint(scope, "scratch", {
          name: "wave-prod-compute-env",
          fileSystemId: "fs-1",
          path: "/tower-scratch",
          permissions: "1777",
        }),
    ),
    "aws_efs_access_point",
  );
  expect(accessPoint).not.toHaveProperty("posix_user");
  expect(accessPoint.root_directory).toEqual({
    path: "/tower-scratch",
    creation_info: { owner_uid: 0, owner_gid: 0, permissions: "1777" },
  });
});

test("files that do not live long stay in one storage class", () => {
  expect(
    onlyResource(
      stackOf({ infrequentAccessAfterDays: "never" }),
      "aws_efs_file_system",
    ),
  ).not.toHaveProperty("lifecycle_policy");
});
