import { type PlatformFacts } from "../core/facts";
import { type EmgSettings } from "./settings/schema";

/** What the core has to know of the platform. */
export const emgFacts = ({ emg }: EmgSettings): PlatformFacts => ({
  platform: "emg",
  hosts: [],
  namespaces: [{ path: "emg.namespace", name: emg.namespace }],
  records: [],
  operatorSecrets: [],
  exclusives: [],
  needs: {
    efs: emg.api !== undefined,
    waf: true,
    scaledNodes: false,
    services: ["ecr.api", "ecr.dkr"],
  },
});
