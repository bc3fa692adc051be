import { type Graph, type Json, type StackJson, ofType } from "../graph";
import { nameOf, namespaceOf } from "../pods";
import { first } from "../reading";
import { type Settings } from "../../../modules/schema";
import { otherSecrets } from "./secret-others";
import { peopleReading } from "./secret-people";
import { podsReading } from "./secret-readers";
import { type Table, distinct, lines } from "./table";

type Stacks = Readonly<Record<string, StackJson>>;

/** One reading of a secret's value by a stack. */
interface Reading {
  readonly stack: string;
  /** `ephemeral` leaves nothing behind; `data` puts the value into the stack's state. */
  readonly kind: "ephemeral" | "data";
  /** As expressions name it: `ephemeral.aws_secretsmanager_secret_version.redis-password`. */
  readonly address: string;
  readonly secretId: unknown;
}

const VERSION = "aws_secretsmanager_secret_version";

/** Where each secret lives, who reads it, and whether it is in a state. */
export function secretsTable(
  graph: Graph,
  stacks: Stacks,
  settings: Settings,
): Table {
  const people = peopleReading(graph, settings);
  const readings = readingsIn(stacks);
  const generated = ofType(graph, "aws_secretsmanager_secret").map((secret) => {
    const mine = readings.filter(({ stack, secretId }) =>
      refersTo(graph, stack, secretId, secret.address),
    );
    return {
      name: `${String(first(secret.body, "name_prefix") ?? first(secret.body, "name"))}…`,
      madeBy: "Terraform, once, at random",
      path: secret.path,
      mine,
    };
  });
  const named = distinct(
    readings
      .map(({ secretId }) => String(secretId))
      .filter((id) => !id.includes("${")),
  ).map((id) => ({
    name: id,
    madeBy: "the operator",
    path: "",
    mine: readings.filter(({ secretId }) => secretId === id),
  }));
  const kept = [...generated, ...named].map(({ name, madeBy, path, mine }) => {
    const readBy = distinct(
      mine.flatMap((reading) => readersOf(graph, reading)),
    );
    const states = statesWith(mine);
    return [
      name,
      madeBy,
      path === ""
        ? "Secrets Manager, key of the operator's choice"
        : "Secrets Manager, customer managed key",
      lines(readBy),
      lines(states),
      lines(
        people({
          name,
          readBy,
          states: states.filter((one) => one !== "none"),
        }),
      ),
      path,
    ];
  });
  const rows = [...kept, ...otherSecrets(graph, settings)];
  return {
    id: "secrets",
    title: "Secrets",
    note: "Values are in AWS Secrets Manager. Terraform reads them as ephemeral values and writes them through write-only arguments: they reach neither plan nor state, unless a row says so. Who else sees them is asked of IAM's simulator, as in table access; a secret of the operator's may have a policy or a key that these files do not know, and roles that charts make in the cluster may read Secrets too. No value is in these files.",
    columns: [
      ...["Secret", "Made by", "Kept in", "Read by", "In state of"],
      ...["In plain text for", "Path"],
    ],
    rows,
    summary: [
      ...rows.map(
        ([name = "", , , readBy = "", states = "", who = ""]) =>
          `${name}: ${sentenceOf([
            ...readBy
              .split("\n")
              .filter((one) => POD.test(one) && !one.includes("kubelet")),
            ...who.split("\n"),
          ])}${states === "none" ? "" : `; it is in the state of ${states}`}.`,
      ),
      "No value stands in these files. What charts make, and logins, are in no JSON: their rows are not proved by it.",
    ],
  };
}

/** Readers that are pods, and jobs that pods make. */
const POD = /^((its )?pods\b|repo:|.*\bjobs that )/;

/** Who they are, without how. */
const sentenceOf = (readers: readonly string[]): string =>
  distinct(
    readers
      .filter((one) => one !== "")
      .map((one) =>
        one.startsWith("state of")
          ? one.replace(/^state of \S+: ([^:]+).*/, "$1")
          : one.replace(/: .*/, ""),
      ),
  ).join(", ") || "nobody";

const statesWith = (readings: readonly Reading[]): string[] => {
  const stacks = distinct(
    readings.filter(({ kind }) => kind === "data").map(({ stack }) => stack),
  );
  return stacks.length === 0 ? ["none"] : stacks;
};

const readingsIn = (stacks: Stacks): Reading[] =>
  Object.entries(stacks).flatMap(([stack, json]) =>
    (["ephemeral", "data"] as const).flatMap((kind) => {
      const blocks = json[kind];
      return Object.entries(blocks?.[VERSION] ?? {}).map(([name, body]) => ({
        stack,
        kind,
        address: `${kind}.${VERSION}.${name}`,
        secretId: body.secret_id,
      }));
    }),
  );

/** Whether an id leads to a secret: by its version, in the same stack or through an output. */
function refersTo(
  graph: Graph,
  stack: string,
  value: unknown,
  secret: string,
): boolean {
  const text = String(value);
  const [, producer = "", output = ""] =
    /terraform_remote_state\.([a-z-]+)\.outputs\.(\w+)/.exec(text) ?? [];
  if (output !== "")
    return refersTo(
      graph,
      producer,
      graph.outputs.get(`${producer}.${output}`),
      secret,
    );
  const [, version = ""] =
    /aws_secretsmanager_secret_version\.([\w-]+)/.exec(text) ?? [];
  const stored = graph.byAddress.get(`${stack}:${VERSION}.${version}`);
  return (
    text.includes(`\${${secret}.`) ||
    String(stored?.body.secret_id).includes(`\${${secret}.`)
  );
}

/** Arguments that take the value, and the pods behind Kubernetes Secrets. */
function readersOf(graph: Graph, { stack, kind, address }: Reading): string[] {
  const pattern = new RegExp(`\\b${address}(?![\\w-])`);
  return graph.subjects
    .filter((one) => one.stack === stack)
    .flatMap((one) =>
      Object.entries(one.body)
        .filter(
          ([key, value]) =>
            key !== "depends_on" && pattern.test(JSON.stringify(value)),
        )
        .flatMap(([argument, value]) => {
          if (one.type !== "kubernetes_secret_v1")
            return [
              `${one.path}: ${argument}${kind === "data" ? ", not write-only" : ""}`,
            ];
          const keys = Object.entries(value as Json)
            .filter(([, text]) => pattern.test(String(text)))
            .map(([key]) => key);
          const where = `${namespaceOf(one)}/${nameOf(one)}`;
          return [
            `Secret ${where}: ${keys.join(", ")}`,
            ...podsReading(graph, one, keys),
          ];
        }),
    );
}
