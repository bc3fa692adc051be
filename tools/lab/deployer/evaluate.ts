import { type PolicyDocument } from "../../../modules/lib/policy";

type Statement = PolicyDocument["Statement"][number];

/** A question to the policies of the deployer. */
export interface Question {
  readonly action: string;
  /** ARN; undefined where the request does not tell it: then a statement of the action on any resource counts. */
  readonly resource?: string | undefined;
  /** Values of condition keys that the request has; a key that is not here is absent from it. */
  readonly context: Readonly<Record<string, readonly string[]>>;
  /** Condition keys whose value only AWS knows: conditions on them count as met. */
  readonly unknown?: RegExp;
}

/** Whether policies allow what is asked: a statement allows it and none denies it. */
export function isAllowed(
  documents: readonly PolicyDocument[],
  question: Question,
): boolean {
  const matching = documents
    .flatMap(({ Statement }) => Statement)
    .filter((statement) => matches(statement, question));
  return (
    matching.some(({ Effect }) => Effect === "Allow") &&
    !matching.some(({ Effect }) => Effect === "Deny")
  );
}

function matches(statement: Statement, question: Question): boolean {
  const { action, resource } = question;
  return (
    list(statement.Action).includes(action) &&
    (resource === undefined ||
      list(statement.Resource).some((pattern) => isLike(resource, pattern))) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) =>
        isMet(operator, key, list(wanted), question),
      ),
    )
  );
}

/** Comparison of one value, by operator without prefix and suffix. */
const COMPARE: Readonly<
  Record<string, (value: string, wanted: string) => boolean>
> = {
  ArnEquals: (value, wanted) => isLike(value, wanted),
  ArnLike: (value, wanted) => isLike(value, wanted),
  Bool: (value, wanted) => value === wanted,
  StringEquals: (value, wanted) => value === wanted,
  StringLike: (value, wanted) => isLike(value, wanted),
};

/** @throws Error for an operator that the policies of the deployer did not have when this was written. */
function isMet(
  operator: string,
  key: string,
  wanted: readonly string[],
  { context, unknown }: Question,
): boolean {
  if (unknown?.test(key)) return true;
  const values = context[key];
  if (operator === "Null") return wanted.includes(String(values === undefined));
  const forAll = operator.startsWith("ForAllValues:");
  const isOptional = operator.endsWith("IfExists");
  const name = operator.replace("ForAllValues:", "").replace("IfExists", "");
  const compare = COMPARE[name];
  if (compare === undefined)
    throw new Error(`the lab does not know the condition operator ${operator}`);
  if (values === undefined) return forAll || isOptional;
  const isWanted = (value: string) => wanted.some((one) => compare(value, one));
  return forAll ? values.every(isWanted) : values.some(isWanted);
}

const list = (value: unknown): string[] =>
  value === undefined ? [] : [value].flat().map(String);

/** `*` stands for any characters, `?` for one. */
const isLike = (value: string, pattern: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
    "s",
  ).test(value);
