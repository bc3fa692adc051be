import { parse } from "yaml";
import { z } from "zod";
import { nearest } from "../../modules/lib/nearest";
import { type Problem, ProblemReport } from "../../modules/lib/problem";
import { show } from "../../modules/lib/show";

/** Who answers for an entry of a register, who accepted it, and when. */
const approvalSchema = z.strictObject({
  owner: z.string().min(1).optional(),
  approver: z.string().min(1),
  approved: z.iso.date(),
});

/** By the id of an entry: `EXC-01`, `RISK-02`. */
export type Approvals = Readonly<
  Record<string, z.infer<typeof approvalSchema>>
>;

/** What an approval is laid over. */
interface Entry {
  readonly id: string;
  readonly owner: string;
  readonly approver: string;
  readonly approved: string;
}

/**
 * Reads a file of approvals, so that nobody keeps a copy of a register for three words an entry.
 *
 * @param ids Of all entries.
 * @param today Nobody has accepted anything on a later day.
 * @throws ProblemReport with every id that no register has, and every entry of another shape.
 */
export function readApprovals(
  text: string,
  ...[source, ids, today]: [string, readonly string[], string]
): Approvals {
  const entries = entriesOf(text, source);
  const problems = Object.entries(entries).flatMap(([id, given]): Problem[] => {
    if (!ids.includes(id)) return [unknownId(id, ids)];
    const judged = approvalSchema.safeParse(given);
    if (judged.success)
      return judged.data.approved > today
        ? [
            {
              path: `${id}.approved`,
              given: judged.data.approved,
              allowed: `a day until ${today}`,
              fix: "write the day on which it was accepted",
            },
          ]
        : [];
    return judged.error.issues.map(({ path, message, code }) => ({
      path: [id, ...path].join("."),
      given: show(path.reduce<unknown>(fieldOf, given)),
      allowed:
        code === "unrecognized_keys"
          ? "owner, approver, approved"
          : `${ALLOWED[String(path[0])] ?? "owner, approver and approved"} (${message})`,
      fix: `write it as \`${id}: { owner: Ann, approver: Ben, approved: 2027-01-31 }\``,
    }));
  });
  if (problems.length > 0) throw new ProblemReport(source, problems);
  return entries as Approvals;
}

const ALLOWED: Readonly<Record<string, string>> = {
  owner: "a name",
  approver: "a name",
  approved: "a day, such as 2027-01-31",
};

const fieldOf = (value: unknown, key: PropertyKey): unknown =>
  (value as Readonly<Record<PropertyKey, unknown>> | undefined)?.[key];

function entriesOf(text: string, source: string): Record<string, unknown> {
  const wrong = (given: string): ProblemReport =>
    new ProblemReport(source, [
      {
        path: source,
        given,
        allowed:
          "YAML: ids of the registers, each with owner, approver, approved",
        fix: "write it as docs/auditing.md shows",
      },
    ]);
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    throw wrong(String(error).split("\n")[0] ?? "");
  }
  const { success, data } = z.record(z.string(), z.unknown()).safeParse(value);
  if (!success) throw wrong(show(value));
  return data;
}

function unknownId(id: string, ids: readonly string[]): Problem {
  const meant = nearest(id, ids);
  return {
    path: id,
    given: "an id that no register has",
    allowed:
      "the ids of docs/registers/exceptions.yaml and accepted-risks.yaml",
    fix: meant === undefined ? "take it out" : `write ${meant}, or take it out`,
  };
}

/** Entries of a register with what an approval says of them. */
export const withApprovals = <T extends Entry>(
  register: readonly T[],
  approvals: Approvals = {},
): T[] => register.map((entry) => ({ ...entry, ...approvals[entry.id] }));
