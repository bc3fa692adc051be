import { withRelease } from "../../modules/wave/release/release";
import { waveObjects as objectsFor } from "../../modules/wave/wave-objects";
import { waveInputs } from "./wave-inputs";
import { type WaveObjects } from "../../modules/wave/objects/objects";
import { type WaveSettings as Settings } from "../../modules/wave/settings/schema";
import {
  type SettingsChange,
  currentSettings,
  exampleSettings,
  existingExampleSettings,
  liteSettings,
} from "./settings";

const objectsOf = (settings: Settings): WaveObjects =>
  objectsFor(withRelease(settings), waveInputs(settings));

/** Wave's objects for the classic example with a change, with literals in the place of other stacks' outputs. */
export const waveObjects = (change: SettingsChange = {}): WaveObjects =>
  objectsOf(exampleSettings(change));

/** The same for the current example. */
export const currentObjects = (change: SettingsChange = {}): WaveObjects =>
  objectsOf(currentSettings(change));

/** The same for Wave Lite. */
export const liteObjects = (change: SettingsChange = {}): WaveObjects =>
  objectsOf(liteSettings(change));

/** The same in a VPC and on a cluster that exist. */
export const existingExampleObjects = (
  change: SettingsChange = {},
): WaveObjects => objectsOf(existingExampleSettings(change));

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
export const serverContainer = (change: SettingsChange = {}): ServerContainer =>
  containerIn(waveObjects(change));

/** Container of Deployment `wave` among these objects. */
export function containerIn({ deployments }: WaveObjects): ServerContainer {
  const deployment = named(deployments, "wave");
  const containers = deployment.spec.template.spec
    .container as unknown as ServerContainer[];
  const [container] = containers;
  if (container === undefined) throw new Error("wave has no container");
  return container;
}

/** Value of a variable of Wave's container; undefined when it is not set, or comes from elsewhere. */
export const serverVariable = (
  name: string,
  change: SettingsChange = {},
): string | undefined => variableIn(waveObjects(change), name);

/** The same among these objects. */
export const variableIn = (
  objects: WaveObjects,
  name: string,
): string | undefined =>
  containerIn(objects).env.find((variable) => variable.name === name)?.value;

/** All key paths of a document: `wave.build.repo`. */
export function keysOf(node: unknown, prefix = ""): string[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => [
    prefix + key,
    ...keysOf(value, `${prefix}${key}.`),
  ]);
}
