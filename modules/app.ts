import { App } from "cdktf";
import { type Settings } from "./schema";
import { DataStack } from "./stacks/data";
import { IdentityStack } from "./stacks/identity";
import { NetworkStack } from "./stacks/network";
import { WorkloadsStack } from "./stacks/workloads";

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
