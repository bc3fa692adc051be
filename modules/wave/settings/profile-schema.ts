import { z } from "zod";

/** Names of `wave.profile`: a trial, or how many users ask for containers (docs/sizing.md). */
export const PROFILES = ["trial", 50, 300, 1000] as const;

/** `wave.profile`: what it stands for is in `profiles.ts`. */
export const profileSchema = z
  .literal(PROFILES)
  .optional()
  .describe(
    "Where the defaults of pods, stores and limits come from that this file leaves out: a trial, or how many users ask for containers. Sizes of node groups are yours. docs/sizing.md says what was measured.",
  );
