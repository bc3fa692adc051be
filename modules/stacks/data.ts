import { type Construct } from "constructs";
import { dataOutputs } from "../contracts/data";
import { writeOutputs } from "../contracts/outputs";
import { readNetwork } from "../core/state/read-network";
import { type Settings, hasWave } from "../schema";
import { createStores } from "../wave/stores/stores";
import { BaseStack } from "../core/state/base-stack";

/** Everything that holds data: database, Redis, files, buckets, repositories, and the passwords of what runs in the cluster. */
export class DataStack extends BaseStack {
  constructor(scope: Construct, settings: Settings) {
    super(scope, "data", settings);
    // The stores are those of Wave.
    if (!hasWave(settings)) return;
    const network = readNetwork(this, settings);
    writeOutputs(this, dataOutputs, createStores(this, { settings, network }));
  }
}
