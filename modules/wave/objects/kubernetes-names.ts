/**
 * Names of Wave's Kubernetes objects, as the upstream manifests have them. One environment owns one cluster, so they
 * carry no prefix; trust policies, probes and commands of the runbook rely on them.
 */

/** Deployment and Service of Wave, and its disruption budget. */
export const WAVE = "wave";
/** Service account of Wave. */
export const WAVE_SERVICE_ACCOUNT = "wave-sa";
/** Service account of build pods. */
export const BUILD_SERVICE_ACCOUNT = "wave-build-sa";
/** Claim of Wave's view of the shared folder. */
export const WAVE_CLAIM = "wave-app-fs";
/** Volume of that claim: a name of the whole cluster. */
export const WAVE_VOLUME = "wave-app-pv";
/** Claim of the builds' view of the same folder. */
export const BUILD_CLAIM = "wave-build-fs";
/** ConfigMap of Wave. */
export const WAVE_CONFIG_MAP = "wave-cfg";
/** Secret with the values Wave reads from its environment. */
export const WAVE_SECRET = "wave-secrets";
/** Secret that opens cr.seqera.io. */
export const REGISTRY_SECRET = "seqera-reg-creds";

/** Port of Wave's container. */
export const WAVE_PORT = 9090;
