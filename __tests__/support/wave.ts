import { renderWave } from "../../modules/wave/render";
import { standInInputs } from "../../modules/wave/stand-in-inputs";
import { type WaveObjects } from "../../modules/wave/objects";
import { type SettingsChange, exampleSettings } from "./settings";

/** Wave's objects for the example with a change, with literals in the place of other stacks' outputs. */
export function waveObjects(change: SettingsChange = {}): WaveObjects {
  const settings = exampleSettings(change);
  return renderWave(settings, standInInputs(settings));
}

/** One object of a kind; throws when it is missing, so that no test passes on nothing. */
export function named<T>(
  objects: Readonly<Record<string, T>>,
  name: string,
): T {
  const object = objects[name];
  if (object === undefined)
    throw new Error(`no ${name}; there are ${Object.keys(objects).join(", ")}`);
  return object;
}

/** Parts of Wave's container that tests read one by one. */
interface ServerContainer {
  readonly image: string;
  readonly env: readonly {
    name: string;
    value?: string;
    valueFrom?: unknown;
  }[];
  readonly [field: string]: unknown;
}

/** Container of Deployment `wave`. */
export function serverContainer(change: SettingsChange = {}): ServerContainer {
  const deployment = named(waveObjects(change).deployments, "wave");
  const containers = deployment.spec.template.spec
    .container as unknown as ServerContainer[];
  const [container] = containers;
  if (container === undefined) throw new Error("wave has no container");
  return container;
}

/** Value of a variable of Wave's container; undefined when it is not set, or comes from elsewhere. */
export function serverVariable(
  name: string,
  change: SettingsChange = {},
): string | undefined {
  return serverContainer(change).env.find((variable) => variable.name === name)
    ?.value;
}
