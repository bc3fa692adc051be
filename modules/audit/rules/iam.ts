import { at, referred } from "../reading";
import {
  type Statement,
  IDENTITY_POLICIES,
  allowed,
  conditionsOf,
  namesOf,
  pins,
  statementsOf,
  texts,
} from "../policies";
import { type Check, type Rule, check } from "../rule";
import { type Graph, type Subject, targetsOf } from "../graph";
import { areKnown } from "../known-actions";

const ATTACHED = [
  "aws_iam_role_policy_attachment",
  "aws_iam_policy_attachment",
  "aws_iam_role",
];

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

/** Rights of roles (SEC-B34, SEC-B35, VR-43, HARD-03, HARD-08). Findings name the statement. */
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
  {
    id: "SEC-B35/no-whole-type",
    sentence:
      "A resource is not every resource of its type, unless a condition says which.",
    foreign: [],
    types: IDENTITY_POLICIES,
    ...check("policy", (subject) =>
      allowed(statementsOf(subject)).flatMap((one) =>
        texts(one.Resource)
          .filter((arn) => isWholeType(arn) && !isLimited(one, arn))
          .map((arn) => `${one.Sid ?? "?"} ${arn.split(":").at(-1) ?? ""}`),
      ),
    ),
  },
  identity(
    "SEC-B35/no-whole-service",
    "A resource is never everything of a service.",
    [],
    (one) =>
      texts(one.Resource).some((arn) =>
        /^arn:[^:]*:[^:]*:[^:]*:[^:]*:\*$/.test(arn),
      ),
  ),
  identity(
    "SEC-B35/narrow-pattern",
    "A star in a resource stands for what lies below a full name.",
    [],
    (one) => texts(one.Resource).some((arn) => !isNarrow(arn)),
  ),
  identity(
    "SEC-B35/known-actions",
    "A policy has only actions that a row of the requirements asks for.",
    [],
    (one) => !areKnown(texts(one.Action)),
  ),
  identity(
    "CFG-R1/one-role",
    "Who assumes a role names it.",
    [],
    (one, subject, graph) =>
      texts(one.Action).some((action) => action.startsWith("sts:")) &&
      !texts(one.Resource).every((arn) => isRole(arn, subject, graph)),
  ),
  identity(
    "HARD-03/one-prefix",
    "Objects are read and written below one prefix of a bucket.",
    [],
    (one) =>
      texts(one.Action).some((action) => /^s3:\w*Object/i.test(action)) &&
      texts(one.Resource).some(
        (arn) => !/^arn:aws[\w-]*:s3:::[^/*]+\/[^/*]+\/\*$/.test(arn),
      ),
  ),
  identity(
    "HARD-08/one-sender",
    "Mail is sent from one address.",
    [],
    (one) =>
      texts(one.Action).some((action) => /^ses:Send/i.test(action)) &&
      !pins(one, "ses:FromAddress"),
  ),
  identity(
    "SEC-G21/tagged-balancers",
    "Who tags security groups or load balancers touches own ones, or new ones, only.",
    [],
    (one) =>
      texts(one.Action).some((action) =>
        /^(ec2:CreateTags|ec2:DeleteTags|elasticloadbalancing:(AddTags|RemoveTags))$/.test(
          action,
        ),
      ) && !isOwnTagging(one),
  ),
  identity(
    "SEC-G21/tagged-access-points",
    "Who makes or removes access points and load balancers makes tagged ones, and removes those.",
    [],
    (one) =>
      texts(one.Action).some((action) =>
        /^(elasticfilesystem:CreateAccessPoint|elasticloadbalancing:Create(LoadBalancer|TargetGroup))$/.test(
          action,
        ),
      ) &&
      !conditionsOf(one).some(
        ([operator, key]) =>
          operator === "StringEquals" && key.startsWith("aws:RequestTag/"),
      ),
  ),
  identity(
    "SEC-A2/via-service",
    "A workload uses a key through one service only.",
    [],
    (one, subject, graph) =>
      isWorkload(subject, graph) &&
      texts(one.Action).some((action) => action.startsWith("kms:")) &&
      !pins(one, "kms:ViaService"),
  ),
  identity(
    "SEC-A2/service-linked-role",
    "A service-linked role is made for one named service.",
    [],
    (one) =>
      texts(one.Action).includes("iam:CreateServiceLinkedRole") &&
      !pins(one, "iam:AWSServiceName"),
  ),
  identity(
    "SEC-E17/exact-conditions",
    "Conditions compare with exact values.",
    [],
    (one) =>
      conditionsOf(one).some(
        ([operator, , values]) =>
          /Like|NotEquals|IfExists|NotIp/.test(operator) ||
          values.some((value) => value === "*"),
      ),
  ),
  {
    id: "SEC-B34/no-administrator-policy",
    sentence: "Nobody gets AWS's policy AdministratorAccess.",
    foreign: ["CKV_AWS_274", "CKV_AWS_275", "cdk-nag IAM4"],
    types: ATTACHED,
    ...check(["policy_arn", "managed_policy_arns"], ({ body }) =>
      attached(body).filter((arn) =>
        /\/(AdministratorAccess|PowerUserAccess)$/.test(arn),
      ),
    ),
  },
  {
    id: "SEC-B34/no-iam-full-access",
    sentence: "Nobody gets AWS's policy IAMFullAccess.",
    foreign: ["CKV2_AWS_56"],
    types: ATTACHED,
    ...check(["policy_arn", "managed_policy_arns"], ({ body }) =>
      attached(body).filter((arn) => arn.endsWith("/IAMFullAccess")),
    ),
  },
  {
    id: "SEC-B34/service-role-policies",
    sentence: "AWS's policies are attached for the service they are made for.",
    foreign: [],
    types: ["aws_iam_role_policy_attachment"],
    ...check("policy_arn", ({ body }) =>
      attached(body).filter(
        (arn) =>
          !/\/(AmazonEKSClusterPolicy|AmazonEKSWorkerNodePolicy|AmazonEKS_CNI_Policy|AmazonEC2ContainerRegistryPullOnly|AWSBackupServiceRolePolicyForBackup|AmazonRDSEnhancedMonitoringRole)$/.test(
            arn,
          ),
      ),
    ),
  },
  {
    id: "SEC-B34/own-role",
    sentence: "Rights are given to a role of the same stack.",
    foreign: [],
    types: ["aws_iam_role_policy", "aws_iam_role_policy_attachment"],
    ...check(
      "role",
      (subject, graph) =>
        referred(graph, subject, "role", "aws_iam_role").length === 1,
    ),
  },
  {
    id: "SEC-B34/no-users",
    sentence: "No IAM user or access key is made: workloads have roles.",
    foreign: ["CKV_AWS_273"],
    types: ["aws_iam_user", "aws_iam_access_key", "aws_iam_user_policy"],
    ...check([], () => false),
  },
];

function identity(
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

const LOG_GROUP = /:log-group:[^*]+:\*$/;
const LINKED_ROLE = /:role\/aws-service-role\/[^/*]+\/\*$/;

/** Logs and roles have names with slashes: a star may not stand for a part of them. */
function isNarrow(arn: string): boolean {
  if (!arn.includes("*") || arn === "*" || /^\$\{[^}]+\}:\*$/.test(arn))
    return true;
  const [, , service] = arn.split(":");
  if (service === "logs") return LOG_GROUP.test(arn);
  if (service === "iam") return LINKED_ROLE.test(arn);
  return arn.endsWith("/*") && arn.indexOf("*") === arn.length - 1;
}

/** A condition that says which of a type: those with a tag, those of a VPC, or those that are being made. */
function isLimited(one: Statement, arn: string): boolean {
  return (
    conditionsOf(one).some(
      ([operator, key]) =>
        /Equals$/.test(operator) &&
        (/^aws:ResourceTag\//.test(key) ||
          key === "ec2:Vpc" ||
          /:CreateAction$/.test(key)),
    ) ||
    (/:(targetgroup|loadbalancer)\/\*$/.test(arn) &&
      conditionsOf(one).some(([, key]) => /^aws:RequestTag\//.test(key)))
  );
}

function isRole(arn: string, subject: Subject, graph: Graph): boolean {
  return (
    /^arn:aws[\w-]*:iam::\d{12}:role\/[^*]+$/.test(arn) ||
    targetsOf(graph, subject.stack, arn).some(
      ({ type }) => type === "aws_iam_role",
    )
  );
}

/** `arn:aws:ec2:…:security-group/*`, `arn:aws:s3:::*`: a type, or a service, without a name. */
function isWholeType(arn: string): boolean {
  if (!arn.startsWith("arn:")) return false;
  const name = arn.split(":").slice(5).join(":");
  return name === "*" || /^[\w-]+\/\*$/.test(name);
}

/** A policy of a role that pods assume. */
function isWorkload(subject: Subject, graph: Graph): boolean {
  return referred(graph, subject, "role", "aws_iam_role")
    .flatMap((role) => statementsOf(role, "assume_role_policy"))
    .some((one) => texts(one.Action).includes("sts:AssumeRoleWithWebIdentity"));
}

/** New things at their creation, or things that carry the owner's tag already, which stays. */
function isOwnTagging(statement: Statement): boolean {
  const keys = conditionsOf(statement);
  const has = (pattern: RegExp, operator = /Equals$/): boolean =>
    keys.some(([name, key]) => pattern.test(key) && operator.test(name));
  if (has(/:CreateAction$/)) return has(/^aws:RequestTag\//);
  const keepsTag = keys.some(
    ([name, key, values]) =>
      name === "Null" &&
      /^aws:RequestTag\//.test(key) &&
      values.join() === "true",
  );
  return (
    (has(/^aws:ResourceTag\//) && keepsTag) ||
    (keys.length === 0 &&
      texts(statement.Resource).every((arn) =>
        /:listener(-rule)?\/\*$/.test(arn),
      ))
  );
}

const attached = (body: Subject["body"]): string[] =>
  [...at(body, "policy_arn"), ...at(body, "managed_policy_arns")].map(String);
