import { type Framework } from "./results";

/** Checks that checkov 3.3.30 does not report although our rule of the same name fails, and why: as its code says. */
export interface Silence {
  readonly checks: readonly string[];
  /** Resource types. @default all */
  readonly types?: readonly string[];
  /** Construct paths, as in the register. @default all */
  readonly paths?: readonly string[];
  /** @default both */
  readonly framework?: Framework;
  readonly reason: string;
}

export const SILENCES: readonly Silence[] = [
  {
    checks: ["CKV_AWS_143"],
    reason: "It looks at buckets with a lock only; ours have none.",
  },
  {
    checks: ["CKV_AWS_107", "CKV_AWS_356"],
    reason:
      "They look at the data source aws_iam_policy_document; our policies are JSON.",
  },
  {
    checks: ["CKV_AWS_355"],
    framework: "terraform_json",
    reason: "It does not read a policy that is a text.",
  },
  {
    checks: ["CKV_AWS_355"],
    paths: [
      "identity/efs-csi-node/policy",
      "identity/wave-build/policy",
      "identity/wave-ecr/policy",
    ],
    framework: "terraform_plan",
    reason:
      "IAM cannot restrict the actions there, and it passes over such actions.",
  },
  {
    checks: ["CKV_AWS_31"],
    framework: "terraform_plan",
    reason:
      "It asks whether there is an auth_token; in a plan there is, and it is null.",
  },
  {
    checks: ["CKV_AWS_18"],
    paths: ["data/buckets/access-logs/bucket/Default"],
    framework: "terraform_plan",
    reason:
      "In a plan it takes the bucket that others log to for one that logs.",
  },
  {
    checks: ["CKV_AWS_394"],
    framework: "terraform_plan",
    reason: "A data source that was read is no part of what is planned.",
  },
  {
    checks: ["CKV_AWS_287"],
    reason: "ecr:GetAuthorizationToken is on its own list of exceptions.",
  },
  {
    checks: ["CKV_K8S_11", "CKV_K8S_15", "CKV_K8S_43", "CKV_K8S_35"],
    types: ["kubernetes_cron_job_v1"],
    reason: "They look at pods and deployments, not at cron jobs.",
  },
  {
    checks: ["CKV_K8S_35"],
    types: ["kubernetes_deployment_v1"],
    reason:
      "It looks at the first variable of a container, which is none of our Secrets.",
  },
];

/** Reasons that nothing needed, although all that they speak of was scanned. */
export const idleSilences = (
  all: readonly Silence[],
  needed: readonly Silence[],
  scanned: readonly Framework[],
): Silence[] =>
  all.filter(
    (silence) =>
      !needed.includes(silence) &&
      (silence.framework === undefined || scanned.includes(silence.framework)),
  );
