import { isStore, storesInWords } from "../plan/data-stores";
import { type Target } from "../target";
import { initStack, terraform } from "../terraform/stacks";

/** What a stack has in its state. */
export interface Standing {
  readonly stack: string;
  /** Number of its resources; 0 for one that was never deployed. */
  readonly resources: number;
  /** Addresses of those that hold data. */
  readonly stores: readonly string[];
}

/** What a destroy would remove, by the states. */
export async function standingIn(
  target: Target,
  say: (text: string) => void,
): Promise<Standing[]> {
  const standing: Standing[] = [];
  for (const stack of target.stacks) {
    say(stack);
    await initStack(target, stack);
    const { code, stdout } = await terraform(target, stack, ["state", "list"]);
    // A stack that was never deployed has no state, which Terraform counts as a failure.
    const addresses = code === 0 ? stdout.filter(isResource) : [];
    standing.push({
      stack,
      resources: addresses.length,
      stores: addresses.filter((address) => isStore(typeOf(address))),
    });
  }
  return standing;
}

const isResource = (address: string): boolean =>
  address !== "" && !address.startsWith("data.");

const typeOf = (address: string): string => address.split(".")[0] ?? "";

/** Stores of a stack in words; "–" where it has none. */
export const storesOf = ({ stores }: Standing): string =>
  stores.length === 0
    ? "–"
    : storesInWords(stores.map((address) => ({ type: typeOf(address) })));

/** What stays after a destroy, or has to be looked for. */
export function leftOverHints({
  settings,
}: Pick<Target, "settings">): string[] {
  const { backend } = settings;
  return [
    "KMS keys wait for their deletion, and cost nothing meanwhile",
    ...(backend.kind === "s3"
      ? [`the state bucket ${backend.bucket} stays`]
      : []),
    ...(backend.kind === "cloud"
      ? ["workspaces, project and role of Terraform Cloud stay"]
      : []),
    `what still has the environment's tags: aws resourcegroupstaggingapi get-resources --tag-filters ${Object.entries(
      settings.tags,
    )
      .map(([key, value]) => `Key=${key},Values=${value}`)
      .join(" ")}`,
  ];
}
