/** A block of Terraform JSON. */
export type Json = Readonly<Record<string, unknown>>;

/** `cdk.tf.json` of one stack, as far as the audit reads it. */
export interface StackJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly ephemeral?: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly provider?: Readonly<Record<string, readonly Json[]>>;
  readonly terraform?: Json;
  readonly output?: Readonly<Record<string, { readonly value: unknown }>>;
  readonly [block: string]: unknown;
}

/** What a rule judges: a resource, a data source, an ephemeral block, a provider or a back end. */
export interface Subject {
  readonly stack: string;
  /** `aws_vpc`, `data.aws_lb`, `ephemeral.aws_secretsmanager_secret_version`, `provider.aws` or `backend.s3`. */
  readonly type: string;
  /** As in a plan: `aws_vpc.vpc`. */
  readonly address: string;
  /** Where the code places it: `network/vpc/Default`. */
  readonly path: string;
  readonly body: Json;
}

/** All stacks of one environment. */
export interface Graph {
  readonly subjects: readonly Subject[];
  readonly byType: ReadonlyMap<string, readonly Subject[]>;
  /** By stack and address. */
  readonly byAddress: ReadonlyMap<string, Subject>;
  /** Values of the outputs, by stack and name. */
  readonly outputs: ReadonlyMap<string, unknown>;
}

/** Reads the parsed JSON of all stacks, by stack id. */
export function graphOf(stacks: Readonly<Record<string, StackJson>>): Graph {
  const subjects = Object.entries(stacks).flatMap(([stack, json]) => [
    ...blocks(stack, "", json.resource),
    ...blocks(stack, "ephemeral.", json.ephemeral),
    ...blocks(stack, "data.", json.data),
    ...providers(stack, json),
    ...backEnds(stack, json),
  ]);
  const outputs = Object.entries(stacks).flatMap(([stack, json]) =>
    Object.entries(json.output ?? {}).map(
      ([name, { value }]) => [`${stack}.${name}`, value] as const,
    ),
  );
  return assemble(subjects, new Map(outputs));
}

/** All subjects of some types. */
export function ofType(graph: Graph, ...types: readonly string[]): Subject[] {
  return types.flatMap((type) => graph.byType.get(type) ?? []);
}

/** What a text refers to with `${…}`, followed through outputs into other stacks. */
export function targetsOf(
  graph: Graph,
  stack: string,
  value: unknown,
): Subject[] {
  const text = typeof value === "string" ? value : JSON.stringify(value ?? "");
  const found = new Set<Subject>();
  for (const [, producer = "", output = ""] of text.matchAll(REMOTE))
    for (const one of targetsOf(
      graph,
      producer,
      graph.outputs.get(`${producer}.${output}`),
    ))
      found.add(one);
  for (const [address] of text.matchAll(LOCAL)) {
    const target = graph.byAddress.get(`${stack}:${address}`);
    if (target !== undefined) found.add(target);
  }
  return [...found];
}

/** A value as the stack that makes it wrote it: outputs of other stacks are filled in where they are texts. */
export function writtenAs(graph: Graph, value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value ?? "");
  return text.replace(
    /\$\{data\.terraform_remote_state\.([a-z-]+)\.outputs\.(\w+)\}/g,
    (reference, producer: string, output: string) => {
      const made = graph.outputs.get(`${producer}.${output}`);
      return typeof made === "string" ? made : reference;
    },
  );
}

const REMOTE = /\bdata\.terraform_remote_state\.([a-z-]+)\.outputs\.(\w+)/g;
const LOCAL =
  /\b(?:(?:ephemeral|data)\.)?(?:aws|kubernetes|helm)_\w+\.[A-Za-z][\w-]*/g;

function assemble(
  subjects: readonly Subject[],
  outputs: Graph["outputs"],
): Graph {
  const byType = new Map<string, Subject[]>();
  const byAddress = new Map<string, Subject>();
  for (const subject of subjects) {
    const peers = byType.get(subject.type);
    if (peers === undefined) byType.set(subject.type, [subject]);
    else peers.push(subject);
    byAddress.set(`${subject.stack}:${subject.address}`, subject);
  }
  return { subjects, byType, byAddress, outputs };
}

function blocks(
  stack: string,
  prefix: string,
  types: StackJson["resource"] = {},
): Subject[] {
  return Object.entries(types).flatMap(([type, instances]) =>
    Object.entries(instances).map(([name, body]) => ({
      stack,
      type: prefix + type,
      address: `${prefix}${type}.${name}`,
      path: constructPath(body) ?? `${stack}/${prefix}${type}.${name}`,
      body,
    })),
  );
}

function providers(stack: string, { provider = {} }: StackJson): Subject[] {
  return Object.entries(provider).flatMap(([name, configurations]) =>
    configurations.map((body, index) => ({
      stack,
      type: `provider.${name}`,
      address: `provider.${name}[${index}]`,
      path: `${stack}/provider/${name}`,
      body,
    })),
  );
}

function backEnds(stack: string, { terraform = {} }: StackJson): Subject[] {
  const backend = (terraform.backend ?? {}) as Record<string, Json>;
  return Object.entries(backend).map(([kind, body]) => ({
    stack,
    type: `backend.${kind}`,
    address: `terraform.backend.${kind}`,
    path: `${stack}/backend/${kind}`,
    body,
  }));
}

function constructPath(body: Json): string | undefined {
  const bookkeeping = body["//"] as
    { readonly metadata?: { readonly path?: string } } | undefined;
  return bookkeeping?.metadata?.path;
}
