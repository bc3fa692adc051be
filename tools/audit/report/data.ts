import { type Graph, type Subject, ofType, targetsOf } from "../graph";
import { first, isOn } from "../reading";
import { holdings } from "./data-holds";
import { keptBeside } from "./data-kept";
import { type Found as InJson, storesIn } from "./data-stores";
import { shown, textOf } from "./shown";
import { type Table, distinct, lines } from "./table";

/** Stores of what nothing else can make again. */
const LASTING =
  /^aws_(efs_file_system|db_instance|elasticache_replication_group|s3_bucket)$/;

interface Found extends InJson {
  /** What refuses a destroy in the plan. */
  readonly refused: string | undefined;
}

/**
 * Every store: what is in it, its key, and what a destroy leaves.
 *
 * @param lineOf Where a construct is made: `modules/wave/stores/key.ts:27`. Left out, keys are named by their path alone.
 */
export function dataTable(
  graph: Graph,
  lineOf: (path: string) => string = () => "",
): Table {
  const holds = holdings(graph);
  const stores = storesIn(graph);
  const staying = stayingIn(graph, stores);
  const found = stores.map((one) => ({
    ...leftWith(staying, one),
    refused: refusalOf(graph, one.subject),
  }));
  return {
    id: "data",
    title: "Data",
    note: "Every store, by its own attributes and those of what refers to it. Terraform's prevent_destroy ends the plan of a whole stack before anything is deleted; a plan that names single resources (-target) ends only where it reaches one with it. “Else” is what a destroy does once it is lifted.",
    columns: [
      ...["Store", "Holds", "Key", "TLS by", "Backup", "Kept", "On destroy"],
      ...["Left after it", "Path"],
    ],
    rows: found.map(({ subject, store, refused }) => [
      `${store.kind} ${nameOf(graph, subject)}`,
      lines(
        subject.type === "aws_kms_key"
          ? distinct(
              found
                .filter((one) => one.store.key === subject.path)
                .map((one) => one.subject.path),
            )
          : (store.holds?.split("\n") ?? holds(subject)),
      ),
      lines(
        [store.key ?? "NOT ENCRYPTED", lineOf(store.key ?? "")].filter(Boolean),
      ),
      store.tls ?? "NOT REQUIRED",
      store.backup ?? "NONE",
      store.kept,
      refused === undefined ? store.end : `${refused}\nelse ${store.end}`,
      store.left ?? "nothing",
      subject.path,
    ]),
    summary: [
      ...destroyOf(graph, found, staying),
      ...keysOf(graph, found, lineOf),
    ],
    look: found.flatMap(lookOf),
  };
}

const lookOf = ({ subject: { path, type }, store, refused }: Found) => [
  ...(store.key === undefined ? [`${path} is not encrypted.`] : []),
  ...(store.tls === undefined ? [`${path} does not require TLS.`] : []),
  ...(store.backup === undefined ? [`${path} has no backup.`] : []),
  ...(refused === undefined && !store.left && LASTING.test(type)
    ? [`A destroy deletes ${path}, and nothing of it is left.`]
    : []),
];

/** Each key of ours with its line and what it encrypts, and how many stores are encrypted. */
function keysOf(
  graph: Graph,
  found: readonly Found[],
  lineOf: (path: string) => string,
): string[] {
  const told = ofType(graph, "aws_kms_key").flatMap(({ path }) => {
    const stores = found
      .filter(({ store }) => store.key === path)
      .map(({ subject, store }) => `${store.kind} ${nameOf(graph, subject)}`);
    return stores.length === 0
      ? []
      : [
          `Key ${[path, lineOf(path)].filter(Boolean).join(", made by ")}, encrypts ${stores.join(", ")}.`,
        ];
  });
  const encrypted = found.filter(({ store }) => store.key !== undefined);
  const local = ofType(graph, "backend.local").map(({ stack }) => stack);
  return [
    `${countOf(encrypted, found)} are encrypted.${local.length === 0 ? "" : ` No store, and not encrypted by anything here: the file with the state of stack ${local.join(", ")}.`}`,
    ...keptBeside(graph).map(
      (one) =>
        `No store of a stack, and encrypted with CloudWatch's own key: ${one}.`,
    ),
    ...told,
  ];
}

const countOf = (some: readonly Found[], all: readonly Found[]): string =>
  some.length === all.length
    ? `All ${all.length} stores`
    : `${some.length} of ${all.length} stores`;

