import {
  NamespaceV1,
  type NamespaceV1Config,
} from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { type Construct } from "constructs";
import { type Controllers } from "../../core/controllers/controllers";
import { type PodSecurity, namespaceOf } from "../../kubernetes/namespace";
import { type WaveEnvironment } from "../release/release";
import { WAVE_APP, labelsOf } from "./labels";
import { hasBuilds } from "../release/line";

/** Namespaces of Wave and, unless it is Wave Lite, of its builds, with Pod Security levels; keyed by name. */
export function waveNamespaces(
  settings: WaveEnvironment,
): Record<string, NamespaceV1Config> {
  const { namespace: server, buildNamespace: build } = settings.wave;
  const namespaces = {
    [server]: namespace(settings, server, "server", serverSecurity(settings)),
  };
  if (!hasBuilds(settings)) return namespaces;
  return {
    ...namespaces,
    [build]: namespace(settings, build, "build", buildSecurity(settings)),
  };
}

/** Pod Security of Wave's own namespace. */
export const serverSecurity = ({ wave }: WaveEnvironment): PodSecurity => ({
  enforce: wave.hardening.runAsNonRoot ? "restricted" : "baseline",
  report: "restricted",
});

/**
 * Pod Security of the build namespace. Classic: Kaniko runs as root without a security context, Singularity as a
 * privileged container. Current: BuildKit turns AppArmor off, which no lower level allows, though it is neither root nor
 * privileged.
 */
export const buildSecurity = (settings: WaveEnvironment): PodSecurity => ({
  enforce:
    !settings.release.isClassic || settings.wave.build.singularity
      ? "privileged"
      : "baseline",
  report: "baseline",
});

const namespace = (
  { retain }: WaveEnvironment,
  name: string,
  component: string,
  podSecurity: PodSecurity,
): NamespaceV1Config =>
  namespaceOf({
    name,
    labels: labelsOf(WAVE_APP, component),
    podSecurity,
    retain,
  });

/** Creates the namespaces. The controllers outlive them, where they are ours: they release load balancer and mounts. */
export function createNamespaces(
  scope: Construct,
  namespaces: Readonly<Record<string, NamespaceV1Config>>,
  { efsCsiDriver, loadBalancerController }: Controllers,
): Record<string, NamespaceV1> {
  const dependsOn = [efsCsiDriver, loadBalancerController].filter(
    (release) => release !== undefined,
  );
  return Object.fromEntries(
    Object.entries(namespaces).map(([name, config], index) => {
      const id = IDS[index] ?? name;
      const made = new NamespaceV1(scope, id, { ...config, dependsOn });
      const former = `namespace-${name}`;
      if (!IDS.includes(former))
        made.moveFromId(`kubernetes_namespace_v1.${former}`);
      return [name, made];
    }),
  );
}

/**
 * Ids of the namespace of Wave and of that of its builds, whatever their names are: Terraform asks `prevent_destroy` of an address
 * that is still there, so with another name the plan is refused. Addresses once had the name in them.
 */
const IDS = ["namespace-wave", "namespace-wave-build"];
