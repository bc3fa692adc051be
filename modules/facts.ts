import { type PlatformFacts } from "./core/facts";
import { type Settings } from "./schema";
import { waveFacts } from "./wave/facts";

/** What each platform of the environment says of itself to the core. */
export const factsOf = (settings: Settings): PlatformFacts[] => [
  waveFacts(settings),
];
