import { ofType } from "../graph";
import { at } from "../reading";
import { pins, principalsOf, texts } from "../policies";
import {
  type WrittenRule,
  all,
  absent,
  allowsNone,
  atLeast,
  check,
  customerKey,
  on,
  present,
  refersTo,
} from "../rule";

const KEY = ["aws_kms_key"];
const SECRET = ["aws_secretsmanager_secret"];

/** What a service needs to encrypt, and nothing of a key's administration. */
const USE =
  /^kms:(Encrypt|Decrypt|ReEncrypt(From|To)|GenerateDataKey(WithoutPlaintext)?|DescribeKey|CreateGrant)$/;

/** Services that encrypt for us with a key of ours. */
const KEY_USERS = /^Service:(cloudwatch|logs|delivery\.logs|ses|sns)\./;

/** Keys, logs and secrets. */
export const keyAndLogRules: readonly WrittenRule[] = [
  {
    id: "keys-and-logs/own-account",
    sentence: "A key is given to IAM of this account, and to services.",
    types: KEY,
    ...allowsNone((one, { stack }, graph) => {
      const accounts = ofType(graph, "provider.aws")
        .filter((provider) => provider.stack === stack)
        .flatMap(({ body }) => at(body, "allowed_account_ids").map(String));
      return !principalsOf(one).every(
        (principal) =>
          principal.startsWith("Service:") ||
          accounts.some((account) =>
            new RegExp(`^AWS:arn:aws[\\w-]*:iam::${account}:root$`).test(
              principal,
            ),
          ),
      );
    }),
  },
  {
    id: "keys-and-logs/service-use",
    sentence:
      "A service uses a key for named things, and does not administer it.",
    types: KEY,
    ...allowsNone(
      (one) =>
        principalsOf(one).some((principal) =>
          principal.startsWith("Service:"),
        ) &&
        (!principalsOf(one).every((principal) => KEY_USERS.test(principal)) ||
          !texts(one.Action).every((action) => USE.test(action)) ||
          !(
            pins(one, "kms:EncryptionContext:aws:logs:arn") ||
            pins(one, "aws:SourceAccount") ||
            pins(one, "aws:SourceArn")
          )),
    ),
  },
  {
    id: "keys-and-logs/window",
    sentence:
      "A deleted key can be fetched back for 30 days, and Terraform refuses to delete it.",
    types: KEY,
    ...all(
      atLeast("deletion_window_in_days", 30),
      on("lifecycle.prevent_destroy"),
    ),
  },
  {
    id: "keys-and-logs/enabled",
    sentence:
      "A key is enabled, and AWS checks that its policy locks nobody out.",
    externalIds: ["CKV_AWS_227"],
    types: KEY,
    ...all(
      check("is_enabled", ({ body }) => body.is_enabled !== false),
      absent("bypass_policy_lockout_safety_check"),
    ),
  },
  {
    id: "keys-and-logs/retention",
    sentence: "Logs have an end.",
    externalIds: ["CKV_AWS_66"],
    types: ["aws_cloudwatch_log_group"],
    ...atLeast("retention_in_days", 1),
  },
  {
    id: "keys-and-logs/key",
    sentence: "Logs are encrypted with a customer managed key.",
    externalIds: ["CKV_AWS_158", "AWS-0017"],
    types: ["aws_cloudwatch_log_group"],
    ...customerKey("kms_key_id"),
  },
  {
    id: "keys-and-logs/recovery",
    sentence: "A deleted secret can be fetched back for 30 days.",
    types: SECRET,
    ...atLeast("recovery_window_in_days", 30),
  },
  {
    id: "keys-and-logs/write-only",
    sentence:
      "A version of a secret takes its value by a write-only argument, which no state keeps.",
    types: ["aws_secretsmanager_secret_version"],
    ...all(
      absent("secret_string"),
      absent("secret_binary"),
      check("secret_string_wo", ({ body }) =>
        /^\$\{ephemeral\./.test(String(body.secret_string_wo)),
      ),
      present("secret_string_wo_version"),
    ),
  },
  {
    id: "keys-and-logs/length",
    sentence: "A generated password has 32 characters at least.",
    types: ["ephemeral.aws_secretsmanager_random_password"],
    ...atLeast("password_length", 32),
  },
  {
    id: "keys-and-logs/alias",
    sentence: "An alias points to a key of ours.",
    types: ["aws_kms_alias"],
    ...refersTo("target_key_id", "aws_kms_key"),
  },
];
