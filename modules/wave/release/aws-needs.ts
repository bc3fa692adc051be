import { type WaveSettings } from "../settings/schema";

/** False where Wave's server calls nothing of AWS: Wave Lite without a jump role. */
export const hasServerRole = ({ wave }: WaveSettings): boolean =>
  wave.mode === "full" || wave.current.jumpRoleArn !== undefined;
