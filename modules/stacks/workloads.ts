import { type Construct } from "constructs";
import { dataOutputs } from "../contracts/data";
import { readOutputs, writeOutputs } from "../contracts/outputs";
import { clusterNotes, workloadsNotes } from "../contracts/workloads";
import { enterCluster } from "../core/cluster/enter-cluster";
import { createControllers } from "../core/controllers/controllers";
import { createAgents } from "../core/observability/agents";
import { type PlatformFacts, needsOf } from "../core/facts";
import { networkFactsOf } from "../core/network-facts";
import { coreChartRepositories } from "../core/registries";
import { BaseStack } from "../core/state/base-stack";
import { readState } from "../core/state/remote-state";
import { factsOf } from "../facts";
import { type Settings, hasWave } from "../schema";
import { createWaveWatch } from "../wave/observability";
import { createWave } from "../wave/wave";

/** What runs in the cluster: controllers; with Wave itself, the classic line's store, and the name the world knows it by. */
export class WorkloadsStack extends BaseStack {
  constructor(
    scope: Construct,
    settings: Settings,
    facts: readonly PlatformFacts[] = factsOf(settings),
  ) {
    super(scope, "workloads", settings);
    const { network, identity, registryLogins } = enterCluster(
      this,
      settings,
      coreChartRepositories(settings),
    );
    const controllers = createControllers(this, settings, {
      needs: needsOf(facts),
      network,
      identity,
      // Wave's namespaces refuse a destroy. Without them something else in this stack has to, before anything is deleted.
      preventDestroy: settings.retain && !hasWave(settings),
      registryLogins,
    });
    const agents = createAgents(this, settings, { network, identity });
    writeOutputs(this, clusterNotes, {
      addonVersions:
        agents === undefined ? undefined : { cloudwatchObservability: agents },
    });
    if (!hasWave(settings)) return;
    const data = readOutputs(
      readState(this, settings, "data"),
      dataOutputs,
      {},
    );
    const wave = createWave(this, {
      settings,
      network: networkFactsOf(settings),
      subnets: network,
      data,
      identity,
      controllers,
      registryLogins,
    });
    createWaveWatch(this, {
      settings,
      network,
      identity,
      hostname: wave.loadBalancerHostname,
    });
    writeOutputs(this, workloadsNotes, wave);
  }
}