function destroyOf(
  graph: Graph,
  found: readonly Found[],
  staying: Staying,
): string[] {
  const stacks = distinct(
    graph.subjects
      .filter(({ type }) => !/^(provider|backend|data)\./.test(type))
      .map(({ stack }) => stack),
  );
  const guards = stacks.map((stack) => guardsOf(graph, stack).length);
  const closed = stacks.filter((_, index) => guards[index] !== 0);
  const open = stacks.filter((_, index) => guards[index] === 0);
  const withOurKey = distinct(
    found
      .filter(({ store }) => store.left)
      .map(({ store }) => store.key ?? "")
      .filter((key) => found.some(({ subject }) => subject.path === key)),
  );
  const told = (what: "goes" | "stays", before: string, after: string) => {
    const keys = withOurKey.filter(
      (key) =>
        found.some(
          ({ subject, store: { left = "" } }) =>
            subject.path === key && left.startsWith(STAYS),
        ) ===
        (what === "stays"),
    );
    return keys.length === 0
      ? ""
      : ` ${before} ${keys.join(", ")}${after === "" ? "." : ` ${after}`}`;
  };
  return [
    closed.length === 0
      ? "Nothing refuses a destroy: no resource has prevent_destroy."
      : `A destroy of ${closed.join(", ")} is refused before anything is deleted: ${guards.reduce((sum, one) => sum + one, 0)} resources have prevent_destroy.`,
    ...(closed.length > 0 && open.length > 0
      ? [`Nothing refuses a destroy of ${open.join(", ")}.`]
      : []),
    `${countOf(
      found.filter(({ store }) => store.left),
      found,
    )} leave something once that is lifted: ${found
      .flatMap(({ subject, store: { kind, left } }) =>
        left
          ? [
              `${kind} ${nameOf(graph, subject)} (${left.replaceAll("\n", ", ")})`,
            ]
          : [],
      )
      .join("; ")}.`,
    ...othersStaying(found, staying),
    ...groupsOfAws(staying),
    ...companionsGone(graph, found),
    ...besideStores(graph),
    ...(withOurKey.length === 0
      ? []
      : [
          `What is left is of use as long as its key is.${told("goes", "The same destroy schedules", "for deletion.")}${told("stays", "With what AWS refuses to delete stay", "")}`,
        ]),
  ];
}

const STAYS = "all of it, while";

/** What stays, with the path of the store that keeps it. */
type Staying = ReadonlyMap<Subject, string>;

/** What AWS refuses to delete keeps what it refers to: Terraform deletes that after it, and so does not come to it. */
function stayingIn(graph: Graph, stores: readonly InJson[]): Staying {
  const queue = stores
    .filter(({ store }) => store.end.startsWith("refused by AWS"))
    .map(({ subject }) => subject);
  const why = new Map(queue.map((one) => [one, one.path]));
  for (const subject of queue)
    for (const one of targetsOf(graph, subject.stack, subject.body))
      if (!why.has(one)) {
        why.set(one, why.get(subject) ?? "");
        queue.push(one);
      }
  return why;
}

function leftWith(staying: Staying, { subject, store }: InJson): InJson {
  const cause = staying.get(subject);
  return cause === undefined || store.end.startsWith("refused by AWS")
    ? { subject, store }
    : { subject, store: { ...store, left: `${STAYS} ${cause} stays` } };
}

/** What is no store and stays with one. */
function othersStaying(found: readonly Found[], staying: Staying): string[] {
  const paths = [...staying.keys()]
    .filter(
      (one) =>
        !/^(data|ephemeral)\./.test(one.type) &&
        !found.some(({ subject }) => subject === one),
    )
    .map(({ path }) => path);
  return paths.length === 0
    ? []
    : [
        `Left too, as what AWS refuses to delete refers to it: ${paths.join(", ")}.`,
      ];
}

/** Security groups that AWS makes and deletes with something; a destroy of `aws_default_security_group` only forgets it. */
function groupsOfAws(staying: Staying): string[] {
  const told = [...staying.keys()].flatMap(({ type, path }) =>
    type === "aws_vpc"
      ? [`the default security group of ${path}`]
      : type === "aws_eks_cluster"
        ? [`the security group that EKS made for ${path}`]
        : [],
  );
  return told.length === 0
    ? []
    : [`Left with what AWS made it for: ${told.join(", ")}.`];
}

/** A destroy takes first what refers to a store, and is refused only then. */
function companionsGone(graph: Graph, found: readonly Found[]): string[] {
  const kept = found
    .filter(({ store }) => store.end.startsWith("refused by AWS while"))
    .map(({ subject }) => subject);
  const types = distinct(
    graph.subjects
      .filter(({ stack, body }) =>
        targetsOf(graph, stack, [body.bucket, body.repository]).some((one) =>
          kept.includes(one),
        ),
      )
      .map(({ type }) => type),
  );
  return types.length === 0
    ? []
    : [
        `A bucket or repository that is left because it holds something has lost what a destroy takes before it: ${types.join(", ")}.`,
        ...(kept.some(({ stack }) => stack === "state")
          ? [
              "The bucket of states keeps its policy: the deployer may delete neither that nor the bucket.",
            ]
          : []),
      ];
}

const besideStores = (graph: Graph): string[] => [
  `In no stack, and so left too: ${[...keptBeside(graph), "secrets and principals that the settings name", "service-linked roles of AWS", "a state that lies in a file"].join("; ")}.`,
];

/** Resources of a stack with prevent_destroy. */
const guardsOf = (graph: Graph, stack: string): Subject[] =>
  graph.subjects.filter(
    (one) =>
      one.stack === stack && isOn(first(one.body, "lifecycle.prevent_destroy")),
  );

function refusalOf(graph: Graph, one: Subject): string | undefined {
  const guards = guardsOf(graph, one.stack);
  return guards.includes(one)
    ? "refused: prevent_destroy"
    : guards.length > 0
      ? `refused with stack ${one.stack}`
      : undefined;
}

/** The name that AWS or Kubernetes has for it. */
const nameOf = (graph: Graph, { stack, body }: Subject): string =>
  shown(
    graph,
    stack,
    [
      ...["bucket", "identifier", "replication_group_id", "name"],
      ...["name_prefix", "description", "tags.Name", "metadata.name"],
    ]
      .map((key) => textOf(first(body, key)))
      .find((text) => text !== "") ?? "",
  );
