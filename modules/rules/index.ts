import { type Problem } from "../lib/problem";
import { type Settings } from "../settings/schema";
import { checkRendered } from "./rendered";
import { checkSettings } from "./settings";

/**
 * Every static rule over settings of the right shape. The rendered objects are judged once the settings agree with each
 * other: until then they would only say the same in other words.
 */
export function checkAll(settings: Settings): Problem[] {
  const problems = checkSettings(settings);
  return problems.length > 0 ? problems : checkRendered(settings);
}
