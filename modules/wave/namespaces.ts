import { type NamespaceV1Config } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { type Settings } from "../settings/schema";
import { WAVE_APP, labelsOf } from "./labels";

type PodSecurityLevel = "restricted" | "baseline" | "privileged";

/** Namespaces of Wave and of its builds, with Pod Security levels; keyed by name. */
export function waveNamespaces(
  settings: Settings,
): Record<string, NamespaceV1Config> {
  const { wave } = settings;
  const { namespace: server, buildNamespace: build } = wave;
  return {
    // `warn` and `audit` stay strict when enforcement has to be relaxed, so that it is not forgotten (K8S-01, DEP-15).
    [server]: namespace(settings, server, "server", {
      enforce: wave.hardening.runAsNonRoot ? "restricted" : "baseline",
      report: "restricted",
    }),
    // Kaniko runs as root without a security context, Singularity as a privileged container (K8S-06).
    [build]: namespace(settings, build, "build", {
      enforce: wave.build.singularity ? "privileged" : "baseline",
      report: "baseline",
    }),
  };
}

function namespace(
  { retain }: Settings,
  name: string,
  component: string,
  level: { enforce: PodSecurityLevel; report: PodSecurityLevel },
): NamespaceV1Config {
  return {
    metadata: {
      name,
      labels: {
        ...labelsOf(WAVE_APP, component),
        "pod-security.kubernetes.io/enforce": level.enforce,
        "pod-security.kubernetes.io/audit": level.report,
        "pod-security.kubernetes.io/warn": level.report,
      },
    },
    // Finalizers of Ingress and volumes may take longer than the provider's five minutes (CDK-I6).
    timeouts: { delete: "20m" },
    // The guard of this stack: a refused destroy deletes nothing in it (DEC-02).
    lifecycle: { preventDestroy: retain },
  };
}
