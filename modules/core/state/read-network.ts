import { type TerraformStack } from "cdktf";
import { type NetworkOutputs, networkOutputs } from "../../contracts/network";
import { readOutputs } from "../../contracts/outputs";
import { publicZonesOf, zonesOf } from "../network-facts";
import { type CoreSettings } from "../settings/schema";
import { readState } from "./remote-state";

/** The outputs of the `network` stack, with the subnets of every zone of the settings. */
export function readNetwork(
  stack: TerraformStack,
  settings: CoreSettings,
): NetworkOutputs {
  return readOutputs(readState(stack, settings, "network"), networkOutputs, {
    privateSubnetIds: zonesOf(settings),
    publicSubnetIds: publicZonesOf(settings),
  });
}
