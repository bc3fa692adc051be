import { type Lane } from "../modules/core/versions/lanes";
import { differences } from "./stack-json";

type Required = Record<string, { source: string; version: string }>;

/** Registry that a short source such as `aws` stands for, in the words that Terraform and OpenTofu both complete. */
const whole = (source: string): string =>
  source.includes("/") ? source : `hashicorp/${source}`;

/**
 * Where the stacks of a lane are not those of the default lane: anything but the version of a provider, which is the one that
 * `lanes.json` says, and the same source in short or in full.
 */
export function lanesDiffer(
  expected: unknown,
  found: unknown,
  { providers }: Pick<Lane, "providers">,
): string[] {
  const wanted = structuredClone(expected) as Record<
    string,
    { terraform: { required_providers: Required } }
  >;
  const got = structuredClone(found) as typeof wanted;
  for (const stack of Object.values(wanted))
    for (const [name, provider] of Object.entries(
      stack.terraform.required_providers,
    )) {
      provider.version = providers[name as keyof Lane["providers"]];
      provider.source = whole(provider.source);
    }
  for (const stack of Object.values(got))
    for (const provider of Object.values(stack.terraform.required_providers))
      provider.source = whole(provider.source);
  return differences(wanted, got);
}
