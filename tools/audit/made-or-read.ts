import { type Graph, type Subject, ofType } from "./graph";
import { at, referred, textsAt } from "./reading";

/** What a subject refers to at a path: a resource of this type, or a data source that reads one which exists. */
export const referredMadeOrRead = (
  graph: Graph,
  subject: Subject,
  path: string,
  type: string,
): Subject[] => [
  ...referred(graph, subject, path, type),
  ...referred(graph, subject, path, `data.${type}`),
];

/** Whether it was read as a private subnet of a VPC that exists; the plan looks at its routes and public addresses. */
export const isReadAsPrivate = ({ type, address }: Subject): boolean =>
  type === "data.aws_subnet" && address.includes("subnets-private");

/** Ranges that the postconditions of data sources of this type compare with AWS. */
export const comparedRanges = (graph: Graph, type: string): string[] =>
  ofType(graph, `data.${type}`)
    .flatMap(({ body }) => textsAt(body, "lifecycle.postcondition.condition"))
    .flatMap((condition) => condition.match(/\d+(\.\d+){3}\/\d+/g) ?? []);

/** Whether an id is written in the settings, and the thing of this type was read. */
export const isReadById = (graph: Graph, type: string, id: unknown): boolean =>
  ofType(graph, `data.${type}`).some(({ body }) => at(body, "id").includes(id));
