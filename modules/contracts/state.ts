import { type TerraformStack } from "cdktf";
import { writeOutput } from "./output";

/** What `state` tells people; no stack reads it. */
export interface StateOutputs {
  /** Name of the bucket. */
  readonly bucket: string;
  /** Its key: the bucket uses it by default, `backend.kmsKeyArn` need not be set. */
  readonly keyArn: string;
  /** IAM policy for the deployer (SEC-I2), as JSON. */
  readonly deployerPolicy: string;
}

export function writeStateOutputs(
  stack: TerraformStack,
  { bucket, keyArn, deployerPolicy }: StateOutputs,
): void {
  writeOutput(stack, "bucket", bucket, "Bucket of the state.");
  writeOutput(stack, "key_arn", keyArn, "KMS key of the state.");
  writeOutput(
    stack,
    "deployer_policy",
    deployerPolicy,
    "What the deployer may do with state and lock files: attach it to the deployer (SEC-I2).",
  );
}
