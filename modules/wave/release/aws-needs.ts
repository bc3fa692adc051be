import { type Settings } from "../../schema";

/** False where Wave's server calls nothing of AWS: Wave Lite without mail and without a jump role (DEC-36). */
export const hasServerRole = ({ wave }: Settings): boolean =>
  wave.mode === "full" ||
  wave.mail !== undefined ||
  wave.current.jumpRoleArn !== undefined;
