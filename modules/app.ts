import { App } from "cdktf";
import { type Settings } from "./settings/schema";
import { DataStack } from "./stacks/data-stack";
import { IdentityStack } from "./stacks/identity-stack";
import { NetworkStack } from "./stacks/network-stack";
import { WorkloadsStack } from "./stacks/workloads-stack";

/** All stacks of one environment, and their order. */
export function buildApp(settings: Settings, app = new App()): App {
  const network = new NetworkStack(app, settings);
  const data = new DataStack(app, settings);
  const identity = new IdentityStack(app, settings);
  const workloads = new WorkloadsStack(app, settings);

  data.addDependency(network);
  identity.addDependency(network);
  identity.addDependency(data);
  workloads.addDependency(network);
  workloads.addDependency(data);
  workloads.addDependency(identity);
  return app;
}
