import { type Rule, when } from "../../settings/rule";
import { type WaveSettings } from "../settings/schema";

/** The pool itself corrects what is out of order, without a word. */
const poolInOrder: Rule<WaveSettings> = ({ wave: { redisPool } }) => {
  const { minIdle, maxIdle, maxTotal } = redisPool;
  return [
    ...when(minIdle > maxIdle, () => ({
      path: "wave.redisPool.minIdle",
      given: `${minIdle}, above maxIdle ${maxIdle}`,
      allowed: `0 to ${Math.min(maxIdle, maxTotal)}`,
      fix: "lower minIdle or raise maxIdle: a pod keeps no more connections than maxIdle",
    })),
    ...when(maxIdle > maxTotal, () => ({
      path: "wave.redisPool.maxIdle",
      given: `${maxIdle}, above maxTotal ${maxTotal}`,
      allowed: `${Math.max(minIdle, 1)} to ${maxTotal}`,
      fix: "lower maxIdle or raise maxTotal: a pod has no more connections than maxTotal",
    })),
  ];
};

export const redisPoolRules = [poolInOrder];
