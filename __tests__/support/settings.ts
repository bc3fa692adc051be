import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { projectFile } from "../../modules/lib/project-file";
import { type ComputeEnvSettings } from "../../modules/compute-env/settings/schema";
import { type DeliverySettings } from "../../modules/delivery/settings/schema";
import { type EmgSettings } from "../../modules/emg/settings/schema";
import {
  type Settings,
  type SettingsInput,
  hasComputeEnv,
  hasDelivery,
  hasEmg,
  requireWave,
  settingsSchema,
  withDefaults,
} from "../../modules/schema";
import {
  type CreatedClusterSettings,
  type CreatedNetworkSettings,
  isCreatedCluster,
  isCreatedNetwork,
} from "../../modules/core/kinds";
import { type WaveSettings } from "../../modules/wave/settings/schema";

/** Wave in a VPC and on a cluster that are made here, as most tests have it. */
export type CreatedWaveSettings = WaveSettings &
  CreatedNetworkSettings &
  CreatedClusterSettings;

type DeepPartial<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [K in keyof T]?: DeepPartial<T[K]> | undefined }
    : T;

/** What a test changes in the example; `undefined` removes a key. */
export type SettingsChange = DeepPartial<SettingsInput>;

/** Keys that tell the shapes of a section apart. */
const KINDS = ["kind", "class", "owner"];

/** `mode` tells them apart in `emg.auth` only. */
const AUTH_MODES: readonly unknown[] = ["oauth2-proxy", "prefect-basic"];

const isKind = (change: Record<string, unknown>): boolean =>
  KINDS.some((key) => key in change) || AUTH_MODES.includes(change.mode);

/** A change merged into a base; a section with a `kind` takes the place of the one that was there. */
export function merge(base: unknown, change: unknown): unknown {
  // A section with a `kind` is one of several shapes: replaced, not merged.
  if (!isMap(base) || !isMap(change) || isKind(change)) return change;
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(change)) {
    if (value === undefined) Reflect.deleteProperty(result, key);
    else result[key] = key in result ? merge(result[key], value) : value;
  }
  return result;
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Parsed once: a parse takes longer than most tests. */
const examples: Record<string, unknown> = {};

/** A settings file of `settings/` as an operator would have written it, with a change. */
export function inputOf(file: string, change: SettingsChange): unknown {
  examples[file] ??= parse(
    readFileSync(projectFile("settings", file), "utf8"),
  ) as unknown;
  return merge(structuredClone(examples[file]), change);
}

/** `settings/example.yaml` (classic) as an operator would have written it, with a change. */
export function exampleInput(change: SettingsChange = {}): unknown {
  return inputOf("example.yaml", change);
}

function createdFrom(input: unknown): CreatedWaveSettings {
  const settings = requireWave(settingsSchema.parse(withDefaults(input)));
  if (isCreatedNetwork(settings) && isCreatedCluster(settings)) return settings;
  throw new Error("The VPC or the cluster of these settings exists already.");
}

/** The classic example, parsed: all defaults filled in. */
export function exampleSettings(
  change: SettingsChange = {},
): CreatedWaveSettings {
  return createdFrom(exampleInput(change));
}

/** `settings/example-current.yaml`, with a change. */
export function currentInput(change: SettingsChange = {}): unknown {
  return inputOf("example-current.yaml", change);
}

/** The current example, parsed. */
export function currentSettings(
  change: SettingsChange = {},
): CreatedWaveSettings {
  return createdFrom(currentInput(change));
}

/** Wave Lite: the current example without what builds need, with a change. */
export function liteInput(change: SettingsChange = {}): unknown {
  const lite: SettingsChange = {
    wave: { mode: "lite", mail: undefined },
    cluster: { autoscaler: undefined, nodeGroups: { build: undefined } },
  };
  return merge(currentInput(lite), change);
}

/** Wave Lite, parsed. */
export function liteSettings(change: SettingsChange = {}): CreatedWaveSettings {
  return createdFrom(liteInput(change));
}

/** `settings/example-platforms.yaml`, without Wave, with a change. */
export function platformsInput(change: SettingsChange = {}): unknown {
  return inputOf("example-platforms.yaml", change);
}

/** The example of the platforms, parsed. */
export function platformsSettings(
  change: SettingsChange = {},
): Settings & ComputeEnvSettings {
  const settings = settingsSchema.parse(platformsInput(change));
  if (hasComputeEnv(settings)) return settings;
  throw new Error("The change has taken computeEnv away.");
}

/** `settings/example-delivery.yaml`, with a change. */
export function deliveryInput(change: SettingsChange = {}): unknown {
  return inputOf("example-delivery.yaml", change);
}

/** The example of `delivery`, parsed. */
export function deliverySettings(
  change: SettingsChange = {},
): Settings & DeliverySettings {
  const settings = settingsSchema.parse(deliveryInput(change));
  if (hasDelivery(settings)) return settings;
  throw new Error("The change has taken delivery away.");
}

/** `settings/example-emg.yaml`, with a change. */
export function emgInput(change: SettingsChange = {}): unknown {
  return inputOf("example-emg.yaml", change);
}

/** The example of `emg`, parsed. */
export function emgSettings(
  change: SettingsChange = {},
): Settings & EmgSettings {
  const settings = settingsSchema.parse(emgInput(change));
  if (hasEmg(settings)) return settings;
  throw new Error("The change has taken emg away.");
}

/** `settings/example-existing.yaml`, with a change. */
export function existingExampleInput(change: SettingsChange = {}): unknown {
  return inputOf("example-existing.yaml", change);
}

/** Wave in a VPC and on a cluster that exist, parsed. */
export function existingExampleSettings(
  change: SettingsChange = {},
): WaveSettings {
  return requireWave(
    settingsSchema.parse(withDefaults(existingExampleInput(change))),
  );
}
