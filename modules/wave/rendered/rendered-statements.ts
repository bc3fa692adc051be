import { type PolicyDocument, type PolicyStatement } from "../../lib/policy";
import { type Problem } from "../../lib/problem";
import { problemIf, sameTexts } from "./rendered-reading";

/** One statement as `wave.md` 5.2 has it. */
export interface ExpectedStatement {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly (string | RegExp)[];
  readonly condition?: Readonly<Record<string, string>>;
}

/** A policy's list, which may also be one text. */
export const texts = (
  value: string | string[] | undefined,
): readonly string[] => (typeof value === "string" ? [value] : (value ?? []));

/** What is wrong with a role's permissions: they are these statements and no other (`wave.md` 5.2, VR-43). */
export function compareStatements(
  role: string,
  document: PolicyDocument | undefined,
  expected: readonly ExpectedStatement[],
): Problem[] {
  if (document === undefined)
    return [
      {
        path: `role ${role}`,
        given: "nothing",
        allowed: expected.map(({ sid }) => sid).join(", "),
        fix: "make the role: what uses it has no rights otherwise (VR-43)",
      },
    ];
  const sids = document.Statement.map(({ Sid }) => Sid ?? "");
  const wanted = expected.map(({ sid }) => sid);
  return [
    ...problemIf(!sameTexts(sids, wanted), {
      path: `role ${role}: statements`,
      given: sids.join(", "),
      allowed: wanted.join(", "),
      fix: "keep the statements of wave.md 5.2 and no other (VR-43)",
    }),
    ...expected.flatMap((statement) => {
      const found = document.Statement.find(({ Sid }) => Sid === statement.sid);
      return found === undefined
        ? []
        : compareStatement(role, found, statement);
    }),
  ];
}

function compareStatement(
  role: string,
  found: PolicyStatement,
  expected: ExpectedStatement,
): Problem[] {
  const path = `role ${role}: statement ${expected.sid}`;
  const resources = texts(found.Resource);
  const allowed = (resource: string) =>
    expected.resources.some((pattern) =>
      typeof pattern === "string"
        ? pattern === resource
        : pattern.test(resource),
    );
  const complete = expected.resources
    .filter((pattern) => typeof pattern === "string")
    .every((resource) => resources.includes(resource));
  const condition = Object.entries(found.Condition ?? {}).map(
    ([operator, keys]) => `${operator} ${JSON.stringify(keys)}`,
  );
  const wanted =
    expected.condition === undefined
      ? []
      : [`StringEquals ${JSON.stringify(expected.condition)}`];
  return [
    ...problemIf(
      found.Effect !== "Allow" ||
        !sameTexts(texts(found.Action), expected.actions),
      {
        path,
        given: `${found.Effect} ${texts(found.Action).join(", ")}`,
        allowed: `Allow ${expected.actions.join(", ")}`,
        fix: "give these actions and no other (VR-43)",
      },
    ),
    ...problemIf(
      resources.length === 0 || !complete || !resources.every(allowed),
      {
        path,
        given: `resources ${resources.join(", ")}`,
        allowed: expected.resources.map(String).join(", "),
        fix: "name these resources; * only for ecr:GetAuthorizationToken (VR-43)",
      },
    ),
    ...problemIf(condition.join() !== wanted.join(), {
      path,
      given:
        condition[0] === undefined
          ? "no condition"
          : `condition ${condition.join(", ")}`,
      allowed: wanted[0] ?? "no condition",
      fix: "write this condition (VR-43)",
    }),
  ];
}
