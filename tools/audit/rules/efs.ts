import { type Subject, ofType } from "../graph";
import { at, companionsOf, referred } from "../reading";
import {
  conditionsOf,
  isAnybody,
  pins,
  principalsOf,
  allowed,
  statementsOf,
  texts,
} from "../policies";
import {
  type WrittenRule,
  all,
  absent,
  allowsNone,
  atLeast,
  check,
  companion,
  customerKey,
  on,
  refersTo,
} from "../rule";

const FILES = ["aws_efs_file_system"];
const POINT = ["aws_efs_access_point"];
const POLICY = ["aws_efs_file_system_policy"];

/** Files and their backup. */
export const efsRules: readonly WrittenRule[] = [
  {
    id: "efs/key",
    sentence: "Files are encrypted with a customer managed key.",
    externalIds: ["CKV_AWS_184"],
    types: FILES,
    ...customerKey("kms_key_id"),
  },
  {
    id: "efs/backup",
    sentence: "Files are backed up by a plan of the same stack.",
    externalIds: ["CKV2_AWS_18", "prowler efs_have_backup_enabled"],
    types: FILES,
    ...check(
      ["aws_backup_selection.resources", "aws_backup_selection.plan_id"],
      (subject, graph) =>
        companionsOf(graph, subject, "aws_backup_selection", "resources").some(
          (selection) =>
            selection.stack === subject.stack &&
            referred(graph, selection, "plan_id", "aws_backup_plan").length ===
              1,
        ),
    ),
  },
  {
    id: "efs/no-root",
    sentence: "Nobody is root behind an access point.",
    types: POINT,
    ...all(
      atLeast("posix_user.uid", 1),
      atLeast("posix_user.gid", 1),
      atLeast("root_directory.creation_info.owner_uid", 1),
      atLeast("root_directory.creation_info.owner_gid", 1),
    ),
  },
  {
    id: "efs/mode",
    sentence: "The folder of an access point is closed to others.",
    types: POINT,
    ...check("root_directory.creation_info.permissions", ({ body }) =>
      at(body, "root_directory.creation_info.permissions").some((mode) =>
        /^0?[0-7][0-5]0$/.test(String(mode)),
      ),
    ),
  },
  {
    id: "efs/policy",
    sentence:
      "The policy lets in the role that mounts alone, through the cluster's access points and inside the VPC; IAM of the account may let in others.",
    externalIds: ["prowler efs_not_publicly_accessible"],
    types: POLICY,
    ...allowsNone(
      (one) =>
        principalsOf(one).some(isAnybody) &&
        !(
          pins(one, "elasticfilesystem:AccessedViaMountTarget") &&
          conditionsOf(one).some(([, , values]) => values.includes("true")) &&
          pins(one, "elasticfilesystem:AccessPointArn") &&
          pins(one, "aws:PrincipalArn")
        ),
    ),
  },
  {
    id: "efs/access-points",
    sentence:
      "The policy lets in through access points of this file system only.",
    types: POLICY,
    ...check("policy", (subject, graph) => {
      const own = ofType(graph, ...POINT).map(
        ({ address }) => `\${${address}.arn}`,
      );
      return allowed(statementsOf(subject))
        .flatMap(conditionsOf)
        .filter(([, key]) => key === "elasticfilesystem:AccessPointArn")
        .every(([, , values]) => values.every((value) => own.includes(value)));
    }),
  },
  {
    id: "efs/has-policy",
    sentence:
      "The file system has a policy: without one any client may do anything.",
    types: FILES,
    ...companion("aws_efs_file_system_policy", "file_system_id"),
  },
  {
    id: "efs/verbs",
    sentence: "A client may mount and write, and nothing else: it is no root.",
    types: POLICY,
    ...allowsNone(({ Action }) =>
      texts(Action).some(
        (action) => !/^elasticfilesystem:Client(Mount|Write)$/.test(action),
      ),
    ),
  },
  {
    id: "efs/tls",
    sentence: "Files are read and written through TLS only.",
    types: POLICY,
    ...check("policy", (subject) =>
      deniesPlainText(subject, ["*", "elasticfilesystem:*"]),
    ),
  },
  {
    id: "efs/regional",
    sentence: "Files are kept in several zones.",
    externalIds: ["prowler efs_multi_az_enabled"],
    types: FILES,
    ...all(
      absent("availability_zone_name"),
      check(
        "aws_efs_mount_target.subnet_id",
        (subject, graph) =>
          companionsOf(graph, subject, "aws_efs_mount_target", "file_system_id")
            .length >= 2,
      ),
    ),
  },
  {
    id: "efs/mount-target",
    sentence:
      "Mount targets have a security group of ours, not the VPC's default.",
    types: ["aws_efs_mount_target"],
    ...refersTo("security_groups", "aws_security_group"),
  },
  {
    id: "efs/kept-files",
    sentence: "Terraform refuses to delete files and backups.",
    types: [...FILES, "aws_backup_vault"],
    ...on("lifecycle.prevent_destroy"),
  },
];

/** Whether a resource policy denies every action to everybody who comes without TLS. */
export function deniesPlainText(
  subject: Subject,
  everything: readonly string[],
  resources = 1,
): boolean {
  return statementsOf(subject).some(
    (one) =>
      one.Effect === "Deny" &&
      principalsOf(one).some(isAnybody) &&
      texts(one.Action).some((action) => everything.includes(action)) &&
      texts(one.Resource).length >= resources &&
      JSON.stringify(one.Condition) ===
        '{"Bool":{"aws:SecureTransport":"false"}}',
  );
}
