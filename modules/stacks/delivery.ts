import { type Construct } from "constructs";
import { deliveryNotes } from "../contracts/delivery";
import { writeOutputs } from "../contracts/outputs";
import { enterCluster } from "../core/cluster/enter-cluster";
import { BaseStack } from "../core/state/base-stack";
import { createDelivery } from "../delivery/delivery";
import { chartRepositories, notesOf } from "../delivery/notes";
import { type DeliverySettings } from "../delivery/settings/schema";
import { type Settings } from "../schema";

/** A platform of services: all that is its own, in AWS and in the cluster. */
export class DeliveryStack extends BaseStack {
  constructor(scope: Construct, settings: Settings & DeliverySettings) {
    super(scope, "delivery", settings);
    const made = createDelivery(this, {
      settings,
      ...enterCluster(this, settings, chartRepositories(settings)),
    });
    writeOutputs(this, deliveryNotes, notesOf(settings, made));
  }
}
