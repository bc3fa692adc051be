import { App } from "cdktf";
import { type PlatformFacts } from "./core/facts";
import { factsOf } from "./facts";
import { type Settings, hasComputeEnv, hasDelivery, hasEmg } from "./schema";
import { ComputeEnvStack } from "./stacks/compute-env";
import { DataStack } from "./stacks/data";
import { DeliveryStack } from "./stacks/delivery";
import { EmgStack } from "./stacks/emg";
import { IdentityStack } from "./stacks/identity";
import { NetworkStack } from "./stacks/network";
import { WorkloadsStack } from "./stacks/workloads";

/**
 * All stacks of one environment, and their order. The four of the core are always there, so that the same commands always
 * work; without Wave `data` is empty.
 *
 * @param facts What the platforms report to the core. Unset: those that the settings have.
 */
export function buildApp(
  settings: Settings,
  app = new App(),
  facts: readonly PlatformFacts[] = factsOf(settings),
): App {
  const network = new NetworkStack(app, settings, facts);
  const data = new DataStack(app, settings);
  const identity = new IdentityStack(app, settings, facts);
  const workloads = new WorkloadsStack(app, settings, facts);

  data.addDependency(network);
  identity.addDependency(network);
  identity.addDependency(data);
  workloads.addDependency(network);
  workloads.addDependency(data);
  workloads.addDependency(identity);

  if (hasComputeEnv(settings)) {
    const computeEnv = new ComputeEnvStack(app, settings);
    for (const core of [network, identity, workloads])
      computeEnv.addDependency(core);
  }
  if (hasDelivery(settings)) {
    const delivery = new DeliveryStack(app, settings);
    for (const core of [network, identity, workloads])
      delivery.addDependency(core);
  }
  if (hasEmg(settings)) {
    const emg = new EmgStack(app, settings);
    for (const core of [network, identity, workloads]) emg.addDependency(core);
  }
  return app;
}
