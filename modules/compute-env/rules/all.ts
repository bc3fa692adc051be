import { accessRules } from "./access";
import { launcherRules } from "./launcher";
import { nodeRules } from "./nodes";
import { storageRules } from "./storage";

/** Every contradiction that settings with a compute environment can have, less those of the core. */
export const computeEnvRules = [
  ...accessRules,
  ...launcherRules,
  ...storageRules,
  ...nodeRules,
];
