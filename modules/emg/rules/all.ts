import { type Rule } from "../../settings/rule";
import { type EmgSettings } from "../settings/schema";

/** Contradictions in the section `emg`, and between it and the core. */
export const emgRules: readonly Rule<EmgSettings>[] = [];
