import { type Construct } from "constructs";
import { deliveryNotes } from "../contracts/delivery";
import { identityOutputs } from "../contracts/identity";
import { readOutputs, writeOutputs } from "../contracts/outputs";
import { kubeAuthOf } from "../core/cluster/cluster";
import {
  createChartRegistries,
  createRegistryLogins,
} from "../core/registries";
import { BaseStack } from "../core/state/base-stack";
import { readNetwork } from "../core/state/read-network";
import { readState } from "../core/state/remote-state";
import { createDelivery } from "../delivery/delivery";
import { chartRepositories, notesOf } from "../delivery/notes";
import { type DeliverySettings } from "../delivery/settings/schema";
import { createClusterAccess } from "../kubernetes/cluster-access";
import { type Settings } from "../schema";

/** A platform of services: all that is its own, in AWS and in the cluster. */
export class DeliveryStack extends BaseStack {
  constructor(scope: Construct, settings: Settings & DeliverySettings) {
    super(scope, "delivery", settings);
    const network = readNetwork(this, settings);
    const identity = readOutputs(
      readState(this, settings, "identity"),
      identityOutputs,
      {},
    );
    const registryLogins = createRegistryLogins(this, settings);
    createClusterAccess(this, {
      ...network,
      region: settings.region,
      auth: kubeAuthOf(settings),
      roleArn: settings.access.assumeRole?.roleArn,
      chartRegistries: createChartRegistries(
        this,
        chartRepositories(settings),
        registryLogins,
      ),
    });
    const made = createDelivery(this, {
      settings,
      network,
      identity,
      registryLogins,
    });
    writeOutputs(this, deliveryNotes, notesOf(settings, made));
  }
}
