import { isCreatedCluster } from "../../modules/core/kinds";
import { type Settings } from "../../modules/schema";
import { type Environment } from "./versions/selected";
import { EXAMPLES, exampleOf, synthesize } from "./synthesized";

/** The example files that make all they need, and so start every image and have every version, synthesized. */
export const exampleEnvironments = (): Environment[] =>
  EXAMPLES.filter((file) => isCreatedCluster(exampleOf(file))).map((file) =>
    environment(`settings/${file}`, exampleOf(file)),
  );

/** Settings with the JSON of their stacks. */
export const environment = (name: string, settings: Settings): Environment => ({
  name,
  settings,
  stacks: synthesize(settings),
});
