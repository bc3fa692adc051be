import { type PolicyDocument } from "../../../modules/lib/policy";
import { type Settings } from "../../../modules/schema";
import { doctorPolicy } from "../doctor/policy";
import { callerPolicy, deployerPolicies } from "./documents";
import { stateRolePolicy } from "./state-role";
import { runRoleTrust } from "./trust";

/** Whose the documents are that are not attached to the deployer, by file name. */
export const HOLDERS = {
  "trust-policy.json": "who may take the deployer's role",
  "state-role-policy.json": "the role of the states (backend.assumeRole)",
  "caller-policy.json":
    "who starts Terraform and is not the deployer (access.assumeRole)",
  "doctor-policy.json": "whoever runs wave-eks doctor",
} as const;

/**
 * Documents of the deployer by file name: `deployer-<name>.json` to attach, and those of `HOLDERS` that the settings need. Only the
 * first begin with `deployer-`: a loop over `deployer-*.json` attaches them all. With back end `cloud` the role is made with
 * `trust-policy.json`; `doctor-policy.json` only reads.
 */
export function deployerFiles(
  settings: Settings,
): Readonly<Record<string, PolicyDocument>> {
  const others: Record<keyof typeof HOLDERS, PolicyDocument | undefined> = {
    "trust-policy.json": runRoleTrust(settings),
    "state-role-policy.json": stateRolePolicy(settings),
    "caller-policy.json": callerPolicy(settings),
    "doctor-policy.json": doctorPolicy(settings),
  };
  return {
    ...Object.fromEntries(
      Object.entries(deployerPolicies(settings)).map(([name, document]) => [
        `deployer-${name}.json`,
        document,
      ]),
    ),
    ...definedOf(others),
  };
}

const definedOf = <T>(
  values: Readonly<Record<string, T | undefined>>,
): Record<string, T> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
