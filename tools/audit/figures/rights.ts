import {
  type Statement,
  allowed,
  conditionsOf,
  pins,
  texts,
} from "../policies";
import { type RoleRights, rolesOf } from "../rights/roles";
import { type Figure, type Measured } from "./figure";

/** FIG-06: how narrow the rights of all roles are. */
export function rightsFigure(all: readonly Measured[]): Figure {
  const roles = all.flatMap(({ graph, settings }) => [
    ...rolesOf(graph, settings).values(),
  ]);
  const statements = roles.flatMap(statementsOf);
  const everything = statements.filter(({ Action }) =>
    texts(Action).includes("*"),
  ).length;
  const narrow = statements.filter(isNarrow).length;
  const builder = roles
    .filter(({ key }) => key === "wave-build")
    .flatMap(statementsOf)
    .flatMap(({ Action }) => texts(Action))
    .filter((action) => /^(ssm|s3|ses):/.test(action)).length;
  const accounts = roles
    .flatMap(({ trust }) => trust.Statement)
    .filter(({ Principal }) => JSON.stringify(Principal).includes("Federated"));
  const exact = accounts.filter(isExact).length;
  return {
    id: "FIG-06",
    what: "Action *; statements with a scoped resource or a condition; SSM, S3, SES actions of the build role; trusts with exact sub and aud",
    target: "0; reported; 0; all",
    value: `${everything}; ${narrow} of ${statements.length} (${percent(narrow, statements.length)}); ${builder}; ${exact} of ${accounts.length}`,
    met: everything === 0 && builder === 0 && exact === accounts.length,
  };
}

const statementsOf = ({ policies }: RoleRights): Statement[] =>
  Object.values(policies).flatMap(({ Statement }) => allowed(Statement));

const isNarrow = (statement: Statement): boolean =>
  !texts(statement.Resource).includes("*") ||
  conditionsOf(statement).length > 0;

/** Whether a trust names one account and one audience. */
function isExact(statement: Statement): boolean {
  const keys = conditionsOf(statement).map(([, key]) => key);
  return [":sub", ":aud"].every((end) =>
    keys.some((key) => key.endsWith(end) && pins(statement, key)),
  );
}

const percent = (part: number, whole: number): string =>
  `${((100 * part) / Math.max(whole, 1)).toFixed(0)} %`;
