import { type Lab } from "../lab";
import { patched } from "../settings";
import {
  checkPlans,
  deploy,
  deployStacks,
  prepareStacks,
  statesOf,
} from "../steps/steps";
import { deployWorkloads } from "../steps/workloads";
import { type State } from "../terraform/state";
import { type Pair } from "./pairs";

/**
 * Changes an environment that stands, one change after the other, as its operator would: settings, deploy, second plan.
 * Its pods are asked after each deploy like after the first one.
 */
export async function runPairs(
  lab: Lab,
  pairs: readonly Pair[],
): Promise<void> {
  for (const pair of pairs) {
    if (
      pair.inTerraform === true &&
      lab.workloads?.chartRepository === undefined
    )
      lab.report.skip(
        pair.name,
        "workloads is not deployed by Terraform: the Kubernetes and Helm providers are missing",
      );
    else await runPair(lab, pair);
  }
}

async function runPair(lab: Lab, pair: Pair): Promise<void> {
  const { name, first = [] } = pair;
  const before = await lookAt(lab);
  lab.patch = patched(lab.patch ?? {}, pair.change);
  const stacks = await prepareStacks(lab, lab.settings.retain);
  const step = name.replaceAll(" ", "-");
  for (const [i, stack] of first.entries())
    await deployOne(lab, `${step}-${i + 1}`, stack);
  await deploy(lab, step);
  await checkPlans(lab, stacks, `plan after ${name}`);
  checkPromise(lab, pair, before, await lookAt(lab));
}

/** One stack alone, by whatever `workloads` is sent with. */
async function deployOne(lab: Lab, step: string, stack: string): Promise<void> {
  if (lab.stacks.includes(stack)) await deployStacks(lab, step, [stack]);
  else if (stack === "workloads") await deployWorkloads(lab, step);
}

/** An environment as it stands: ids of its resources by address, and the template of Wave's pods. */
interface Look {
  readonly ids: ReadonlyMap<string, string>;
  readonly pods: string | undefined;
}

async function lookAt(lab: Lab): Promise<Look> {
  const states = await statesOf(lab);
  return { ids: idsOf(states), pods: await podTemplate(lab) };
}

/** Ids of all managed resources, by type and name; of a Kubernetes object its uid, because its id is its name. */
export const idsOf = (states: readonly State[]): Map<string, string> =>
  new Map(
    states.flatMap(({ stack, resources }) =>
      resources
        .filter(({ mode }) => mode === "managed")
        .flatMap(({ type, name, instances }) =>
          instances.map(
            ({ attributes }) =>
              [`${stack} ${type}.${name}`, idOf(attributes)] as const,
          ),
        ),
    ),
  );

/** Empty where the state does not have it yet: that of some objects comes with the first refresh. */
function idOf({ id, metadata }: Readonly<Record<string, unknown>>): string {
  if (!Array.isArray(metadata)) return String(id);
  const [{ uid = "" } = {}] = metadata as readonly { readonly uid?: string }[];
  return uid;
}

async function podTemplate({
  workloads,
  settings,
}: Lab): Promise<string | undefined> {
  if (settings.wave === undefined) return undefined;
  const { namespace } = settings.wave;
  const answer = await workloads?.api.ask(
    "GET",
    `/apis/apps/v1/namespaces/${namespace}/deployments/wave`,
  );
  const { spec } = (answer?.body ?? {}) as { spec?: { template: unknown } };
  return spec && JSON.stringify(spec.template);
}

/** Types of what has another id than before, once each. */
export const replacedTypes = (
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] => {
  const changed = [...before].filter(
    ([address, id]) =>
      id !== "" && after.has(address) && after.get(address) !== id,
  );
  const types = changed.map(
    ([address]) => /^\S+ (\w+)\./.exec(address)?.[1] ?? address,
  );
  return [...new Set(types)].sort();
};

/** Addresses that are on one side only. */
export const movedAddresses = (
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] => [
  ...[...before.keys()].filter((address) => !after.has(address)),
  ...[...after.keys()].filter((address) => !before.has(address)),
];

function checkPromise(
  { report }: Lab,
  { name, replaces = [], about, restartsWave = false }: Pair,
  before: Look,
  after: Look,
): void {
  const replaced = replacedTypes(before.ids, after.ids);
  report.check(
    `${name}: ${replaces.length === 0 ? "nothing is replaced" : `what is replaced is ${replaces.join(", ")}`}`,
    replaced.join() === [...replaces].sort().join(),
    replaced.join(", ") || undefined,
  );
  if (about !== undefined) {
    const moved = movedAddresses(before.ids, after.ids);
    const others = moved.filter((address) => !address.includes(about));
    report.check(
      `${name}: nothing else comes or goes`,
      others.length === 0,
      others.length > 0 ? others.join(", ") : `${moved.length} came or went`,
    );
  }
  if (before.pods === undefined) return;
  report.check(
    `${name}: Wave's pods are ${restartsWave ? "made anew" : "left alone"}`,
    (before.pods !== after.pods) === restartsWave,
  );
}
