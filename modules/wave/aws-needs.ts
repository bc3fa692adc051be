import { type Settings } from "../settings/schema";

// What of AWS the settings ask for. Those who make it (stacks data and identity) and those who use it agree here.

/** False where Wave's server calls nothing of AWS: Wave Lite without mail and without a jump role (DEC-36). */
export const hasServerRole = ({ wave }: Settings): boolean =>
  wave.mode === "full" ||
  wave.mail !== undefined ||
  wave.current.jumpRoleArn !== undefined;

/** Whether BuildKit keeps its layers in S3: in our bucket, or in one that exists (IAM-08, CFG-09). */
export const hasS3Cache = ({ data, wave }: Settings): boolean =>
  wave.build.cache?.startsWith("s3://") ?? data.buildCache !== undefined;
