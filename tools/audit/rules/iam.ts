import {
  type Statement,
  IDENTITY_POLICIES,
  hasAction,
  texts,
} from "../policies";
import { type WrittenRule, allowsNone } from "../rule";
import { areKnown } from "../known-actions";

/** Actions that change who may do what. */
const PERMISSIONS =
  /^(iam:(Put|Attach|Detach|Delete|Create|Update|Set|Add|Remove)\w*|iam:PassRole|kms:(PutKeyPolicy|CreateGrant)|s3:(PutBucketPolicy|PutBucketAcl|PutObjectAcl|PutBucketPublicAccessBlock)|ecr:SetRepositoryPolicy|secretsmanager:PutResourcePolicy|lambda:AddPermission|organizations:\w+|sts:TagSession)$/i;

/** What roles may do, by action. Findings name the statement. */
export const iamRules: readonly WrittenRule[] = [
  identity(
    "iam/no-star",
    "No policy allows every action.",
    ["CKV_AWS_49", "CKV_AWS_63"],
    (one) => texts(one.Action).includes("*") || one.NotAction !== undefined,
  ),
  identity(
    "iam/exact-actions",
    "Policies name their actions: no pattern.",
    ["CIS-EKS 5.1.2"],
    (one) => hasAction(one, /[*?]/),
  ),
  identity(
    "iam/no-s3-pattern",
    "No policy allows a pattern of S3 actions.",
    ["AWS-0345", "AWS-0346"],
    (one) =>
      texts(one.Action).some(
        (action) => /^s3:.*[*?]/i.test(action) || action === "*",
      ),
  ),
  identity(
    "iam/scoped",
    "Every statement names its resources.",
    ["CKV_AWS_355", "CKV_AWS_356", "AWS-0057", "cdk-nag IAM5"],
    isEverything,
  ),
  identity(
    "iam/no-pass-role",
    "No policy passes a role.",
    ["AWS-0342"],
    (one) =>
      texts(one.Action).some((action) =>
        /^(\*|iam:(\*|PassRole))$/i.test(action),
      ),
  ),
  identity(
    "iam/no-rights-over-rights",
    "No workload changes rights, and none assumes a role by a pattern.",
    [],
    (one) =>
      texts(one.Action).some(
        (action) =>
          PERMISSIONS.test(action) &&
          !/^iam:CreateServiceLinkedRole$/.test(action),
      ) ||
      (hasAction(one, /^sts:AssumeRole/i) &&
        texts(one.Resource).some((arn) => /[*?]/.test(arn))),
  ),
  identity(
    "iam/known-actions",
    "A policy has only actions that a row of the requirements asks for.",
    [],
    (one) => !areKnown(texts(one.Action)),
  ),
];

export function identity(
  id: string,
  sentence: string,
  externalIds: readonly string[],
  breaks: Parameters<typeof allowsNone>[0],
): WrittenRule {
  return {
    id,
    sentence,
    externalIds,
    types: IDENTITY_POLICIES,
    ...allowsNone(breaks),
  };
}

function isEverything({ Resource }: Statement): boolean {
  return texts(Resource).includes("*") || Resource === undefined;
}
