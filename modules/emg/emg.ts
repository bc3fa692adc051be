import { type Construct } from "constructs";
import { type EnteredCluster } from "../core/cluster/enter-cluster";
import { Preflight } from "../core/preflight/preflight";
import { retainedExpectations } from "./preflight";
import { type EmgSettings } from "./settings/schema";

/** What the platform stands on. */
export interface EmgProps extends EnteredCluster {
  readonly settings: EmgSettings;
}

/** Creates everything of the platform. */
export function createEmg(scope: Construct, { settings }: EmgProps): void {
  new Preflight(scope, "running-data", {
    expectations: retainedExpectations(settings),
  });
}
