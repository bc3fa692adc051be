import { type Subject } from "./graph";
import { documentOf, first, isObject, items } from "./reading";

/** One statement of a policy document, as found. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly Condition?: Readonly<
    Record<string, Readonly<Record<string, unknown>>>
  >;
}

/** Resource types whose `policy` says what a role may do. */
export const IDENTITY_POLICIES = [
  "aws_iam_role_policy",
  "aws_iam_policy",
  "aws_iam_user_policy",
  "aws_iam_group_policy",
];

/** Resource types whose `policy` says who may use a resource. */
export const RESOURCE_POLICIES = [
  "aws_s3_bucket_policy",
  "aws_efs_file_system_policy",
  "aws_ecr_repository_policy",
  "aws_kms_key",
  "aws_secretsmanager_secret_policy",
  "aws_backup_vault_policy",
  "aws_vpc_endpoint",
  "aws_sesv2_email_identity_policy",
  "aws_sns_topic",
];

/** Statements of a subject's document; empty when it has none. */
export function statementsOf(
  { body }: Subject,
  attribute: "policy" | "assume_role_policy" = "policy",
): Statement[] {
  const statements = (
    documentOf(first(body, attribute)) as { Statement?: unknown } | undefined
  )?.Statement;
  return items(statements).filter(isObject);
}

/** Statements that allow something. */
export const allowed = (statements: readonly Statement[]): Statement[] =>
  statements.filter(({ Effect }) => Effect === "Allow");

/** Whether a statement has an action of these. */
export const hasAction = ({ Action }: Statement, action: RegExp): boolean =>
  texts(Action).some((one) => action.test(one));

/** Names of the statements of a list, for a finding. */
export const namesOf = (statements: readonly Statement[]): string[] =>
  statements.map(({ Sid }) => Sid ?? "statement without Sid");

/** A text or a list of texts. */
export const texts = (value: unknown): string[] => items(value).map(String);

/** All pairs of a condition: operator, key, values. */
export function conditionsOf({
  Condition = {},
}: Statement): [operator: string, key: string, values: string[]][] {
  return Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]): [string, string, string[]] => [
      operator,
      key,
      texts(values),
    ]),
  );
}

/** Whether a condition pins a key to exact values. */
export const pins = (statement: Statement, key: string): boolean =>
  conditionsOf(statement).some(
    ([operator, name, values]) =>
      name.toLowerCase() === key.toLowerCase() &&
      /^(StringEquals|ArnEquals|Bool)$/.test(operator) &&
      values.length > 0 &&
      values.every((value) => !/[*?]/.test(value)),
  );

/** Principals of a statement: `*`, or values with their kind: `AWS:arn:…`, `Service:eks.amazonaws.com`. */
export function principalsOf({ Principal }: Statement): string[] {
  if (!isObject(Principal)) return texts(Principal);
  return Object.entries(Principal).flatMap(([kind, values]) =>
    texts(values).map((value) => `${kind}:${value}`),
  );
}

/** Whether anybody is meant. */
export const isAnybody = (principal: string): boolean =>
  /(^|:)\*$/.test(principal);
