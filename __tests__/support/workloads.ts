import { WorkloadsStack } from "../../modules/stacks/workloads";
import { type WaveSettings as Settings } from "../../modules/wave/settings/schema";
import { type SettingsChange, exampleSettings } from "./settings";
import { type StackJson, synthOnce } from "./synth";

/** JSON of the `workloads` stack for the classic example with a change. */
export const workloadsJson = (
  change: SettingsChange = {},
  whole: Partial<Settings> = {},
): StackJson => workloadsOf({ ...exampleSettings(change), ...whole });

/** JSON of the `workloads` stack for these settings. */
export function workloadsOf(settings: Settings): StackJson {
  const { workloads } = synthOnce(
    "workloads",
    settings,
    (app) => new WorkloadsStack(app, settings),
  );
  if (workloads === undefined) throw new Error("no workloads stack");
  return workloads;
}

/** Terraform Cloud in the place of the example's bucket. */
export const onTerraformCloud: Partial<Settings> = {
  backend: { kind: "cloud", organization: "acme" },
};
