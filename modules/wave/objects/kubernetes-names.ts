/**
 * Names of Wave's Kubernetes objects, as the seed has them. One environment owns one cluster, so they carry no prefix;
 * trust policies, probes and commands of the runbook rely on them.
 */

/** Deployment and Service of Wave, and its disruption budget (K8S-14, K8S-15, K8S-21). */
export const WAVE = "wave";
/** Service account of Wave (K8S-11). */
export const WAVE_SERVICE_ACCOUNT = "wave-sa";
/** Service account of build pods (K8S-09). */
export const BUILD_SERVICE_ACCOUNT = "wave-build-sa";
/** Claim of Wave's view of the shared folder (K8S-10). */
export const WAVE_CLAIM = "wave-app-fs";
/** Claim of the builds' view of the same folder (K8S-08). */
export const BUILD_CLAIM = "wave-build-fs";
/** ConfigMap of Wave (K8S-13). */
export const WAVE_CONFIG_MAP = "wave-cfg";
/** Secret with the values Wave reads from its environment (DEP-17). */
export const WAVE_SECRET = "wave-secrets";
/** Secret that opens cr.seqera.io (K8S-20). */
export const REGISTRY_SECRET = "seqera-reg-creds";

/** Port of Wave's container (DEP-05). */
export const WAVE_PORT = 9090;
/** Node label of the group that runs Wave, its store and the controllers. */
export const SYSTEM_NODES = { service: "wave-system" } as const;
