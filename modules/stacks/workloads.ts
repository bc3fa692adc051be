import { type Construct } from "constructs";
import { dataOutputs } from "../contracts/data";
import { identityOutputs } from "../contracts/identity";
import { readOutputs, writeOutputs } from "../contracts/outputs";
import { readNetwork } from "../core/state/read-network";
import { needsOf } from "../core/facts";
import { factsOf } from "../facts";
import { networkFactsOf } from "../core/network-facts";
import { readState } from "../core/state/remote-state";
import { workloadsNotes } from "../contracts/workloads";
import { createClusterAccess } from "../kubernetes/cluster-access";
import { kubeAuthOf } from "../core/cluster/cluster";
import { createControllers } from "../core/controllers/controllers";
import { type Settings, requireWave } from "../schema";
import { createWave } from "../wave/wave";
import { BaseStack } from "../core/state/base-stack";

/** What runs in the cluster: controllers, Wave, the classic line's store, and the name the world knows Wave by. */
export class WorkloadsStack extends BaseStack {
  constructor(scope: Construct, all: Settings) {
    const settings = requireWave(all);
    super(scope, "workloads", settings);
    const network = readNetwork(this, settings);
    const data = readOutputs(
      readState(this, settings, "data"),
      dataOutputs,
      {},
    );
    const identity = readOutputs(
      readState(this, settings, "identity"),
      identityOutputs,
      {},
    );

    createClusterAccess(this, {
      ...network,
      region: settings.region,
      auth: kubeAuthOf(settings),
    });
    const controllers = createControllers(
      this,
      settings,
      needsOf(factsOf(settings)),
      network,
      identity,
    );
    writeOutputs(
      this,
      workloadsNotes,
      createWave(this, {
        settings,
        network: networkFactsOf(settings),
        data,
        identity,
        controllers,
      }),
    );
  }
}
