import { type Construct } from "constructs";
import { emgNotes } from "../contracts/emg";
import { writeOutputs } from "../contracts/outputs";
import { enterCluster } from "../core/cluster/enter-cluster";
import { BaseStack } from "../core/state/base-stack";
import { createEmg } from "../emg/emg";
import { notesOf } from "../emg/notes";
import { type EmgSettings } from "../emg/settings/schema";
import { type Settings } from "../schema";

/** Prefect behind a login, and the EMG API: all that is its own, in AWS and in the cluster. */
export class EmgStack extends BaseStack {
  constructor(scope: Construct, settings: Settings & EmgSettings) {
    super(scope, "emg", settings);
    const made = createEmg(this, {
      settings,
      ...enterCluster(this, settings),
    });
    writeOutputs(this, emgNotes, notesOf(settings, made));
  }
}
