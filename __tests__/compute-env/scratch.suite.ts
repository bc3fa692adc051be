import { TerraformOutput } from "cdktf";
import { createScratch } from "../../modules/compute-env/scratch";
import {
  ACCOUNT,
  EXISTING,
  IDENTITY,
  NETWORK,
  documentOf,
  literalOf,
  waitFor,
  waiting,
  worldOfStack,
} from "../support/compute-env";
import { type SettingsChange, platformsSettings } from "../support/settings";
import { type Context, isAllowed } from "../support/simulate";
import {
  type StackJson,
  onlyResource,
  resourcesOf,
  synthOne,
} from "../support/synth";

const stackOf = (
  change: SettingsChange = {},
  nodeSecurityGroupId?: string,
): StackJson =>
  synthOne((stack) => {
    const { volumeHandle, dependsOn } = createScratch(stack, {
      settings: platformsSettings(change),
      network: NETWORK,
      identity: IDENTITY,
      nodeSecurityGroupId,
    });
    if (volumeHandle === undefined) return;
    new TerraformOutput(stack, "handle", {
      value: volumeHandle,
      staticId: true,
    });
    waitFor(stack, dependsOn);
  });
const stack = stackOf({}, "sg-compute");

test("T-06, T-27: a file system of its own, by an access point that makes nobody somebody else", () => {
  expect(onlyResource(stack, "aws_efs_access_point")).toMatchObject({
    root_directory: {
      path: "/tower-scratch",
      creation_info: { owner_uid: 0, owner_gid: 0, permissions: "1777" },
    },
  });
  expect(onlyResource(stack, "aws_efs_access_point")).not.toHaveProperty(
    "posix_user",
  );
  expect(stack.output?.handle?.value).toBe(
    "${aws_efs_file_system.file-system.id}::${aws_efs_access_point.access-point.id}",
  );
});

test("T-27: encrypted by a key of its own; nothing is backed up, nothing moves to Infrequent Access", () => {
  const fileSystem = onlyResource(stack, "aws_efs_file_system");
  expect(fileSystem).toMatchObject({
    encrypted: true,
    kms_key_id: "${aws_kms_key.storage-key.arn}",
    throughput_mode: "elastic",
    tags: { Name: "pipelines-prod-compute-env" },
  });
  expect(fileSystem).not.toHaveProperty("lifecycle_policy");
  expect(JSON.stringify(stack)).not.toContain("aws_backup");
  expect(
    Object.values(resourcesOf(stack, "aws_kms_alias")).map(({ name }) => name),
  ).toEqual(["alias/pipelines-prod-compute-env"]);
});

test("T-27: permissions and throughput follow the settings", () => {
  const changed = stackOf({
    computeEnv: {
      storage: {
        kind: "efs",
        permissions: "0777",
        throughputMode: "bursting",
      },
    },
  });
  expect(onlyResource(changed, "aws_efs_access_point")).toMatchObject({
    root_directory: { creation_info: { permissions: "0777" } },
  });
  expect(onlyResource(changed, "aws_efs_file_system").throughput_mode).toBe(
    "bursting",
  );
});

