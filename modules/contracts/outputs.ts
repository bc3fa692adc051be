import {
  Fn,
  Lazy,
  TerraformOutput,
  type TerraformRemoteState,
  TerraformStack,
  Token,
} from "cdktf";

/** What can cross between stacks: ids, ARNs, names, endpoints, addresses. Never a secret, never a token. */
export interface Kinds {
  readonly text: string;
  readonly number: number;
  readonly list: readonly string[];
  readonly map: Readonly<Record<string, string>>;
}

/** One output: what it holds, and the sentence that `terraform output` and its readers know it by. */
export interface Output<Kind extends keyof Kinds = keyof Kinds> {
  readonly kind: Kind;
  readonly description: string;
}

/** One output that some environments do not have. It is not written there, and nobody may read it. */
export interface OptionalOutput<Kind extends keyof Kinds> extends Output<Kind> {
  readonly optional: true;
}

/** Outputs of one stack by field; `fileSystemId` is written as `file_system_id`. */
export type Outputs = Readonly<Record<string, Output>>;

export const text = (description: string): Output<"text"> => ({
  kind: "text",
  description,
});

export const number = (description: string): Output<"number"> => ({
  kind: "number",
  description,
});

export const list = (description: string): Output<"list"> => ({
  kind: "list",
  description,
});

export const map = (description: string): Output<"map"> => ({
  kind: "map",
  description,
});

export const optional = <Kind extends keyof Kinds>(
  output: Output<Kind>,
): OptionalOutput<Kind> => ({ ...output, optional: true });

/** What a reader gets. */
export type Values<O extends Outputs> = {
  readonly [Field in keyof O]: Kinds[O[Field]["kind"]];
};

type OptionalField<O extends Outputs> = {
  [Field in keyof O]: O[Field] extends { optional: true } ? Field : never;
}[keyof O];

/** What a writer gives: optional outputs may be left out, or undefined. */
export type Written<O extends Outputs> = Omit<Values<O>, OptionalField<O>> & {
  readonly [Field in OptionalField<O>]?: Values<O>[Field] | undefined;
};

type MapField<O extends Outputs> = {
  [Field in keyof O]: O[Field]["kind"] extends "map" ? Field : never;
}[keyof O];

/**
 * Keys of every output that is a map. Terraform knows a map's keys only when it runs, so a reader says which ones it
 * counts on.
 */
export type MapKeys<O extends Outputs> = Readonly<
  Record<MapField<O>, readonly string[]>
>;

/** Writes the outputs of a stack; the name of an output is its contract and does not change with the construct tree. */
export function writeOutputs<O extends Outputs>(
  stack: TerraformStack,
  outputs: O,
  values: Written<O>,
): void {
  const given: Readonly<Record<string, Kinds[keyof Kinds] | undefined>> =
    values;
  for (const [field, { description }] of Object.entries(outputs)) {
    const value = given[field];
    if (value !== undefined)
      new TerraformOutput(stack, nameOf(field), {
        value,
        description,
        staticId: true,
      });
  }
}

/**
 * Reads the outputs of another stack from its state: references that Terraform resolves. Where that stack was last deployed
 * before it had one of them, the plan says so in one sentence, in place of one error for each resource that reads it.
 */
export function readOutputs<O extends Outputs>(
  state: TerraformRemoteState,
  outputs: O,
  keys: MapKeys<O>,
): Values<O> {
  const keysOf: Readonly<Record<string, readonly string[]>> = keys;
  const used = new Set<string>();
  expectOutputs(state, outputs, keysOf, used);
  const read = (field: string, { kind }: Output): Kinds[keyof Kinds] => {
    const name = nameOf(field);
    switch (kind) {
      case "text":
        return state.getString(name);
      case "number":
        return state.getNumber(name);
      case "list":
        return state.getList(name);
      case "map":
        return Object.fromEntries(
          (keysOf[field] ?? []).map((key) => [
            key,
            Token.asString(Fn.lookup(state.get(name), key)),
          ]),
        );
    }
  };
  const values: Record<string, unknown> = {};
  for (const [field, output] of Object.entries(outputs))
    Object.defineProperty(values, field, {
      enumerable: true,
      get: () => {
        used.add(field);
        return read(field, output);
      },
    });
  return values as Values<O>;
}

/**
 * Conditions on what was read: every output in use is there, and every key of a map that is counted on. An optional output
 * counts where the producer, of the same app and so of the same settings, writes it.
 */
function expectOutputs(
  state: TerraformRemoteState,
  outputs: Outputs,
  keysOf: Readonly<Record<string, readonly string[]>>,
  used: ReadonlySet<string>,
): void {
  const producer = state.node.id;
  const conditions = (): string[] => {
    const written = writtenBy(state, producer);
    const names = [...used]
      .filter(
        (field) =>
          !("optional" in (outputs[field] ?? {})) ||
          written.includes(nameOf(field)),
      )
      .map(nameOf);
    const maps = Object.entries(keysOf).filter(([field]) => used.has(field));
    return [
      hasAll("self.outputs", names),
      ...maps.map(([field, keys]) =>
        hasAll(`try(self.outputs.${nameOf(field)}, {})`, keys),
      ),
    ];
  };
  const error_message = `The stack ${producer} does not have everything yet that this stack reads: it was last deployed with other settings, by an older version, or not to its end. Deploy ${producer} first; from then on this stack can be planned.`;
  // What is in use is known when the whole app stands.
  const postcondition = Lazy.anyValue({
    produce: () =>
      conditions().map((condition) => ({
        condition: `\${${condition}}`,
        error_message,
      })),
  });
  state.addOverride("lifecycle", { postcondition });
}

/** Outputs of the stack `producer` of the same app, by name; none where it is not part of it. */
function writtenBy(state: TerraformRemoteState, producer: string): string[] {
  const app = TerraformStack.of(state).node.scope;
  const children = app?.node.tryFindChild(producer)?.node.children ?? [];
  return children
    .filter((child) => child instanceof TerraformOutput)
    .map((child) => child.node.id);
}

/** A Terraform expression: whether a map has all keys. */
const hasAll = (map: string, keys: readonly string[]): string =>
  `length(setsubtract(${JSON.stringify(keys)}, keys(${map}))) == 0`;

/** Name of the output of a field: `fileSystemId` → `file_system_id`. */
const nameOf = (field: string): string =>
  field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
