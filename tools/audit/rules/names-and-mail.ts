import { at, referred, textsAt } from "../reading";
import { isAnybody, principalsOf } from "../policies";
import { type Subject } from "../graph";
import {
  type WrittenRule,
  all,
  allowsNone,
  check,
  companion,
  on,
  oneOf,
} from "../rule";

/** Name and value of the record are those that ACM gave. */
const isProof = ({ name, records }: Subject["body"]): boolean =>
  [name, records].every((value) =>
    JSON.stringify(value ?? "").includes(".domain_validation_options "),
  );

/** Mail, certificates and names. */
export const nameAndMailRules: readonly WrittenRule[] = [
  {
    id: "names-and-mail/tls",
    sentence: "Mail leaves through TLS or not at all.",
    externalIds: ["CKV_AWS_365"],
    types: ["aws_ses_configuration_set", "aws_sesv2_configuration_set"],
    ...oneOf("delivery_options.tls_policy", "REQUIRE", "Require"),
  },
  {
    id: "names-and-mail/dkim",
    sentence: "Mail is signed.",
    externalIds: ["prowler ses_identity_dkim_enabled"],
    types: ["aws_sesv2_email_identity"],
    ...check(
      "dkim_signing_attributes",
      ({ body }) =>
        body.dkim_signing_attributes === undefined ||
        at(body, "dkim_signing_attributes.next_signing_key_length").every(
          (length) => length === "RSA_2048_BIT",
        ),
    ),
  },
  {
    id: "names-and-mail/configuration-set",
    sentence:
      "Every mail of the domain goes by the configuration set that wants TLS.",
    types: ["aws_sesv2_email_identity"],
    ...check(
      "configuration_set_name",
      (subject, graph) =>
        (typeof subject.body.configuration_set_name === "string" &&
          /^[\w-]+$/.test(subject.body.configuration_set_name)) ||
        referred(
          graph,
          subject,
          "configuration_set_name",
          "aws_sesv2_configuration_set",
        ).length === 1,
    ),
  },
  {
    id: "names-and-mail/not-public",
    sentence: "Nobody else may send in the domain's name.",
    externalIds: ["prowler ses_identity_not_publicly_accessible"],
    types: ["aws_sesv2_email_identity_policy"],
    ...allowsNone((one) => principalsOf(one).some(isAnybody)),
  },
  {
    id: "names-and-mail/kept-identity",
    sentence:
      "Terraform refuses to delete the mail domain and identity providers.",
    types: ["aws_sesv2_email_identity", "aws_iam_openid_connect_provider"],
    ...on("lifecycle.prevent_destroy"),
  },
  {
    id: "names-and-mail/strong-key",
    sentence: "A certificate's key is RSA of 2048 bits or an elliptic curve.",
    types: ["aws_acm_certificate"],
    ...check("key_algorithm", ({ body }) =>
      textsAt(body, "key_algorithm").every((name) =>
        /^(RSA_(2048|3072|4096)|EC_)/.test(name),
      ),
    ),
  },
  {
    id: "names-and-mail/proved",
    sentence: "A certificate is proved by DNS, and waited for.",
    types: ["aws_acm_certificate"],
    ...all(
      oneOf("validation_method", "DNS"),
      companion("aws_acm_certificate_validation", "certificate_arn"),
    ),
  },
  {
    id: "names-and-mail/no-overwrite",
    sentence:
      "No record of others is overwritten; a proof of ACM is the same for each certificate of a name, and may be.",
    types: ["aws_route53_record"],
    ...check(
      "allow_overwrite",
      ({ body }) =>
        isProof(body) ||
        (body.allow_overwrite !== true &&
          (body.alias !== undefined || body.allow_overwrite === false)),
    ),
  },
];