describe("who mounts it", () => {
  const role = (key: string) => ({
    key,
    name: `pipelines-prod-euc1-${key}`,
    arn: `arn:aws:iam::${ACCOUNT}:role/pipelines-prod-euc1-${key}`,
    path: key,
    // Somebody takes it: what nobody takes is a policy for users.
    trust: documentOf(onlyResource(stack, "aws_kms_key").policy),
    policies: {},
    managed: [],
  });
  const MOUNT = "elasticfilesystem:ClientMount";
  const ROOT = "elasticfilesystem:ClientRootAccess";
  const accessPoint = literalOf("efs_access_point");
  const by = (arn: string) => ({ "elasticfilesystem:AccessPointArn": arn });
  const ours = by(accessPoint);
  const another = by(accessPoint.replace("fsap-1", "fsap-2"));
  const notByTarget = { "elasticfilesystem:AccessedViaMountTarget": "false" };
  const asks = (of: StackJson, as: string, does: string, context: Context) =>
    isAllowed(worldOfStack(of, role("efs-csi-node"), role("node")), {
      as,
      does,
      to: literalOf("efs_file_system"),
      with: {
        "elasticfilesystem:AccessedViaMountTarget": "true",
        ...context,
      },
    });

  test.each([
    ["the driver's agent mounts", "efs-csi-node", MOUNT, ours, true],
    ["root in a task stays root", "efs-csi-node", ROOT, ours, true],
    ["a node by its own role", "node", MOUNT, ours, false],
    ["without a signature", "anybody", MOUNT, ours, false],
    ["without the access point", "efs-csi-node", MOUNT, {}, false],
    ["by another access point", "efs-csi-node", MOUNT, another, false],
    ["root by another access point", "efs-csi-node", ROOT, another, false],
    [
      "not through a mount target",
      "efs-csi-node",
      MOUNT,
      { ...ours, ...notByTarget },
      false,
    ],
    [
      "an administrator without TLS",
      "admin",
      MOUNT,
      { ...ours, "aws:SecureTransport": "false" },
      false,
    ],
    ["somebody of another account", "stranger", MOUNT, ours, false],
  ] as const)("T-27: %s", async (_, as, does, context, expected) => {
    expect(await asks(stack, as, does, context)).toBe(expected);
  });

  const given = stackOf(EXISTING);
  test.each([
    ["any role of the account, signed", "node", ours, true],
    ["by another access point", "node", another, false],
    ["without a signature", "anybody", ours, false],
    ["somebody of another account", "stranger", ours, false],
  ] as const)(
    "T-27, T-28: by a driver that is the cluster's: %s",
    async (_, as, context, expected) => {
      expect(await asks(given, as, MOUNT, context)).toBe(expected);
    },
  );

  test("T-27: our driver's agent may look up this file system's mount targets, and no other's", () => {
    expect(onlyResource(stack, "aws_iam_role_policy")).toMatchObject({
      role: IDENTITY.efsCsiNodeRoleName,
      policy: expect.stringContaining(
        '"Action":"elasticfilesystem:DescribeMountTargets","Resource":"${aws_efs_file_system.file-system.arn}"',
      ) as unknown,
    });
    expect(given.resource).not.toHaveProperty("aws_iam_role_policy");
  });
});

/** Ends of the ids of the groups' rules, and whom they admit. */
const admittedBy = (of: StackJson): string[] =>
  Object.values(resourcesOf(of, "aws_vpc_security_group_ingress_rule"))
    .map(
      ({ referenced_security_group_id, from_port, to_port }) =>
        `${String(referenced_security_group_id)} ${String(from_port)}-${String(to_port)}`,
    )
    .sort();

test("T-27: the nodes of the cluster mount it, and those that are made for it", () => {
  expect(admittedBy(stack)).toEqual([
    "sg-cluster 2049-2049",
    "sg-compute 2049-2049",
  ]);
});

test("T-18, T-28: nodes that exist mount it, by the groups that they have", () => {
  const nodes = { kind: "existing" } as const;
  const builds: SettingsChange = {
    cluster: { nodeGroups: { build: { minSize: 0, maxSize: 2 } } },
    computeEnv: { nodes },
  };
  expect(admittedBy(stackOf({ computeEnv: { nodes } }))).toEqual([
    "sg-cluster 2049-2049",
  ]);
  // Builds have no taint, so that tasks may come to their nodes.
  expect(admittedBy(stackOf(builds))).toEqual([
    "sg-builds 2049-2049",
    "sg-cluster 2049-2049",
  ]);
  expect(admittedBy(stackOf(EXISTING, "sg-compute"))).toEqual([
    "sg-0123456789abcdef0 2049-2049",
    "sg-cluster 2049-2049",
    "sg-compute 2049-2049",
  ]);
});

test("T-06: a volume needs mount targets, the policy, and the driver's right, and goes before them", () => {
  const needed = [
    "aws_efs_mount_target",
    "aws_efs_file_system_policy",
    "aws_iam_role_policy",
  ].flatMap((type) =>
    Object.keys(resourcesOf(stack, type)).map((id) => `${type}.${id}`),
  );
  expect(needed).toHaveLength(5);
  expect(waiting(stack)).toEqual(expect.arrayContaining(needed));
});

test("T-27: files and key are kept with retain, and go without", () => {
  const kept = (of: StackJson) =>
    ["aws_efs_file_system", "aws_kms_key"].map(
      (type) => onlyResource(of, type).lifecycle,
    );
  expect(kept(stack)).toEqual([
    { prevent_destroy: true },
    { prevent_destroy: true },
  ]);
  expect(kept(stackOf({ retain: false }))).toEqual([
    { prevent_destroy: false },
    { prevent_destroy: false },
  ]);
});

test("T-26: with a server or a claim that exists nothing is made", () => {
  const storages = [
    { kind: "nfs", server: "10.9.3.4", path: "/export" },
    { kind: "claim", claimName: "lustre" },
  ] as const;
  for (const storage of storages)
    expect(stackOf({ computeEnv: { storage } })).not.toHaveProperty("resource");
});
