import { ofType } from "../graph";
import { at, first, numberOf } from "../reading";
import {
  type WrittenRule,
  all,
  check,
  customerKey,
  oneOf,
  present,
  refersTo,
} from "../rule";

/** Backups and volumes of files. */
export const volumeRules: readonly WrittenRule[] = [
  {
    id: "volumes/vault-key",
    sentence: "Backups are encrypted with a customer managed key.",
    externalIds: ["CKV_AWS_166"],
    types: ["aws_backup_vault"],
    ...customerKey("kms_key_arn"),
  },
  {
    id: "volumes/vault-not-emptied",
    sentence: "No destroy empties the vault.",
    types: ["aws_backup_vault"],
    ...check("force_destroy", ({ body }) => body.force_destroy !== true),
  },
  {
    id: "volumes/daily",
    sentence:
      "Backups are made daily, into a vault of ours, and kept for 35 days.",
    types: ["aws_backup_plan"],
    ...all(
      check(["rule.schedule"], ({ body }) =>
        at(body, "rule.schedule").some((schedule) =>
          /^cron\(\d+ \d+ \? \* \* \*\)$/.test(String(schedule)),
        ),
      ),
      refersTo("rule.target_vault_name", "aws_backup_vault"),
      check(
        "rule.lifecycle.delete_after",
        ({ body }) =>
          at(body, "rule.lifecycle.delete_after").every(
            (days) => numberOf(days) >= 35,
          ) && at(body, "rule.lifecycle.delete_after").length > 0,
      ),
    ),
  },
  {
    id: "volumes/mount-options",
    sentence:
      "No volume turns TLS to the file system off, and its mounts are signed.",
    types: ["kubernetes_persistent_volume_v1"],
    ...check(
      [
        "spec.mount_options",
        "spec.persistent_volume_source.csi.volume_attributes.encryptInTransit",
      ],
      ({ body }) =>
        !at(
          body,
          "spec.persistent_volume_source.csi.volume_attributes.encryptInTransit",
        ).some((value) => String(value) === "false") &&
        at(body, "spec.mount_options").flat().join() === "iam",
    ),
  },
  {
    id: "volumes/handle",
    sentence: "A volume of EFS is mounted through an access point.",
    types: ["kubernetes_persistent_volume_v1"],
    ...refersTo(
      "spec.persistent_volume_source.csi.volume_handle",
      "aws_efs_access_point",
    ),
  },
  {
    id: "volumes/retained",
    sentence: "A volume outlives its claim.",
    types: ["kubernetes_persistent_volume_v1"],
    ...oneOf("spec.persistent_volume_reclaim_policy", "Retain"),
  },
  {
    id: "volumes/claim",
    sentence: "A volume waits for one claim, so that no other takes it.",
    types: ["kubernetes_persistent_volume_v1"],
    ...all(present("spec.claim_ref.name"), present("spec.claim_ref.namespace")),
  },
  {
    id: "volumes/volume",
    sentence: "A claim names its volume.",
    types: ["kubernetes_persistent_volume_claim_v1"],
    ...check("spec.volume_name", ({ body, stack }, graph) =>
      ofType(graph, "kubernetes_persistent_volume_v1").some(
        (one) =>
          one.stack === stack &&
          at(one.body, "metadata.name").includes(
            first(body, "spec.volume_name"),
          ),
      ),
    ),
  },
  {
    id: "volumes/class",
    sentence: "A volume class keeps what it made.",
    types: ["kubernetes_storage_class_v1"],
    ...oneOf("reclaim_policy", "Retain"),
  },
];
