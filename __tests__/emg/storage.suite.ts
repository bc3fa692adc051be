import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { TerraformOutput } from "cdktf";
import { createFiles, createVolumes } from "../../modules/emg/storage";
import {
  EXISTING,
  IDENTITY,
  NETWORK,
  documentOf,
} from "../support/compute-env";
import { type SettingsChange, emgSettings } from "../support/settings";
import { onlyResource, resourcesOf, synthOne } from "../support/synth";

const { network, cluster } = EXISTING;

const stackOf = (change: SettingsChange = {}) =>
  synthOne((stack) => {
    const settings = emgSettings(change);
    const { api } = settings.emg;
    if (api === undefined) throw new Error("Without the API there is none.");
    const files = createFiles(stack, {
      settings,
      api,
      network: NETWORK,
      identity: IDENTITY,
      keyArn: "arn:key",
    });
    const namespace = new NamespaceV1(stack, "namespace", { metadata: {} });
    createVolumes(stack, settings, files, namespace);
    new TerraformOutput(stack, "handles", {
      value: Object.keys(files.handles),
    });
  });
const stack = stackOf();

/** The only one whose name ends so. */
const named = (type: string, end: string) =>
  Object.entries(resourcesOf(stack, type)).find(([name]) =>
    name.endsWith(end),
  )?.[1];

test.each([
  ["data", "/emg/data"],
  ["results", "/emg/results"],
])("folder %s is the application's, whoever mounts it", (folder, path) => {
  expect(named("aws_efs_access_point", folder)).toMatchObject({
    posix_user: { uid: 7123, gid: 1347 },
    root_directory: {
      path,
      creation_info: {
        owner_uid: 7123,
        owner_gid: 1347,
        permissions: "0750",
      },
    },
  });
});

test.each([
  ["emgapi-vol-nfs", "emgapi-volume-claim-3", "data"],
  ["emgapi-vol-nfs-services", "emgapi-services-volume-claim-1", "results"],
])(
  "volume %s and claim %s are made for each other, and the files stay",
  (volume, claim, folder) => {
    expect(named("kubernetes_persistent_volume_v1", volume)).toMatchObject({
      metadata: { name: volume },
      spec: [
        {
          access_modes: ["ReadWriteMany"],
          persistent_volume_reclaim_policy: "Retain",
          claim_ref: { name: claim, namespace: "emgapiv2-hl-exp" },
          mount_options: ["iam"],
          persistent_volume_source: {
            csi: {
              driver: "efs.csi.aws.com",
              volume_handle: `\${aws_efs_file_system.file-system.id}::\${aws_efs_access_point.${folder}.id}`,
            },
          },
        },
      ],
    });
    expect(named("kubernetes_persistent_volume_claim_v1", claim)).toMatchObject(
      {
        metadata: { name: claim, namespace: "emgapiv2-hl-exp" },
        // The driver mounts nothing that is ReadOnlyMany.
        spec: { access_modes: ["ReadWriteMany"], volume_name: volume },
      },
    );
  },
);

test("a changed user or a folder that is not mounted takes nothing away: pods that run would not let go", () => {
  const changed = stackOf({
    emg: { api: { user: { uid: 5000 }, storage: { results: false } } },
  });
  expect(changed.resource).toEqual(stack.resource);
});

test("a file system of its own: with the key of the platform, backed up, and kept", () => {
  expect(onlyResource(stack, "aws_efs_file_system")).toMatchObject({
    kms_key_id: "arn:key",
    encrypted: true,
    throughput_mode: "elastic",
    lifecycle: { prevent_destroy: true },
  });
  expect(onlyResource(stack, "aws_backup_selection")).toMatchObject({
    resources: ["${aws_efs_file_system.file-system.arn}"],
  });
  expect(onlyResource(stack, "aws_backup_plan")).toMatchObject({
    rule: [{ lifecycle: { delete_after: 14 } }],
  });
  expect(
    onlyResource(stackOf({ retain: false }), "aws_efs_file_system").lifecycle,
  ).toEqual({ prevent_destroy: false });
});

const conditionIn = (of: typeof stack): unknown =>
  documentOf(onlyResource(of, "aws_efs_file_system_policy").policy).Statement[0]
    ?.Condition?.StringEquals;

test("the role of our driver mounts it by these folders, and may look up where", () => {
  expect(conditionIn(stack)).toEqual({
    "elasticfilesystem:AccessPointArn": [
      expect.stringContaining("access-point") as unknown,
      expect.stringContaining("access-point") as unknown,
    ],
    "aws:PrincipalArn":
      "arn:aws:iam::123456789012:role/emg-prod-euc1-efs-csi-node",
  });
  expect(onlyResource(stack, "aws_iam_role_policy")).toMatchObject({
    role: IDENTITY.efsCsiNodeRoleName,
    policy: expect.stringContaining("DescribeMountTargets") as unknown,
  });
});

test("with another's driver any role of the account mounts it, and nodes with a group of their own reach it", () => {
  const existing = stackOf({ network, cluster });
  expect(conditionIn(existing)).toMatchObject({
    "aws:PrincipalAccount": "123456789012",
  });
  expect(existing.resource).not.toHaveProperty("aws_iam_role_policy");
  expect(
    Object.values(
      resourcesOf(existing, "aws_vpc_security_group_ingress_rule"),
    ).map((rule) => rule.referenced_security_group_id),
  ).toEqual(["sg-cluster", "sg-0123456789abcdef0"]);
});
