import { type EmgSettings } from "../settings/schema";

/** What works and is worth knowing. */
export const emgWarnings: readonly ((settings: EmgSettings) => string[])[] = [];
