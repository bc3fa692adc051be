import { GITHUB_ISSUER } from "../../../modules/aws/iam/github-trust";
import { carriersOf } from "../carriers";
import { type Graph, type Subject, ofType, targetsOf } from "../graph";
import { referred } from "../reading";
import {
  type Statement,
  conditionsOf,
  isAnybody,
  namesOf,
  pins,
  principalsOf,
  statementsOf,
  texts,
} from "../policies";
import { type WrittenRule, check } from "../rule";

const ROLE = ["aws_iam_role"];

/** Which service assumes a role, by the resource that names the role and where. */
const SERVICES: readonly (readonly [
  type: string,
  path: string,
  service: RegExp,
])[] = [
  ["aws_eks_cluster", "role_arn", /^eks\./],
  ["aws_eks_node_group", "node_role_arn", /^ec2\./],
  ["aws_flow_log", "iam_role_arn", /^vpc-flow-logs\./],
  ["aws_backup_selection", "iam_role_arn", /^backup\./],
  ["aws_db_instance", "monitoring_role_arn", /^monitoring\.rds\./],
];

/** Services that act for many accounts, and let a role tell for which (confused deputy). */
const DEPUTIES = /^Service:(vpc-flow-logs|monitoring\.rds)\./;

/** Who may assume a role (one role per application). */
export const trustRules: readonly WrittenRule[] = [
  trust(
    "trusts/no-open-trust",
    "Nobody assumes a role who is not named.",
    ["CKV_AWS_60"],
    (one) =>
      principalsOf(one).some(isAnybody) || principalsOf(one).length === 0,
  ),
  trust(
    "trusts/one-account",
    "A role for pods is assumed by named service accounts, with a token for STS.",
    ["CIS-EKS 5.2.1"],
    (one) => isForPods(one) && !namesAccounts(one),
    isForPods,
  ),
  trust(
    "trusts/one-repository",
    "A role for workflows of GitHub is assumed for named branches and environments of one repository, with a token for STS.",
    [],
    (one) => isFederated(one) && isOfGithub(one) && !namesWorkflows(one),
    isOfGithub,
  ),
  trust(
    "trusts/own-provider",
    "A role for pods trusts the cluster's own identity provider, and one for workflows that of GitHub.",
    [],
    (one, subject, graph) =>
      isFederated(one) &&
      !principalsOf(one).every(
        (principal) =>
          (isOfGithub(one) && principal.endsWith(`/${GITHUB.slice(0, -1)}`)) ||
          targetsOf(graph, subject.stack, principal).some(
            ({ type, body }) =>
              type.replace(/^data\./, "") ===
                "aws_iam_openid_connect_provider" &&
              isOfGithub(one) === (body.url === GITHUB_ISSUER),
          ),
      ),
    isFederated,
  ),
  trust(
    "trusts/one-role-per-account",
    "The service accounts that a role trusts are those that carry the role.",
    ["CIS-EKS 5.2.1"],
    (one, subject, graph) =>
      isForPods(one) &&
      !(
        subjectsOf(one).length > 0 &&
        subjectsOf(one).every((account) =>
          carriersOf(subject, graph).some((carrier) =>
            stringLike(account).test(carrier),
          ),
        )
      ),
    isForPods,
  ),
  trust(
    "trusts/right-service",
    "A service role is assumed by the service that uses it.",
    [],
    (one, subject, graph) =>
      usersOf(subject, graph).some(
        (service) =>
          !principalsOf(one).every(
            (principal) =>
              principal.startsWith("Service:") &&
              service.test(principal.slice("Service:".length)),
          ),
      ),
  ),
  trust(
    "trusts/right-action",
    "A role is assumed by the action that its principal has.",
    [],
    (one) =>
      !onlyTagsSessions(one) &&
      texts(one.Action).join() !==
        (isFederated(one) ? "sts:AssumeRoleWithWebIdentity" : "sts:AssumeRole"),
  ),
  trust(
    "trusts/confused-deputy",
    "A service that says for whose account it acts is let in for this account alone.",
    ["prowler iam_role_cross_service_confused_deputy_prevention"],
    (one) => isDeputy(one) && !pins(one, "aws:SourceAccount"),
    isDeputy,
  ),
  trust(
    "trusts/named-role",
    "A role that a role assumes names it: no pattern.",
    [],
    (one) =>
      principalsOf(one).some(
        (principal) =>
          principal.startsWith("AWS:") &&
          !/^AWS:(\$\{[^}]+\}|arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+)$/.test(
            principal,
          ),
      ),
    isOfPrincipal,
  ),
  trust(
    "trusts/existing-role",
    "A role that a role assumes names one that is made here, and its session's name; a stranger needs an external id.",
    [],
    (one, _subject, graph) =>
      isOfPrincipal(one) &&
      !onlyTagsSessions(one) &&
      !hasExternalId(one) &&
      !(
        principalsOf(one).every((principal) => isOwnRole(principal, graph)) &&
        conditionsOf(one).some(
          ([operator, key, values]) =>
            /^String(Equals|Like)$/.test(operator) &&
            /^sts:(RoleSessionName|ExternalId)$/.test(key) &&
            values.every((value) => value.length > 4),
        )
      ),
    isOfPrincipal,
  ),
  {
    id: "trusts/session-length",
    sentence: "A session of a role ends after an hour.",
    types: ROLE,
    ...check(
      "max_session_duration",
      ({ body }) =>
        body.max_session_duration === undefined ||
        body.max_session_duration === 3600,
    ),
  },
  {
    id: "trusts/used-role",
    sentence:
      "Every role has a user: a service account, a service or another role.",
    types: ROLE,
    ...check(
      "assume_role_policy",
      (subject, graph) =>
        usersOf(subject, graph).length > 0 ||
        carriersOf(subject, graph).length > 0 ||
        statementsOf(subject, "assume_role_policy").every(
          (one) =>
            isOfGithub(one) ||
            principalsOf(one).every((principal) =>
              principal.startsWith("AWS:"),
            ),
        ),
    ),
  },
];

