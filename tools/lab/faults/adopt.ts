import { type Existing } from "../aws/inventory";
import { type State } from "../terraform/state";
import { type SynthesizedStack } from "../terraform/synthesized";

/** An `import` block of Terraform: what exists, and the resource that it is. */
export interface Adoption {
  readonly stack: string;
  readonly to: string;
  readonly id: string;
}

/** A stack, and the addresses that its state has. */
export interface Known {
  readonly stack: Pick<SynthesizedStack, "id" | "json">;
  readonly addresses: ReadonlySet<string>;
}

/** Kinds of the inventory that a killed run may have made unseen, and the types that Terraform imports them as. */
const types: Readonly<Record<string, string>> = {
  vpc: "aws_vpc",
  "eks cluster": "aws_eks_cluster",
  "node group": "aws_eks_node_group",
  "iam role": "aws_iam_role",
  "oidc provider": "aws_iam_openid_connect_provider",
  "mail identity": "aws_sesv2_email_identity",
  certificate: "aws_acm_certificate",
  database: "aws_db_instance",
  "replication group": "aws_elasticache_replication_group",
};

/** A record's id is in no state, an interface is made by what stands on it, a load balancer by its controller. */
const ownedElsewhere = ["dns record", "network interface", "load balancer"];

/** What exists and no state speaks of. */
export const ownerless = (
  objects: readonly Existing[],
  states: readonly Pick<State, "text" | "resources">[],
): Existing[] =>
  objects.filter(
    ({ kind, id }) =>
      !ownedElsewhere.includes(kind) &&
      !states.some((state) => speaksOf(state, kind, id)),
  );

/** Names are also in tags and in what points at the object: where the type is known, only resources of it count. */
function speaksOf(
  { text, resources }: Pick<State, "text" | "resources">,
  kind: string,
  id: string,
): boolean {
  const type = types[kind];
  if (type === undefined) return text.includes(JSON.stringify(id));
  return resources
    .filter((resource) => resource.mode === "managed" && resource.type === type)
    .flatMap(({ instances }) => instances)
    .some(({ attributes }) => Object.values(attributes).includes(id));
}

/** Attributes of a resource that are its name, or the start of it. */
const names = ["name", "email_identity", "identifier", "replication_group_id"];
const prefixes = ["name_prefix", "node_group_name_prefix"];

/**
 * The resource that each ownerless object is: by its name, by the start of its name, or because it is the only one of its type
 * that the states lack. Objects of other kinds, or that could be several resources, are left out.
 */
export function adoptionsOf(
  objects: readonly Existing[],
  known: readonly Known[],
): Adoption[] {
  return objects.flatMap(({ kind, id }) => {
    const type = types[kind];
    if (type === undefined) return [];
    const missing = known.flatMap((one) => missingOf(type, one));
    const last = id.split(/[/:]/).at(-1) ?? id;
    const named = missing.filter(({ body }) => isNamed(body, last));
    const twins = objects.filter((other) => other.kind === kind);
    const alone = missing.length === 1 && twins.length === 1 ? missing : [];
    const [found, another] = named.length > 0 ? named : alone;
    if (found === undefined || another !== undefined) return [];
    const { stack, to } = found;
    return [{ stack, to, id: type === "aws_iam_role" ? last : id }];
  });
}

function missingOf(type: string, { stack, addresses }: Known) {
  return Object.entries(stack.json.resource?.[type] ?? {})
    .map(([name, body]) => ({ stack: stack.id, to: `${type}.${name}`, body }))
    .filter(({ to }) => !addresses.has(to));
}

const isNamed = (body: Record<string, unknown>, name: string): boolean =>
  names.some((key) => body[key] === name) ||
  prefixes.some((key) => {
    const start = body[key];
    return typeof start === "string" && name.startsWith(start);
  });

/**
 * What a failed run found in its way: Terraform's message names the object in brackets, and the resource.
 * @param lines Output of the CLI.
 * @param zone Hosted zone of records, which their message leaves out.
 */
export function adoptionsFrom(
  lines: readonly string[],
  stacks: readonly Pick<SynthesizedStack, "id" | "json">[],
  zone: string,
): Adoption[] {
  const text = lines.join("\n");
  return text
    .split("Error: ")
    .slice(1)
    .filter((message) => /already (exists?|in use)|AlreadyExist/i.test(message))
    .flatMap((message) => {
      const to = /with ([\w-]+\.[\w-]+)[ ,]/.exec(message)?.[1];
      const [type = "", name = ""] = to?.split(".") ?? [];
      const stack = stacks.find(
        ({ json }) => json.resource?.[type]?.[name] !== undefined,
      );
      const id = recordId(message, zone) ?? /\(([^()\s]+)\)/.exec(message)?.[1];
      if (to === undefined || stack === undefined || id === undefined)
        return [];
      return [{ stack: stack.id, to, id }];
    });
}

function recordId(message: string, zone: string): string | undefined {
  const [, name, type] =
    /\[name='([^']+?)\.?',\s+type='(\w+)'\]/.exec(message) ?? [];
  return name === undefined ? undefined : `${zone}_${name}_${type ?? ""}`;
}
