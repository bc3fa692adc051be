import { namesOf } from "../../../modules/lib/names";
import { type Settings } from "../../../modules/schema";
import { type Graph, type Subject, ofType } from "../graph";
import { type Statement, texts } from "../policies";
import { companionsOf, first } from "../reading";
import { arnOf, literalDocument } from "./literals";

/** A policy document without expressions. */
export interface LiteralDocument {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}

/** What one IAM role of an environment may do, and who may take it. */
export interface RoleRights {
  /** End of its name, such as `wave-server`. */
  readonly key: string;
  readonly name: string;
  readonly arn: string;
  /** Path of its construct. */
  readonly path: string;
  readonly trust: LiteralDocument;
  /** Own policies, by name. */
  readonly policies: Readonly<Record<string, LiteralDocument>>;
  /** Names of AWS's managed policies, such as `AmazonEKSWorkerNodePolicy`. */
  readonly managed: readonly string[];
}

/** Every role of an environment, by key, in the order of the JSON. */
export function rolesOf(
  graph: Graph,
  settings: Settings,
): ReadonlyMap<string, RoleRights> {
  const prefix = namesOf(settings).iam("");
  const roles = ofType(graph, "aws_iam_role").map((subject) =>
    roleOf(graph, subject, prefix),
  );
  return new Map(roles.map((role) => [role.key, role]));
}

/** The roles, and with the same keys the policies that an operator attaches to principals of their own: without a trust. */
export function holdersOf(
  graph: Graph,
  settings: Settings,
): ReadonlyMap<string, RoleRights> {
  const prefix = namesOf(settings).iam("");
  const policies = ofType(graph, "aws_iam_policy").map((subject) => {
    const name = String(first(subject.body, "name"));
    return {
      key: name.slice(prefix.length),
      name,
      arn: arnOf(graph, subject) ?? name,
      path: subject.path,
      trust: { Version: "2012-10-17", Statement: [] },
      policies: {
        [name]: documentIn(graph, subject.stack, first(subject.body, "policy")),
      },
      managed: [],
    };
  });
  return new Map([
    ...rolesOf(graph, settings),
    ...policies.map((one) => [one.key, one] as const),
  ]);
}

function roleOf(graph: Graph, subject: Subject, prefix: string): RoleRights {
  const { body, stack, path } = subject;
  const name = String(first(body, "name"));
  const attached = companionsOf(
    graph,
    subject,
    "aws_iam_role_policy_attachment",
    "role",
  );
  return {
    key: name.startsWith(prefix) ? name.slice(prefix.length) : name,
    name,
    arn: arnOf(graph, subject) ?? name,
    path,
    trust: documentIn(graph, stack, first(body, "assume_role_policy")),
    policies: Object.fromEntries(
      companionsOf(graph, subject, "aws_iam_role_policy", "role").map((one) => [
        String(first(one.body, "name")),
        documentIn(graph, one.stack, first(one.body, "policy")),
      ]),
    ),
    managed: attached.flatMap((one) =>
      texts(first(one.body, "policy_arn")).map((arn) =>
        arn.replace(/^.*\//, ""),
      ),
    ),
  };
}

/** A document of a resource, as `literalDocument` gives it. */
export const documentIn = (
  graph: Graph,
  stack: string,
  text: unknown,
): LiteralDocument => literalDocument(graph, stack, text) as LiteralDocument;
