import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ClusterLogin } from "../kube/cluster";
import { type SynthesizedStack } from "../terraform/synthesized";

/**
 * Writes `lab_cluster_override.tf.json` beside each stack that has the kubernetes or the helm provider: both then use the
 * cluster of `LAB_KUBECONFIG`. The emulated AWS has no Kubernetes API that its token could open.
 */
export function writeClusterOverrides(
  stacks: readonly SynthesizedStack[],
  login: ClusterLogin,
): void {
  for (const { folder, json } of stacks) {
    if (!json.provider?.kubernetes && !json.provider?.helm) continue;
    writeFileSync(
      join(folder, "lab_cluster_override.tf.json"),
      JSON.stringify(clusterOverride(login), undefined, 2),
      { mode: 0o600 },
    );
  }
}

/** Provider blocks for the login; what the login lacks is null, so that nothing of the stack's own login is left. */
export function clusterOverride(login: ClusterLogin): object {
  const none: Record<keyof ClusterLogin, null> = {
    host: null,
    cluster_ca_certificate: null,
    insecure: null,
    token: null,
    client_certificate: null,
    client_key: null,
  };
  const whole = { ...none, ...login };
  return { provider: { kubernetes: [whole], helm: [{ kubernetes: whole }] } };
}
