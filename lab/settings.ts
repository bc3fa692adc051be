import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { projectFile } from "../modules/lib/project-file";
import {
  type Settings,
  type SettingsInput,
  settingsSchema,
} from "../modules/settings/schema";
import { paths } from "./paths";

/** Account of the emulator. The example names the same one, and no AWS account has this number. */
export const labAccount = "123456789012";

const labEnvironment = "lab";

/** Environment variables that make the app read the settings of the lab. */
export const settingsEnv = {
  SETTINGS_DIR: paths.settings,
  ENVIRONMENT: labEnvironment,
};

/**
 * Writes the lab's settings: `settings/example.yaml` with the emulator's hosted zone and the wanted retention; with a chart
 * repository of the lab, also with what a run of `workloads` needs.
 * @returns the parsed settings.
 */
export function writeLabSettings(change: {
  readonly retain: boolean;
  readonly hostedZoneId?: string;
  readonly chartRepository?: string;
}): Settings {
  const example = exampleSettings();
  const input: SettingsInput = {
    ...example,
    // Names of its own: nothing of the lab lies beside what belongs to a real environment, such as its state file.
    environment: labEnvironment,
    tags: { ...example.tags, environment: labEnvironment },
    backend: { kind: "s3", bucket: `${example.name}-lab-state-${labAccount}` },
    accountId: labAccount,
    retain: change.retain,
    dns: { ...example.dns, hostedZoneId: change.hostedZoneId },
    ...(change.chartRepository !== undefined && {
      // No AWS CLI is needed on this machine.
      kubeAuth: "token",
      charts: chartsOf(change.chartRepository),
    }),
  };
  mkdirSync(paths.settings, { recursive: true });
  writeFileSync(
    join(paths.settings, `${labEnvironment}.yaml`),
    stringify(input),
  );
  return settingsSchema.parse(input);
}

const chartsOf = (repository: string): SettingsInput["charts"] => ({
  efsCsiDriver: { repository },
  loadBalancerController: { repository },
});

function exampleSettings(): SettingsInput {
  return parse(
    readFileSync(projectFile("settings", "example.yaml"), "utf8"),
  ) as SettingsInput;
}
