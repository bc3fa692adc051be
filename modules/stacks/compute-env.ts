import { type Construct } from "constructs";
import { createComputeEnv } from "../compute-env/compute-env";
import { notesOf } from "../compute-env/form";
import { computeEnvNotes } from "../contracts/compute-env";
import { identityOutputs } from "../contracts/identity";
import { readOutputs, writeOutputs } from "../contracts/outputs";
import { kubeAuthOf } from "../core/cluster/cluster";
import { createRegistryLogins } from "../core/registries";
import { BaseStack } from "../core/state/base-stack";
import { readNetwork } from "../core/state/read-network";
import { readState } from "../core/state/remote-state";
import { createClusterAccess } from "../kubernetes/cluster-access";
import { type ComputeEnvSettings } from "../compute-env/settings/schema";
import { type Settings, hasWave } from "../schema";

/** A compute environment of Seqera Platform: all that is its own, in AWS and in the cluster. */
export class ComputeEnvStack extends BaseStack {
  constructor(scope: Construct, settings: Settings & ComputeEnvSettings) {
    super(scope, "compute-env", settings);
    const network = readNetwork(this, settings);
    const identity = readOutputs(
      readState(this, settings, "identity"),
      identityOutputs,
      {},
    );
    createClusterAccess(this, {
      ...network,
      region: settings.region,
      auth: kubeAuthOf(settings),
      roleArn: settings.access.assumeRole?.roleArn,
    });
    const made = createComputeEnv(this, {
      settings,
      network,
      identity,
      registryLogins: createRegistryLogins(this, settings),
    });
    writeOutputs(
      this,
      computeEnvNotes,
      notesOf(settings, {
        ...made,
        network,
        waveUrl: hasWave(settings)
          ? `https://${settings.wave.hostname}`
          : undefined,
      }),
    );
  }
}
