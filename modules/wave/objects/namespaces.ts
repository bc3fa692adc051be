import {
  NamespaceV1,
  type NamespaceV1Config,
} from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { type Construct } from "constructs";
import { type Controllers } from "../../core/controllers/controllers";
import { type WaveSettings } from "../settings/schema";
import { WAVE_APP, labelsOf } from "./labels";
import { hasBuilds, isClassic } from "../release/line";

type PodSecurityLevel = "restricted" | "baseline" | "privileged";

/** Namespaces of Wave and, unless it is Wave Lite, of its builds, with Pod Security levels; keyed by name. */
export function waveNamespaces(
  settings: WaveSettings,
): Record<string, NamespaceV1Config> {
  const { wave } = settings;
  const { namespace: server, buildNamespace: build } = wave;
  const namespaces = {
    // `warn` and `audit` stay strict when enforcement has to be relaxed, so that it is not forgotten.
    [server]: namespace(settings, server, "server", {
      enforce: wave.hardening.runAsNonRoot ? "restricted" : "baseline",
      report: "restricted",
    }),
  };
  if (!hasBuilds(settings)) return namespaces;
  return {
    ...namespaces,
    [build]: namespace(settings, build, "build", {
      enforce: needsPrivileged(settings) ? "privileged" : "baseline",
      report: "baseline",
    }),
  };
}

/**
 * Classic: Kaniko runs as root without a security context, Singularity as a privileged container. Current: BuildKit
 * turns AppArmor off, which no lower level allows, though it is neither root nor privileged.
 */
const needsPrivileged = (settings: WaveSettings): boolean =>
  !isClassic(settings) || settings.wave.build.singularity;

function namespace(
  { retain }: WaveSettings,
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
    // Finalizers of Ingress and volumes may take longer than the provider's five minutes.
    timeouts: { delete: "20m" },
    // The guard of this stack: a refused destroy deletes nothing in it.
    lifecycle: { preventDestroy: retain },
  };
}

/** Creates the namespaces. The controllers outlive them: they release load balancer and mounts. */
export function createNamespaces(
  scope: Construct,
  namespaces: Readonly<Record<string, NamespaceV1Config>>,
  { efsCsiDriver, loadBalancerController }: Controllers,
): Record<string, NamespaceV1> {
  const dependsOn =
    efsCsiDriver === undefined
      ? [loadBalancerController]
      : [efsCsiDriver, loadBalancerController];
  return Object.fromEntries(
    Object.entries(namespaces).map(([name, config]) => [
      name,
      new NamespaceV1(scope, `namespace-${name}`, { ...config, dependsOn }),
    ]),
  );
}
