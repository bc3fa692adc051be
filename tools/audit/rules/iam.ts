import {
  type Statement,
  IDENTITY_POLICIES,
  allowed,
  hasAction,
  statementsOf,
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
    "iam/exact-actions",
    "Policies name their actions: no pattern, no NotAction.",
    ["CKV_AWS_49", "CKV_AWS_63", "AWS-0345", "AWS-0346"],
    (one) => hasAction(one, /[*?]/) || one.NotAction !== undefined,
  ),
  identity(
    "iam/scoped",
    "Every statement names its resources.",
    ["CKV_AWS_355", "CKV_AWS_356", "AWS-0057", "cdk-nag IAM5"],
    isEverything,
  ),
  identity(
    "iam/no-rights-over-rights",
    "No workload changes rights or passes a role, and none assumes a role by a pattern.",
    ["AWS-0342"],
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

/** A rule about the statements of roles, or about those alone with some actions. */
export function identity(
  id: string,
  sentence: string,
  externalIds: readonly string[],
  breaks: Parameters<typeof allowsNone>[0],
  actions?: RegExp,
): WrittenRule {
  const isMeant = (one: Statement): boolean =>
    actions === undefined || hasAction(one, actions);
  return {
    id,
    sentence,
    externalIds,
    types: IDENTITY_POLICIES,
    about: (subject) =>
      actions === undefined || allowed(statementsOf(subject)).some(isMeant),
    ...allowsNone(
      (one, subject, graph) => isMeant(one) && breaks(one, subject, graph),
    ),
  };
}

function isEverything({ Resource }: Statement): boolean {
  return texts(Resource).includes("*") || Resource === undefined;
}
