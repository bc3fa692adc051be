import { type SettingsChange, deliverySettings } from "./settings";
import { type StackJson, resourcesOf, synthApp } from "./synth";

/** The stack of the example, with a change. */
export const deliveryStack = (change: SettingsChange = {}): StackJson =>
  synthApp(deliverySettings(change)).delivery ?? {};

/** Values of a release of the stack. */
export const valuesOf = (
  stack: StackJson,
  release: string,
): Record<string, unknown> => {
  const { values } = resourcesOf(stack, "helm_release")[release] ?? {};
  return JSON.parse((values as string[])[0] ?? "") as Record<string, unknown>;
};
