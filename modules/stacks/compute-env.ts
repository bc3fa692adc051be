import { type Construct } from "constructs";
import { createComputeEnv } from "../compute-env/compute-env";
import { notesOf } from "../compute-env/form";
import { computeEnvNotes } from "../contracts/compute-env";
import { writeOutputs } from "../contracts/outputs";
import { enterCluster } from "../core/cluster/enter-cluster";
import { BaseStack } from "../core/state/base-stack";
import { type ComputeEnvSettings } from "../compute-env/settings/schema";
import { type Settings, hasWave } from "../schema";

/** A compute environment of Seqera Platform: all that is its own, in AWS and in the cluster. */
export class ComputeEnvStack extends BaseStack {
  constructor(scope: Construct, settings: Settings & ComputeEnvSettings) {
    super(scope, "compute-env", settings);
    const cluster = enterCluster(this, settings);
    const made = createComputeEnv(this, { settings, ...cluster });
    writeOutputs(
      this,
      computeEnvNotes,
      notesOf(settings, {
        ...made,
        network: cluster.network,
        waveUrl: hasWave(settings)
          ? `https://${settings.wave.hostname}`
          : undefined,
      }),
    );
  }
}
