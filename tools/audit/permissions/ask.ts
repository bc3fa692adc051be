import {
  type AnonymousRequestPrincipal,
  runUnsafeSimulation,
} from "@cloud-copilot/iam-simulate";
import { type Statement, conditionsOf, principalsOf, texts } from "../policies";
import { type LiteralDocument } from "./roles";

/** Somebody who asks AWS, with what IAM gives them. */
export interface Principal {
  /** ARN of a role, a user or a session, name of a service, or nobody's. */
  readonly arn: string | AnonymousRequestPrincipal;
  readonly documents: readonly LiteralDocument[];
}

/** What is asked for: ARN, account, tags as the JSON has them, and the policy that the resource carries. */
export interface Target {
  readonly arn: string;
  readonly accountId: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly policy?: LiteralDocument;
  /** What this request says, whatever conditions would like: `iam:PassedToService`. */
  readonly request?: Context;
}

type Context = Readonly<Record<string, string | string[]>>;

/** The statement that allows it, whose conditions on what only a request knows count as met. */
export interface Grant {
  readonly statement: Statement;
  /** Those conditions: `kms:ViaService = s3.eu-central-1.amazonaws.com`. */
  readonly given: readonly string[];
}

/** The first way in which the IAM simulator lets somebody do something; undefined where it does not. */
export const grantOf = (
  who: Principal,
  action: string,
  target: Target,
): Grant | undefined => grantsOf(who, action, target).next().value ?? undefined;

/**
 * Each way in which the IAM simulator lets somebody do something. For each statement that may allow it one request is asked, which
 * meets the conditions of this statement; what is known of caller and resource is as it is.
 */
export function* grantsOf(
  who: Principal,
  action: string,
  target: Target,
): Generator<Grant, undefined> {
  const own = about(who.documents, action);
  const theirs = about(
    target.policy === undefined ? [] : [target.policy],
    action,
  );
  const facts = factsOf(who, target);
  for (const statement of [...own, ...theirs].filter(isAllow)) {
    if (isOfAnotherService(statement, who)) continue;
    // Without its neighbours: one of them may let this request through too, and would be told by the name of this one.
    const alone = (all: readonly Statement[]) =>
      all.includes(statement)
        ? all.filter((one) => one === statement || !isAllow(one))
        : all;
    const met = conditionsOf(statement).filter(([, key]) => !isFact(key));
    const context = {
      ...avoiding([...own, ...theirs]),
      ...satisfying(met),
      ...target.request,
      ...facts,
    };
    if (isAllowed(who, action, target, context, alone(own), alone(theirs)))
      yield {
        statement,
        given: met.map(
          ([, key, values]) => `${key} = ${values.map(short).join(" or ")}`,
        ),
      };
  }
  return undefined;
}

/** A statement that lets services in, and not this one. */
function isOfAnotherService(statement: Statement, { arn }: Principal): boolean {
  const names = principalsOf(statement);
  return (
    names.length > 0 &&
    names.every((name) => name.startsWith("Service:")) &&
    !names.includes(`Service:${typeof arn === "string" ? arn : ""}`)
  );
}

/** Without what every ARN and every host of a region has. */
const short = (value: string): string =>
  value
    .replace(/^arn:(?:[^:]*:){4}/, "")
    .replace(/\.[a-z]{2}(-[a-z]+)+-\d\.amazonaws\.com(\.cn)?$/, "");

const isAllowed = (
  { arn }: Principal,
  action: string,
  target: Target,
  contextVariables: Context,
  own: readonly Statement[],
  theirs: readonly Statement[],
): boolean =>
  runUnsafeSimulation(
    {
      request: {
        principal: arn,
        action,
        resource: { resource: target.arn, accountId: target.accountId },
        contextVariables,
      },
      identityPolicies:
        own.length === 0 ? [] : [{ name: "own", policy: documentOf(own) }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      // Without a name, which only this form carries, the simulator falls over.
      resourcePolicy:
        target.policy === undefined
          ? undefined
          : {
              __validated: true,
              policyDocument: documentOf(theirs),
              metadata: { name: "resource" },
              errors: [],
            },
    },
    {},
  ) === "Allowed";

const documentOf = (Statement: readonly Statement[]) => ({
  Version: "2012-10-17",
  Statement,
});

const isAllow = ({ Effect }: Statement): boolean => Effect === "Allow";

/** Statements that speak of an action: the others would only cost time. */
const about = (
  documents: readonly LiteralDocument[],
  action: string,
): Statement[] =>
  documents
    .flatMap((document) => document.Statement)
    .filter(
      ({ Action, NotAction }) =>
        NotAction !== undefined ||
        texts(Action).some((pattern) => matches(pattern, action)),
    );

const matches = (pattern: string, action: string): boolean =>
  pattern === action ||
  pattern === "*" ||
  (/[*?]/.test(pattern) &&
    new RegExp(
      `^${pattern.replace(/[.]/g, "\\$&").replaceAll("*", ".*").replaceAll("?", ".")}$`,
      "i",
    ).test(action));

/** Keys whose values do not depend on the request. */
const isFact = (key: string): boolean =>
  /^aws:(ResourceTag\/|PrincipalArn|PrincipalAccount|ResourceAccount|SecureTransport)|^kms:ResourceAliases/i.test(
    key,
  );

function factsOf(
  { arn }: Principal,
  { tags = {}, accountId }: Target,
): Context {
  const caller = typeof arn === "string" ? arn : "";
  const account = caller.split(":")[4] ?? "";
  return {
    "aws:SecureTransport": "true",
    "aws:ResourceAccount": accountId,
    ...(account !== "" && {
      "aws:PrincipalArn": roleArnOf(caller),
      "aws:PrincipalAccount": account,
    }),
    ...Object.fromEntries(
      Object.entries(tags).map(([key, value]) => [
        `aws:ResourceTag/${key}`,
        value,
      ]),
    ),
  };
}

/** Of a session its role's. */
const roleArnOf = (arn: string): string =>
  arn.replace(/:sts::(\d+):assumed-role\/(.*)\/[^/]*$/, ":iam::$1:role/$2");

type Conditions = ReturnType<typeof conditionsOf>;

/** Values that meet conditions: the first of each; a pattern meets itself. */
const satisfying = (conditions: Conditions): Context =>
  Object.fromEntries(
    conditions
      .filter(([operator]) => !/Not|^Null/.test(operator))
      .map(([operator, key, values]) => [
        key,
        operator.startsWith("For") ? values.slice(0, 1) : (values[0] ?? ""),
      ]),
  );

/** Values with which a caller goes past refusals of what is not something: encryption as it is asked for. */
const avoiding = (statements: readonly Statement[]): Context =>
  Object.fromEntries(
    statements
      .filter((one) => !isAllow(one))
      .flatMap((one) => conditionsOf(one))
      .filter(([operator, key]) => /Not/.test(operator) && !isFact(key))
      .map(([, key, values]) => [key, values[0] ?? ""]),
  );
