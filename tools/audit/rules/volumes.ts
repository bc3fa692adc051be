import { at, numberOf, referred } from "../reading";

import { type Rule, all, check, customerKey, oneOf, present } from "../rule";

/** Backups and volumes of files. */
export const volumeRules: readonly Rule[] = [
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
    externalIds: [],
    types: ["aws_backup_vault"],
    ...check("force_destroy", ({ body }) => body.force_destroy !== true),
  },
  {
    id: "volumes/daily",
    sentence:
      "Backups are made daily, into a vault of ours, and kept for 35 days.",
    externalIds: [],
    types: ["aws_backup_plan"],
    ...all(
      check(["rule.schedule"], ({ body }) =>
        at(body, "rule.schedule").some((schedule) =>
          /^cron\(\d+ \d+ \? \* \* \*\)$/.test(String(schedule)),
        ),
      ),
      check(
        "rule.target_vault_name",
        (subject, graph) =>
          referred(graph, subject, "rule.target_vault_name", "aws_backup_vault")
            .length > 0,
      ),
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
    externalIds: [],
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
    externalIds: [],
    types: ["kubernetes_persistent_volume_v1"],
    ...check(
      "spec.persistent_volume_source.csi.volume_handle",
      (subject, graph) =>
        referred(
          graph,
          subject,
          "spec.persistent_volume_source.csi.volume_handle",
          "aws_efs_access_point",
        ).length === 1,
    ),
  },
  {
    id: "volumes/retained",
    sentence: "A volume outlives its claim.",
    externalIds: [],
    types: ["kubernetes_persistent_volume_v1"],
    ...oneOf("spec.persistent_volume_reclaim_policy", "Retain"),
  },
  {
    id: "volumes/claim",
    sentence: "A volume waits for one claim, so that no other takes it.",
    externalIds: [],
    types: ["kubernetes_persistent_volume_v1"],
    ...all(present("spec.claim_ref.name"), present("spec.claim_ref.namespace")),
  },
  {
    id: "volumes/volume",
    sentence: "A claim names its volume.",
    externalIds: [],
    types: ["kubernetes_persistent_volume_claim_v1"],
    ...check("spec.volume_name", ({ body, stack }, graph) =>
      graph.subjects.some(
        (one) =>
          one.type === "kubernetes_persistent_volume_v1" &&
          one.stack === stack &&
          at(one.body, "metadata.name").includes(
            at(body, "spec.volume_name")[0],
          ),
      ),
    ),
  },
  {
    id: "volumes/class",
    sentence: "A volume class keeps what it made.",
    externalIds: [],
    types: ["kubernetes_storage_class_v1"],
    ...oneOf("reclaim_policy", "Retain"),
  },
];
