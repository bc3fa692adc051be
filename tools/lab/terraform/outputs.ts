import { type CoreSettings } from "../../../modules/core/settings/schema";
import { type Aws } from "../aws/client";
import { readState } from "./state";

/** Outputs of stacks: by stack and name. */
export type StackOutputs = Readonly<
  Record<string, Readonly<Record<string, unknown>>>
>;

/** What stacks have put out so far: nothing for one that was never deployed. */
export async function outputsOf(
  aws: Aws,
  settings: CoreSettings,
  stacks: readonly string[],
): Promise<StackOutputs> {
  const found = stacks.map(async (stack) => {
    const state = await readState(aws, settings, stack).catch(() => undefined);
    const outputs = Object.entries(state?.outputs ?? {});
    return [
      stack,
      Object.fromEntries(outputs.map(([name, { value }]) => [name, value])),
    ] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}

/** Of an output, or of one entry of an output that is a map. */
const reference =
  /\$\{data\.terraform_remote_state\.([\w-]+)\.outputs\.([\w-]+)(?:\.([\w-]+))?\}/g;

/** What an output is when no stack has it. */
type Missing = (reference: string, stack: string, name: string) => unknown;

const fail: Missing = (_reference, stack, name) => {
  throw new Error(`Stack ${stack} has no output ${name}.`);
};

/** Leaves a reference as it is. */
export const keepReference: Missing = (reference) => reference;

/**
 * Every reference to an output of another stack as its value; one that is a whole text keeps the value's type.
 * @param missing Called for an output that no stack has. @default throws an Error
 */
export function filledIn(
  value: unknown,
  outputs: StackOutputs,
  missing = fail,
): unknown {
  if (typeof value === "string") return filledText(value, outputs, missing);
  if (Array.isArray(value))
    return value.map((one) => filledIn(one, outputs, missing));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      filledIn(one, outputs, missing),
    ]),
  );
}

function filledText(
  text: string,
  outputs: StackOutputs,
  missing: Missing,
): unknown {
  const valueOf = (
    all: string,
    stack: string,
    name: string,
    entry: string | undefined,
  ): unknown => {
    const value = outputs[stack]?.[name];
    const found =
      entry === undefined
        ? value
        : (value as Record<string, unknown> | undefined)?.[entry];
    return found ?? missing(all, stack, name);
  };
  const [whole] = text.matchAll(new RegExp(`^${reference.source}$`, "g"));
  if (whole) return valueOf(whole[0], whole[1] ?? "", whole[2] ?? "", whole[3]);
  return text.replace(
    reference,
    (all, stack: string, name: string, entry?: string) =>
      String(valueOf(all, stack, name, entry)),
  );
}
