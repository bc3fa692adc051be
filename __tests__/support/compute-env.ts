import { type ComputeEnvSettings } from "../../modules/compute-env/settings/schema";
import {
  type Settings,
  hasComputeEnv,
  settingsSchema,
  withDefaults,
} from "../../modules/schema";
import { type SettingsChange, inputOf } from "./settings";

/** `settings/example-platforms.yaml`, with a change: a compute environment without Wave. */
export const platformsInput = (change: SettingsChange = {}): unknown =>
  inputOf("example-platforms.yaml", change);

/** The example of platforms, parsed. */
export function computeEnvSettings(
  change: SettingsChange = {},
): Settings & ComputeEnvSettings {
  const settings = settingsSchema.parse(withDefaults(platformsInput(change)));
  if (!hasComputeEnv(settings))
    throw new Error("These settings have no section computeEnv.");
  return settings;
}

/** The example with a change of its section. */
export const withComputeEnv = (
  computeEnv: SettingsChange["computeEnv"],
): Settings & ComputeEnvSettings => computeEnvSettings({ computeEnv });

/** Storage of each kind, as an operator writes it. */
export const STORAGES = {
  efs: { kind: "efs" },
  fusion: { kind: "fusion" },
  privileged: { kind: "fusion", fuse: "privileged" },
  nfs: { kind: "nfs", server: "10.0.3.4", path: "/export/scratch" },
  claim: { kind: "claim", claimName: "my-fsx-claim" },
} as const;
