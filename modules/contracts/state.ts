import { text } from "./outputs";

/** What `state` prints for people; no stack reads it. */
export const stateNotes = {
  bucket: text("Bucket of the state."),
  // The bucket uses it by default: `backend.kmsKeyArn` need not be set.
  keyArn: text("KMS key of the state."),
  deployerPolicy: text(
    "What the deployer may do with state and lock files: attach it to the deployer, or to the role of backend.assumeRole.",
  ),
};
