import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inventory } from "../aws/inventory";
import { type Lab } from "../lab";
import { leftOvers } from "../steps/left-overs";
import { type State, readState, unlock } from "../terraform/state";
import { type SynthesizedStack } from "../terraform/synthesized";
import { type Adoption, adoptionsOf, ownerless } from "./adopt";

/** File of import blocks beside a stack: the next deploy takes in what they name. */
const importFile = "import.tf.json";

/** `terraform force-unlock` where a lock was left, as the runbook says. @returns the stacks that had one. */
export async function unlockAll(
  { aws, settings, env }: Lab,
  stacks: readonly SynthesizedStack[],
): Promise<string[]> {
  const unlocked: string[] = [];
  for (const stack of stacks)
    if (await unlock(aws, settings, stack, env)) unlocked.push(stack.id);
  return unlocked;
}

/** States of the stacks that have one. */
const knownStates = async (lab: Lab): Promise<State[]> => {
  const states = await Promise.all(
    lab.stacks.map((stack) =>
      readState(lab.aws, lab.settings, stack).catch(() => undefined),
    ),
  );
  return states.filter((state) => state !== undefined);
};

/** Everything that no state speaks of, `kind id`, and what of it a deploy can take in. */
export async function findOwnerless(
  lab: Lab,
  stacks: readonly SynthesizedStack[],
): Promise<{ objects: string[]; adoptions: Adoption[] }> {
  const states = await knownStates(lab);
  const made = leftOvers(await lab.before, await inventory(lab.aws));
  const objects = ownerless(made, states);
  const known = stacks.map((stack) => ({
    stack,
    addresses: new Set(
      states
        .find((state) => state.stack === stack.id)
        // What was under way when it was saved stands there without an instance.
        ?.resources.filter(({ instances }) => instances.length > 0)
        .map(({ type, name }) => `${type}.${name}`),
    ),
  }));
  return {
    objects: objects.map(({ kind, id }) => `${kind} ${id}`),
    adoptions: adoptionsOf(objects, known),
  };
}

/** Import blocks for the next deploys, beside the stacks that they are for. They stay until `forgetImports`. */
export class Imports {
  private readonly adoptions = new Map<string, Adoption>();

  constructor(private readonly stacks: readonly SynthesizedStack[]) {}

  /** @returns how many are new. */
  add(adoptions: readonly Adoption[]): number {
    const before = this.adoptions.size;
    for (const one of adoptions)
      this.adoptions.set(`${one.stack} ${one.to}`, one);
    for (const { id, folder } of this.stacks) {
      const blocks = [...this.adoptions.values()]
        .filter(({ stack }) => stack === id)
        .map(({ to, id: object }) => ({ to, id: object }));
      if (blocks.length > 0)
        writeFileSync(
          join(folder, importFile),
          JSON.stringify({ import: blocks }, undefined, 2),
        );
    }
    return this.adoptions.size - before;
  }

  /** Takes the files away: Terraform would look for the objects at every plan. */
  forget(): void {
    this.adoptions.clear();
    for (const { folder } of this.stacks)
      rmSync(join(folder, importFile), { force: true });
  }
}
