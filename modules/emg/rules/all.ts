import { ingressRules } from "./ingress";
import { prefectRules } from "./prefect";

/** Contradictions in the section `emg`, and between it and the core. */
export const emgRules = [...ingressRules, ...prefectRules];
