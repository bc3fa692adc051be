import { type PlatformFacts } from "./core/facts";
import { computeEnvFacts } from "./compute-env/facts";
import { deliveryFacts } from "./delivery/facts";
import { emgFacts } from "./emg/facts";
import {
  type Settings,
  hasComputeEnv,
  hasDelivery,
  hasEmg,
  hasWave,
} from "./schema";
import { waveFacts } from "./wave/facts";

/** What each platform of the environment reports of itself to the core. */
export const factsOf = (settings: Settings): PlatformFacts[] => [
  ...(hasWave(settings) ? [waveFacts(settings)] : []),
  ...(hasComputeEnv(settings) ? [computeEnvFacts(settings)] : []),
  ...(hasDelivery(settings) ? [deliveryFacts(settings)] : []),
  ...(hasEmg(settings) ? [emgFacts(settings)] : []),
];
