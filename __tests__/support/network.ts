import { type WaveSettings } from "../../modules/wave/settings/schema";
import { NetworkStack } from "../../modules/stacks/network";
import { type SettingsChange, exampleSettings } from "./settings";
import { type StackJson, synthOnce } from "./synth";

/** `network` of the example, or of the settings of another shape, with a change; synthesized alone. */
export function networkOf(
  change: SettingsChange = {},
  settingsOf: (change?: SettingsChange) => WaveSettings = exampleSettings,
): StackJson {
  const settings = settingsOf(change);
  const { network } = synthOnce(
    "network",
    settings,
    (app) => new NetworkStack(app, settings),
  );
  if (network === undefined) throw new Error("network was not synthesized");
  return network;
}

type Block = "resource" | "data";

/** Address names of everything that a resource needs, directly or through others: `aws_vpc.vpc`. */
export function needsOf(stack: StackJson, address: string): Set<string> {
  const needs = new Set<string>();
  const visit = (from: string): void => {
    for (const to of referencesIn(stack, from)) {
      if (needs.has(to)) continue;
      needs.add(to);
      visit(to);
    }
  };
  visit(address);
  return needs;
}

function referencesIn(stack: StackJson, address: string): string[] {
  const isData = address.startsWith("data.");
  const block: Block = isData ? "data" : "resource";
  const [type = "", name = ""] = address.replace(/^data\./, "").split(".");
  const text = JSON.stringify(stack[block]?.[type]?.[name] ?? {});
  return [...text.matchAll(/(data\.)?(aws_[a-z0-9_]+)\.([\w-]+)/g)].flatMap(
    ([, data = "", kind = "", id = ""]) => {
      const found = stack[data === "" ? "resource" : "data"]?.[kind]?.[id];
      return found === undefined ? [] : [`${data}${kind}.${id}`];
    },
  );
}

/** Address of the only resource of a type whose construct path ends so: `aws_eks_node_group` at `nodes/system`. */
export function addressAt(
  stack: StackJson,
  type: string,
  path: string,
): string {
  const wanted = `network/${path}`;
  const found = Object.entries(stack.resource?.[type] ?? {}).filter(
    ([, json]) => {
      const at = (json["//"] as { metadata: { path: string } }).metadata.path;
      return at === wanted || at === `${wanted}/Default`;
    },
  );
  const [only] = found;
  if (only === undefined) throw new Error(`no ${type} at ${wanted}`);
  return `${type}.${only[0]}`;
}

/** The resource itself. */
export function resourceAt(
  stack: StackJson,
  type: string,
  path: string,
): Record<string, unknown> {
  const name = addressAt(stack, type, path).slice(type.length + 1);
  return stack.resource?.[type]?.[name] ?? {};
}
