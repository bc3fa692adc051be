import { type PolicyDocument } from "../../../modules/lib/policy";
import { type Settings } from "../../../modules/schema";
import { doctorPolicy } from "../doctor/policy";
import { callerPolicy, deployerPolicies } from "./documents";
import { stateRolePolicy } from "./state-role";
import { runRoleTrust } from "./trust";

/**
 * Documents of the deployer by file name: `deployer-<name>.json` to attach, and with back end `cloud` `trust-policy.json`,
 * with which the role is made. Only the first begin with `deployer-`: a loop over `deployer-*.json` attaches them all.
 * `state-role-policy.json` is for the role of `backend.assumeRole`, `caller-policy.json` for who starts Terraform and is not
 * the deployer (`access.assumeRole`), `doctor-policy.json` for whoever runs `wave-eks doctor`: it only reads.
 */
export function deployerFiles(
  settings: Settings,
): Readonly<Record<string, PolicyDocument>> {
  const others = {
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
