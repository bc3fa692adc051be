import { type WaveSettings as Settings } from "../../modules/wave/settings/schema";
import { DataStack } from "../../modules/stacks/data";
import { exampleSettings } from "./settings";
import {
  type ResourceJson,
  type StackJson,
  resourcesOf,
  synthStacks,
} from "./synth";

/** `cdk.tf.json` of the data stack alone. */
export function dataStack(settings: Settings = exampleSettings()): StackJson {
  const { data } = synthStacks((app) => new DataStack(app, settings));
  if (data === undefined) throw new Error("no stack data");
  return data;
}

/** The only resource of a type whose JSON holds a text, such as its Name tag. */
export function resourceWith(
  stack: StackJson,
  type: string,
  text: string,
): [id: string, resource: ResourceJson] {
  const [found, ...more] = Object.entries(resourcesOf(stack, type)).filter(
    ([, resource]) => JSON.stringify(resource).includes(text),
  );
  if (found === undefined || more.length > 0)
    throw new Error(`expected one ${type} with ${text}`);
  return found;
}

/** How the data stack refers to an output of `network`. */
export const networkOutput = (output: string) =>
  `\${data.terraform_remote_state.network.outputs.${output}}`;
