import { type Settings } from "../../../modules/schema";
import { type Graph, ofType } from "../graph";
import {
  RESOURCE_POLICIES,
  type Statement,
  conditionsOf,
  principalsOf,
  statementsOf,
  texts,
} from "../policies";
import { NOTES } from "../permissions/notes";
import { type RoleRights, holdersOf } from "../permissions/roles";
import { shown } from "./shown";
import { type Table, lines } from "./table";

/** What IAM lets whom do: rights of roles, who may take them, and what resources let in. */
export function iamTables(graph: Graph, settings: Settings): Table[] {
  const holders = [...holdersOf(graph, settings).values()];
  return [rights(holders), trusts(holders), resourcePolicies(graph)];
}

const rights = (holders: readonly RoleRights[]): Table => ({
  id: "permissions",
  title: "IAM permissions",
  note: "Every statement of every role. What only AWS knows is written as the path of its construct, such as key/data.storage-key. Statements of managed policies are not listed.",
  columns: [
    ...["Role", "Statement", "Effect", "Action", "Resource", "Condition"],
    ...["For", "Used by", "Path"],
  ],
  rows: holders.flatMap((role) => {
    const note = NOTES[role.key];
    const usedBy = (id: string): string[] => [
      note?.rights[id]?.why ?? "",
      plain(note?.rights[id]?.caller ?? note?.caller),
      role.path,
    ];
    return [
      ...role.managed.map((name) => [
        role.name,
        name,
        "Allow",
        "managed policy",
        "",
        "",
        ...usedBy(name),
      ]),
      ...Object.values(role.policies).flatMap(({ Statement }) =>
        Statement.map((one) => [
          role.name,
          one.Sid ?? "",
          one.Effect ?? "",
          lines(texts(one.Action)),
          lines(texts(one.Resource)),
          conditionText(one),
          ...usedBy(one.Sid ?? ""),
        ]),
      ),
    ];
  }),
});

const trusts = (holders: readonly RoleRights[]): Table => ({
  id: "trusts",
  title: "Who may take a role",
  note: "A policy without a role is attached by the operator, and nobody takes it.",
  columns: [
    "Role",
    "Statement",
    "Principal",
    "Action",
    "Condition",
    "Taken by",
    "Path",
  ],
  rows: holders.flatMap(({ key, name, path, trust }) =>
    trust.Statement.map((one) => [
      name,
      one.Sid ?? "",
      lines(principalsOf(one)),
      lines(texts(one.Action)),
      conditionText(one),
      plain(NOTES[key]?.caller),
      path,
    ]),
  ),
});

/** What policies of resources let in. */
export const resourcePolicies = (graph: Graph): Table => ({
  id: "resource-policies",
  title: "What resources let in",
  note: "Policies of buckets, keys, repositories, the file system and secrets. A key that lets the account's root in leaves it to IAM who else may use it.",
  columns: [
    ...["Path", "Statement", "Effect", "Principal", "Action", "Resource"],
    "Condition",
  ],
  rows: ofType(graph, ...RESOURCE_POLICIES).flatMap((subject) =>
    statementsOf(subject).map((one) => [
      subject.path,
      one.Sid ?? "",
      one.Effect ?? "",
      lines(principalsOf(one).map((text) => shown(graph, subject.stack, text))),
      lines(texts(one.Action)),
      lines(
        texts(one.Resource).map((text) => shown(graph, subject.stack, text)),
      ),
      lines(
        conditionLines(one).map((text) => shown(graph, subject.stack, text)),
      ),
    ]),
  ),
});

/** Notes are Markdown. */
const plain = (text = ""): string => text.replaceAll("`", "");

const conditionText = (statement: Statement): string =>
  lines(conditionLines(statement));

const conditionLines = (statement: Statement): string[] =>
  conditionsOf(statement).map(
    ([operator, key, values]) => `${operator} ${key} = ${values.join(" or ")}`,
  );
