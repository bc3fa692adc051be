import { type Statement, conditionsOf, principalsOf, texts } from "../policies";
import {
  type AuditedEnvironment,
  auditedEnvironments,
  rightsGraph,
} from "./environments";
import { NOTES } from "./notes";
import { type RoleRights, holdersOf } from "./roles";

/** Where the table is kept; `npm run generate` writes it. */
export const IAM_TABLE = "docs/iam.md";

/** An environment's roles under its title. */
interface TableSection {
  readonly title: string;
  readonly holders: readonly RoleRights[];
}

/** The sections of the table, from the JSON of the examples. */
export const tableSections = (): TableSection[] =>
  Object.values(auditedEnvironments()).map(sectionOf);

/** The roles of one environment. */
export const sectionOf = ({
  title,
  settings,
}: AuditedEnvironment): TableSection => ({
  title,
  holders: [...holdersOf(rightsGraph(settings), settings).values()],
});

/** The table as a document: action, resource, condition, row and caller of every statement of every role. */
export function iamTable(sections: readonly TableSection[]): string {
  const shown = new Map<string, string>();
  const parts = sections.map(({ title, holders }) => {
    const roles = holders.map((role) => showRole(role, title, shown));
    return `## ${title[0]?.toUpperCase() ?? ""}${title.slice(1)}\n\n${roles.join("\n\n")}`;
  });
  return `${INTRODUCTION}\n${parts.join("\n\n")}\n`;
}

const INTRODUCTION = `# IAM rights

<!-- Generated from the JSON of the examples by \`npm run generate\`. Do not edit. -->

Every IAM role of the examples: who takes it, and each statement with what it is for and its caller. Read from the synthesized
JSON; what only AWS knows is written as the path of its construct, such as \`key/data.storage-key\`. A role that is the same
in an earlier section is not shown again. Managed policies are AWS's: their statements are not listed here.

One right is not of IAM: who opens a pairing session with Wave for the address of a Platform is sent the tokens of its users. The
load balancer lets \`wave.platform.pairingCidrs\` do it, and \`npm run verify\` asks as a stranger.
`;

function showRole(
  role: RoleRights,
  title: string,
  shown: Map<string, string>,
): string {
  const text = `${trustText(role)}\n\n${tableOf(role)}`;
  const heading = `### \`${role.name}\``;
  const earlier = shown.get(role.key + text);
  if (earlier !== undefined) return `${heading}\n\nAs in *${earlier}*.`;
  shown.set(role.key + text, title.replace(/:.*/, ""));
  return `${heading}\n\n${text}`;
}

function trustText({ key, path, trust }: RoleRights): string {
  const note = NOTES[key];
  const who = trust.Statement.map((one) => {
    const principals = principalsOf(one).map(code).join(", ");
    const conditions = conditionText(one);
    return `${principals} by ${texts(one.Action).map(code).join(", ")}${conditions === "" ? "" : `, if ${conditions}`}`;
  }).join("; ");
  return [
    `- For: ${note?.caller ?? "?"}`,
    `- Taken by: ${who === "" ? "nobody: it is a policy that the operator attaches" : who}`,
    `- Placed by: ${code(path)}`,
  ].join("\n");
}

function tableOf(role: RoleRights): string {
  const note = NOTES[role.key];
  const statements = Object.values(role.policies).flatMap(
    ({ Statement }) => Statement,
  );
  const rows = [
    ["Statement", "Action", "Resource", "Condition", "For", "Caller"],
    ["---", "---", "---", "---", "---", "---"],
    ...role.managed.map((name) => [
      code(name),
      "managed policy",
      "as in the policy",
      "as in the policy",
      note?.rights[name]?.why ?? "?",
      note?.rights[name]?.caller ?? "as above",
    ]),
    ...statements.map((one) => {
      const { why = "?", caller = "as above" } =
        note?.rights[one.Sid ?? ""] ?? {};
      return [
        one.Sid === undefined ? "of the settings" : code(one.Sid),
        lines(texts(one.Action)),
        lines(texts(one.Resource)),
        conditionText(one) || "none",
        why,
        caller,
      ];
    }),
  ];
  return rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

const conditionText = (statement: Statement): string =>
  conditionsOf(statement)
    .map(
      ([operator, key, values]) =>
        `${operator} ${code(key)} = ${values.map(code).join(" or ")}`,
    )
    .join("; ");

const code = (text: string): string => `\`${text}\``;
const lines = (values: readonly string[]): string =>
  values.map(code).join("<br>");
