import {
  type Statement,
  IDENTITY_POLICIES,
  allowed,
  namesOf,
  statementsOf,
  texts,
} from "../policies";
import { type Check, type Rule, check } from "../rule";
import { type Graph, type Subject } from "../graph";
import { areKnown } from "../known-actions";

/** Actions that change who may do what. */
const PERMISSIONS =
  /^(iam:(Put|Attach|Detach|Delete|Create|Update|Set|Add|Remove)\w*|iam:PassRole|kms:(PutKeyPolicy|CreateGrant)|s3:(PutBucketPolicy|PutBucketAcl|PutObjectAcl|PutBucketPublicAccessBlock)|ecr:SetRepositoryPolicy|secretsmanager:PutResourcePolicy|lambda:AddPermission|organizations:\w+|sts:TagSession)$/i;

/** What roles may do, by action. Findings name the statement. */
export const iamRules: readonly Rule[] = [
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
    (one) => texts(one.Action).some((action) => /[*?]/.test(action)),
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
      (texts(one.Action).some((action) => /^sts:AssumeRole/i.test(action)) &&
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
  breaks: (statement: Statement, subject: Subject, graph: Graph) => boolean,
): Rule {
  return {
    id,
    sentence,
    externalIds,
    types: IDENTITY_POLICIES,
    ...(check("policy", (subject, graph) =>
      namesOf(
        allowed(statementsOf(subject)).filter((one) =>
          breaks(one, subject, graph),
        ),
      ),
    ) satisfies Check),
  };
}

function isEverything({ Resource }: Statement): boolean {
  return texts(Resource).includes("*") || Resource === undefined;
}