function trust(
  id: string,
  sentence: string,
  externalIds: readonly string[],
  breaks: (statement: Statement, subject: Subject, graph: Graph) => boolean,
  about: (statement: Statement) => boolean = () => true,
): WrittenRule {
  return {
    id,
    sentence,
    externalIds,
    types: ROLE,
    about: (subject) => {
      const statements = statementsOf(subject, "assume_role_policy");
      return statements.length === 0 || statements.some(about);
    },
    ...check("assume_role_policy", (subject, graph) => {
      const statements = statementsOf(subject, "assume_role_policy");
      return (
        statements.length > 0 &&
        namesOf(
          statements.filter(
            (one) => one.Effect === "Allow" && breaks(one, subject, graph),
          ),
        )
      );
    }),
  };
}

function isFederated(one: Statement): boolean {
  return principalsOf(one).some((who) => who.startsWith("Federated:"));
}

function isOfPrincipal(one: Statement): boolean {
  return principalsOf(one).some((who) => who.startsWith("AWS:"));
}

function isDeputy(one: Statement): boolean {
  return principalsOf(one).some((who) => DEPUTIES.test(who));
}

/** A token of a pod, not one of a workflow of GitHub. */
function isForPods(one: Statement): boolean {
  return isFederated(one) && !isOfGithub(one);
}

const isOwnRole = (principal: string, graph: Graph): boolean =>
  ofType(graph, "aws_iam_role").some(
    ({ address, body }) =>
      principal.endsWith(`/${String(body.name)}`) ||
      principal.includes(`\${${address}.arn}`),
  );

/** Nobody gets in by it: it goes with a statement that lets its principal assume the role. */
const onlyTagsSessions = (one: Statement): boolean =>
  !isFederated(one) && texts(one.Action).join() === "sts:TagSession";

const hasExternalId = (one: Statement): boolean =>
  conditionsOf(one).some(
    ([operator, key, values]) =>
      operator === "StringEquals" &&
      key === "sts:ExternalId" &&
      values.length === 1,
  );

/** Exactly two conditions: the subjects, and the audience STS. */
function isForSts(one: Statement): boolean {
  const conditions = conditionsOf(one);
  return (
    conditions.length === 2 &&
    conditions.some(
      ([operator, key, values]) =>
        operator === "StringEquals" &&
        key.endsWith(":aud") &&
        values.join() === "sts.amazonaws.com",
    )
  );
}

const namesAccounts = (one: Statement): boolean =>
  isForSts(one) && subjectsOf(one).length > 0;

/** What the subjects of service accounts are, by operator: a pattern only at the end of a namespace that starts with a name. */
const ACCOUNTS: Readonly<Record<string, RegExp>> = {
  StringEquals: /^system:serviceaccount:[a-z0-9-]+:[a-z0-9-]+$/,
  StringLike: /^system:serviceaccount:[a-z0-9][a-z0-9-]{2,}\*:[a-z0-9-]+$/,
};

/** The accounts that a statement names; none when one of them is no name. */
function subjectsOf(one: Statement): readonly string[] {
  const [operator = "", , subjects = []] =
    conditionsOf(one).find(([, key]) => key.endsWith(":sub")) ?? [];
  return subjects.every((subject) => ACCOUNTS[operator]?.test(subject))
    ? subjects
    : [];
}

/** What matches a subject as IAM's StringLike does. */
const stringLike = (subject: string): RegExp =>
  new RegExp(`^${subject.replace("*", ".*")}$`);

const GITHUB = `${GITHUB_ISSUER.slice("https://".length)}:`;

/** Whether a statement speaks of the tokens of GitHub, as those of its provider do. */
function isOfGithub(one: Statement): boolean {
  return conditionsOf(one).some(([, key]) => key.startsWith(GITHUB));
}

const namesWorkflows = (one: Statement): boolean =>
  isForSts(one) &&
  conditionsOf(one).some(
    ([operator, key, subjects]) =>
      operator === "StringEquals" &&
      key === `${GITHUB}sub` &&
      subjects.every((subject) =>
        /^repo:[\w.@/-]+:(ref:refs\/heads\/|environment:)[^*?]+$/.test(subject),
      ),
  );

const usersOf = (role: Subject, graph: Graph): RegExp[] =>
  SERVICES.filter(([type, path]) =>
    ofType(graph, type).some((one) =>
      referred(graph, one, path, "aws_iam_role").includes(role),
    ),
  ).map(([, , service]) => service);
