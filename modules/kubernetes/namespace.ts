import { type NamespaceV1Config } from "@cdktf/provider-kubernetes/lib/namespace-v1";

type PodSecurityLevel = "restricted" | "baseline" | "privileged";

/** Pod Security of a namespace. */
export interface PodSecurity {
  /** Pods beyond this level are refused. */
  readonly enforce: PodSecurityLevel;
  /** Pods beyond this level are warned of and audited: strict even where enforcement has to be relaxed. */
  readonly report: PodSecurityLevel;
}

/** Properties of `namespaceOf`. */
export interface NamespaceProps {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly podSecurity: PodSecurity;
  /** Refuse a destroy: of the whole stack, before anything in it is deleted. */
  readonly retain: boolean;
}

/** A namespace with a level of Pod Security, as plain data. */
export const namespaceOf = (props: NamespaceProps): NamespaceV1Config => ({
  metadata: {
    name: props.name,
    labels: {
      ...props.labels,
      "pod-security.kubernetes.io/enforce": props.podSecurity.enforce,
      "pod-security.kubernetes.io/audit": props.podSecurity.report,
      "pod-security.kubernetes.io/warn": props.podSecurity.report,
    },
  },
  // Finalizers of Ingress and volumes may take longer than the provider's five minutes.
  timeouts: { delete: "20m" },
  lifecycle: { preventDestroy: props.retain },
});
