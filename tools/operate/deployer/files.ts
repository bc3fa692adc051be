import { type PolicyDocument } from "../../../modules/lib/policy";
import { type WaveSettings as Settings } from "../../../modules/wave/settings/schema";
import { deployerPolicies } from "./documents";
import { runRoleTrust } from "./trust";

/**
 * Documents of the deployer by file name: `deployer-<name>.json` to attach, and with back end `cloud` `trust-policy.json`,
 * with which the role is made. Only the first begin with `deployer-`: a loop over `deployer-*.json` attaches them all.
 */
export function deployerFiles(
  settings: Settings,
): Readonly<Record<string, PolicyDocument>> {
  const trust = runRoleTrust(settings);
  return {
    ...Object.fromEntries(
      Object.entries(deployerPolicies(settings)).map(([name, document]) => [
        `deployer-${name}.json`,
        document,
      ]),
    ),
    ...(trust !== undefined && { "trust-policy.json": trust }),
  };
}
