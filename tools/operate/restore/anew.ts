import { type Terminal } from "../cli/terminal";
import { deployStacks } from "../deploy/cdktf";
import { editSettings } from "../settings-file";
import { type Target } from "../target";
import { type Step } from "./steps";

/**
 * Steps for a store that does not stand: the key of the settings, and a deploy that makes the store of the snapshot. The key may
 * be taken out afterwards.
 */
export const anewSteps = (
  target: Target,
  terminal: Terminal,
  {
    key,
    snapshot,
    stack,
  }: {
    /** Path of the key, such as `["data", "redis", "restoreFrom"]`. */
    readonly key: readonly string[];
    readonly snapshot: string;
    readonly stack: string;
  },
): Step[] => [
  {
    id: "key",
    does: `write ${key.join(".")}: ${snapshot} into ${target.source}`,
    run: () => {
      editSettings(target.file, key, snapshot);
      return Promise.resolve();
    },
  },
  {
    id: "deploy",
    does: `deploy ${stack}, which makes it of the snapshot`,
    run: async () => {
      if (!(await deployStacks(target, [stack], terminal)))
        throw new Error(`The deploy of ${stack} failed.`);
    },
  },
];
