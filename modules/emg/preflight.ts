import { type Expectation } from "../core/preflight/expectation";
import { type EmgSettings } from "./settings/schema";

/** What the account must have before anything of the platform is made. */
export const emgExpectations: (
  settings: EmgSettings,
) => readonly Expectation[] = () => [];
