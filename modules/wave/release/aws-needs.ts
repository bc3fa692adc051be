import { type WaveSettings } from "../settings/schema";

/** False where Wave's server calls nothing of AWS: Wave Lite without mail and without a jump role. */
export const hasServerRole = ({ wave }: WaveSettings): boolean =>
  wave.mode === "full" ||
  wave.mail !== undefined ||
  wave.current.jumpRoleArn !== undefined;
