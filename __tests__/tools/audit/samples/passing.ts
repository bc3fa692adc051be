import { type StackJson } from "../../../../tools/audit/graph";
import { pod, policy, resource, stack } from "./sample";

const bucketWith = (type: string, body: Record<string, unknown> = {}) =>
  stack({
    "aws_s3_bucket.sample": {},
    [`${type}.sample`]: { bucket: "${aws_s3_bucket.sample.id}", ...body },
  });

/** What satisfies the rules that no resource of the examples does: those of the register, and of types we do not use. */
export const passing: Readonly<Record<string, StackJson>> = {
  "EXC-04/object-lock": bucketWith("aws_s3_bucket_object_lock_configuration"),
  "EXC-04/mfa-delete": bucketWith("aws_s3_bucket_versioning", {
    versioning_configuration: { mfa_delete: "Enabled" },
  }),
  "SEC-B40/not-public": policy(
    { Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "ses:*" },
    "aws_sesv2_email_identity_policy",
  ),
  "SEC-B43/internal": resource("aws_lb", { internal: true }),
  "SEC-B49/digest": pod({}, { image: `a/b:1@sha256:${"0".repeat(64)}` }),
};

/** Rules that forbid a type as such: nothing satisfies them but the absence of the type. */
export const FORBIDDEN_TYPES = ["SEC-B34/no-users", "HARD-01/no-cluster-role"];
