import { referred } from "../reading";
import {
  type Statement,
  IDENTITY_POLICIES,
  allowed,
  conditionsOf,
  hasAction,
  pins,
  statementsOf,
  texts,
} from "../policies";
import { type WrittenRule, check } from "../rule";
import { type Graph, type Subject, targetsOf } from "../graph";
import { identity } from "./iam";

/** What is made with a tag, and removed by it. */
const TAGGED = [
  [
    /^(elasticfilesystem:CreateAccessPoint|elasticloadbalancing:Create(LoadBalancer|TargetGroup))$/,
    "aws:RequestTag/",
  ],
  [
    /^(elasticfilesystem:DeleteAccessPoint|elasticloadbalancing:Delete(LoadBalancer|TargetGroup)|ec2:DeleteSecurityGroup)$/,
    "aws:ResourceTag/",
  ],
] as const;

/** On what, and under which conditions, roles may act. */
export const iamScopeRules: readonly WrittenRule[] = [
  {
    id: "iam-scopes/no-whole-type",
    sentence:
      "A resource is not every resource of its type, unless a condition says which.",
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
    "iam-scopes/narrow-pattern",
    "A star in a resource stands for what lies below a full name, never for everything of a service.",
    [],
    (one) => texts(one.Resource).some((arn) => !isNarrow(arn)),
  ),
  identity(
    "iam-scopes/one-role",
    "Who assumes a role names it.",
    [],
    (one, subject, graph) =>
      !texts(one.Resource).every((arn) => isRole(arn, subject, graph)),
    /^sts:/,
  ),
  identity(
    "iam-scopes/one-prefix",
    "Objects are read and written below named prefixes of a bucket.",
    [],
    (one) =>
      texts(one.Resource).some(
        (arn) => !/^arn:aws[\w-]*:s3:::[^/*]+\/[^/*]+\/\*$/.test(arn),
      ),
    /^s3:\w*Object/i,
  ),
  identity(
    "iam-scopes/one-sender",
    "Mail is sent from one address.",
    [],
    (one) => !pins(one, "ses:FromAddress"),
    /^ses:Send/i,
  ),
  identity(
    "iam-scopes/tagged-balancers",
    "Who tags security groups or load balancers touches own ones, or new ones, only.",
    [],
    (one) => !isOwnTagging(one),
    /^(ec2:CreateTags|ec2:DeleteTags|elasticloadbalancing:(AddTags|RemoveTags))$/,
  ),
  identity(
    "iam-scopes/tagged-access-points",
    "Who makes access points or load balancers makes tagged ones, and removes tagged ones alone.",
    [],
    (one) =>
      TAGGED.some(
        ([actions, tag]) =>
          hasAction(one, actions) &&
          !conditionsOf(one).some(
            ([operator, key]) =>
              operator === "StringEquals" && key.startsWith(tag),
          ),
      ),
    new RegExp(TAGGED.map(([actions]) => actions.source).join("|")),
  ),
  identity(
    "iam-scopes/via-service",
    "A workload uses a key through one service only.",
    [],
    (one, subject, graph) =>
      isWorkload(subject, graph) && !pins(one, "kms:ViaService"),
    /^kms:/,
  ),
  identity(
    "iam-scopes/service-linked-role",
    "A service-linked role is made for one named service.",
    [],
    (one) => !pins(one, "iam:AWSServiceName"),
    /^iam:CreateServiceLinkedRole$/,
  ),
  identity(
    "iam-scopes/exact-conditions",
    "Conditions compare with exact values.",
    [],
    (one) =>
      conditionsOf(one).some(
        ([operator, , values]) =>
          /Like|NotEquals|IfExists|NotIp/.test(operator) ||
          values.some((value) => value === "*"),
      ),
  ),
];

const LOG_GROUP = /:log-group:[^*]+:\*$/;

/** AWS puts an id of its own before the name. */
const SCALING_GROUP = /:autoScalingGroup:\*:autoScalingGroupName\/\*$/;

const LINKED_ROLE = /:role\/aws-service-role\/[^/*]+\/\*$/;

/** Logs and roles have names with slashes: a star may not stand for a part of them. */
function isNarrow(arn: string): boolean {
  if (!arn.includes("*") || arn === "*" || /^\$\{[^}]+\}:\*$/.test(arn))
    return true;
  const [, , service] = arn.split(":");
  if (service === "logs") return LOG_GROUP.test(arn);
  if (service === "iam") return LINKED_ROLE.test(arn);
  if (service === "autoscaling") return SCALING_GROUP.test(arn);
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
  return (
    name === "*" ||
    /^([\w-]+|loadbalancer\/\w+|regional\/webacl)\/\*$/.test(name) ||
    SCALING_GROUP.test(`:${name}`)
  );
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
