import { type PolicyDocument } from "../../../modules/lib/policy";
import {
  dataStack,
  networkOutput,
  resourceWith,
} from "../../support/data-stack";
import { onlyResource, resourcesOf } from "../../support/synth";

const stack = dataStack();
const output = (name: string) => stack.output?.[name]?.value;

test("INF-04: a mount target in each zone of the settings", () => {
  const targets = Object.values(resourcesOf(stack, "aws_efs_mount_target"));
  expect(targets.map(({ subnet_id }) => subnet_id).sort()).toEqual(
    ["a", "b", "c"].map((zone) => networkOutput(`private_subnet_ids.${zone}`)),
  );
});

test("K8S-03, K8S-07: Wave and builds have an access point each on one folder, as 101:101", () => {
  for (const who of ["wave", "build"])
    expect(
      resourceWith(stack, "aws_efs_access_point", `efs-${who}`)[1],
    ).toMatchObject({
      posix_user: { uid: 101, gid: 101 },
      root_directory: {
        path: "/wave",
        creation_info: {
          owner_uid: 101,
          owner_gid: 101,
          permissions: "0750",
        },
      },
    });
  expect(output("wave_access_point_id")).not.toBe(
    output("build_access_point_id"),
  );
});

test("SUR-05: SurrealDB has a folder and a user of its own", () => {
  expect(
    resourceWith(stack, "aws_efs_access_point", "efs-surreal")[1],
  ).toMatchObject({
    posix_user: { uid: 65532, gid: 65532 },
    root_directory: {
      path: "/surreal-db",
      creation_info: {
        owner_uid: 65532,
        owner_gid: 65532,
        permissions: "0700",
      },
    },
  });
});

test("SET-07, SUR-05: each output names its own access point", () => {
  for (const who of ["wave", "build", "surreal"]) {
    const [id] = resourceWith(stack, "aws_efs_access_point", `efs-${who}`);
    expect(output(`${who}_access_point_id`)).toBe(
      `\${aws_efs_access_point.${id}.id}`,
    );
  }
});

test("the role that mounts, through our access points only, and nothing without TLS", () => {
  const { policy } = onlyResource(stack, "aws_efs_file_system_policy");
  const doors = ["wave", "build", "surreal"].map(
    (who) =>
      `\${aws_efs_access_point.${resourceWith(stack, "aws_efs_access_point", `efs-${who}`)[0]}.arn}`,
  );
  const [id] = Object.keys(resourcesOf(stack, "aws_efs_file_system"));
  const arn = `\${aws_efs_file_system.${id ?? ""}.arn}`;
  expect((JSON.parse(policy as string) as PolicyDocument).Statement).toEqual([
    {
      Sid: "MountThroughOurAccessPoints",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: [
        "elasticfilesystem:ClientMount",
        "elasticfilesystem:ClientWrite",
      ],
      Resource: arn,
      Condition: {
        Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" },
        StringEquals: {
          "elasticfilesystem:AccessPointArn": doors,
          "aws:PrincipalArn":
            "arn:aws:iam::123456789012:role/wave-prod-euc1-efs-csi-node",
        },
      },
    },
    {
      Sid: "NothingWithoutTls",
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: "*",
      Resource: arn,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);
});

test("BAK-01: backed up in this stack, for the days of the settings", () => {
  const [id] = Object.keys(resourcesOf(stack, "aws_efs_file_system"));
  expect(onlyResource(stack, "aws_backup_selection").resources).toEqual([
    `\${aws_efs_file_system.${id ?? ""}.arn}`,
  ]);
  expect(onlyResource(stack, "aws_backup_plan").rule).toMatchObject([
    { lifecycle: { delete_after: 35 } },
  ]);
  expect(onlyResource(stack, "aws_iam_role").name).toBe(
    "wave-prod-euc1-backup",
  );
});
