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

/** Actions that hand out credentials (checkov's CKV_AWS_107 and 287). */
const CREDENTIALS =
  /^(ecr:GetAuthorizationToken|sts:(AssumeRole|GetFederationToken|GetSessionToken)|iam:(CreateAccessKey|CreateLoginProfile|UpdateLoginProfile)|rds-db:connect|chime:CreateApiKey|codepipeline:PollForJobs)$/i;

/** Actions that read what is kept (CKV_AWS_108 and 288). */
const DATA =
  /^(s3:GetObject|ssm:GetParameters?(ByPath)?|secretsmanager:GetSecretValue|kms:Decrypt|dynamodb:(GetItem|Query|Scan)|sqs:ReceiveMessage)$/i;

/** Actions that change who may do what (CKV_AWS_109 and 289). */
const PERMISSIONS =
  /^(iam:(Put|Attach|Detach|Delete|Create|Update|Set|Add|Remove)\w*|iam:PassRole|kms:(PutKeyPolicy|CreateGrant)|s3:(PutBucketPolicy|PutBucketAcl|PutObjectAcl|PutBucketPublicAccessBlock)|ecr:SetRepositoryPolicy|secretsmanager:PutResourcePolicy|lambda:AddPermission|organizations:\w+|sts:TagSession)$/i;

/** Actions with which a principal gets the rights of another (CKV_AWS_110 and 286). */
const ESCALATION =
  /^(iam:(PassRole|CreatePolicyVersion|SetDefaultPolicyVersion|PutRolePolicy|AttachRolePolicy|UpdateAssumeRolePolicy|CreateAccessKey|CreateLoginProfile|AddUserToGroup)|sts:AssumeRole|lambda:(CreateFunction|UpdateFunctionCode)|ec2:RunInstances|cloudformation:CreateStack|glue:CreateDevEndpoint)$/i;

const READS =
  /^[\w-]+:(Get|List|Describe|BatchGet|BatchCheck|Head|Lookup|Query|Scan|Search|View)/;

/** What roles may do, by action (SEC-B34, SEC-B35, VR-43). Findings name the statement. */
export const iamRules: readonly Rule[] = [
  identity(
    "SEC-B34/no-admin",
    "No policy allows every action on every resource.",
    ["CKV_AWS_1", "CKV_AWS_62"],
    (one) => texts(one.Action).includes("*") && isEverything(one),
  ),
  identity(
    "SEC-B34/no-star",
    "No policy allows every action.",
    ["CKV_AWS_49", "CKV_AWS_63"],
    (one) => texts(one.Action).includes("*") || one.NotAction !== undefined,
  ),
  identity(
    "SEC-B34/no-full-iam",
    "No policy allows every action of IAM.",
    ["CKV2_AWS_40"],
    (one) => texts(one.Action).some((action) => /^(\*|iam:\*)$/i.test(action)),
  ),
  identity(
    "VR-43/exact-actions",
    "Policies name their actions: no pattern.",
    ["CIS-EKS 5.1.2"],
    (one) => texts(one.Action).some((action) => /[*?]/.test(action)),
  ),
  identity(
    "SEC-B35/no-s3-pattern",
    "No policy allows a pattern of S3 actions.",
    ["AWS-0345", "AWS-0346"],
    (one) =>
      texts(one.Action).some(
        (action) => /^s3:.*[*?]/i.test(action) || action === "*",
      ),
  ),
  identity(
    "SEC-B35/scoped",
    "Every statement names its resources.",
    ["CKV_AWS_355", "CKV_AWS_356", "AWS-0057", "cdk-nag IAM5"],
    isEverything,
  ),
  identity(
    "SEC-B35/credentials",
    "Credentials are handed out for named resources only.",
    ["CKV_AWS_107", "CKV_AWS_287"],
    unlimited(CREDENTIALS),
  ),
  identity(
    "SEC-B35/data",
    "What is kept is read from named resources only.",
    ["CKV_AWS_108", "CKV_AWS_288"],
    unlimited(DATA),
  ),
  identity(
    "SEC-B35/permissions",
    "Rights are changed on named resources only.",
    ["CKV_AWS_109", "CKV_AWS_289"],
    unlimited(PERMISSIONS),
  ),
  identity(
    "SEC-B35/escalation",
    "No policy has an action that leads to the rights of others on every resource.",
    ["CKV_AWS_110", "CKV_AWS_286"],
    unlimited(ESCALATION),
  ),
  identity(
    "SEC-B35/writes",
    "Whatever writes names its resources, or a condition.",
    ["CKV_AWS_111", "CKV_AWS_290"],
    (one) =>
      isEverything(one) &&
      one.Condition === undefined &&
      texts(one.Action).some(
        (action) => !READS.test(action) || action.includes("*"),
      ),
  ),
  identity(
    "SEC-B35/no-pass-role",
    "No policy passes a role.",
    ["AWS-0342"],
    (one) =>
      texts(one.Action).some((action) =>
        /^(\*|iam:(\*|PassRole))$/i.test(action),
      ),
  ),
  identity(
    "SEC-B35/no-rights-over-rights",
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
    "SEC-B35/known-actions",
    "A policy has only actions that a row of the requirements asks for.",
    [],
    (one) => !areKnown(texts(one.Action)),
  ),
];

export function identity(
  id: string,
  sentence: string,
  foreign: readonly string[],
  breaks: (statement: Statement, subject: Subject, graph: Graph) => boolean,
): Rule {
  return {
    id,
    sentence,
    foreign,
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

function unlimited(actions: RegExp): (statement: Statement) => boolean {
  return (one) =>
    isEverything(one) &&
    texts(one.Action).some((action) => actions.test(action) || action === "*");
}
