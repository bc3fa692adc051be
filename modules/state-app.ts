import { namesOf } from "./lib/names";
import { writeOneStack } from "./one-stack-app";
import { type Settings } from "./schema";
import { StateStack } from "./stacks/state";

/**
 * Writes the stack of the state bucket.
 * @returns the folder that Terraform runs in.
 */
export const writeStateStack = (settings: Settings): string =>
  writeOneStack(
    `state-${namesOf(settings).prefix}`,
    (app) => new StateStack(app, settings),
  );
