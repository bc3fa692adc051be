import { type Construct } from "constructs";
import { type EnteredCluster } from "../core/cluster/enter-cluster";
import { type EmgSettings } from "./settings/schema";

/** What the platform stands on. */
export interface EmgProps extends EnteredCluster {
  readonly settings: EmgSettings;
}

/** Creates everything of the platform. */
// The parts come with their own changes.
export const createEmg: (scope: Construct, props: EmgProps) => void = () =>
  undefined;
