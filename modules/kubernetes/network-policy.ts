import {
  type NetworkPolicyV1Config,
  type NetworkPolicyV1SpecEgress,
  type NetworkPolicyV1SpecIngress,
  type NetworkPolicyV1SpecIngressFrom,
} from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { Tokenization } from "cdktf";

/** Closes a namespace both ways. Other policies of it then open what they name. */
export const denyAll = (
  name: string,
  namespace: string,
): NetworkPolicyV1Config => ({
  metadata: { name, namespace },
  spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
});

/** Where a node hands out credentials: instance metadata, and the agent of EKS Pod Identity. */
export const CREDENTIAL_ENDPOINTS = ["169.254.169.254/32", "169.254.170.23/32"];

/** A port may still be unknown at synth: then it is a token, which only this call turns into text. */
export const tcp = (port: number) => ({
  port: Tokenization.stringifyNumber(port),
  protocol: "TCP",
});

/** Name resolution by the cluster's CoreDNS. */
export const dnsEgress: NetworkPolicyV1SpecEgress = {
  to: [
    {
      namespaceSelector: {
        matchLabels: { "kubernetes.io/metadata.name": "kube-system" },
      },
      podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
    },
  ],
  ports: [
    { port: "53", protocol: "UDP" },
    { port: "53", protocol: "TCP" },
  ],
};

/** The same, also where CoreDNS is no pod of the cluster, as on nodes of EKS Auto Mode. */
export const namesEgress = (
  serviceCidr: string,
): NetworkPolicyV1SpecEgress[] => [
  dnsEgress,
  { to: ranges([serviceCidr]), ports: dnsEgress.ports },
];

/** To anywhere on these ports, but not to the closed ranges, and never to the node's credentials. */
export const webEgress = (
  ports: readonly number[],
  closed: readonly string[] = [],
): NetworkPolicyV1SpecEgress => ({
  to: [
    {
      ipBlock: {
        cidr: "0.0.0.0/0",
        except: [...closed, ...CREDENTIAL_ENDPOINTS],
      },
    },
  ],
  ports: ports.map(tcp),
});

/**
 * To the Kubernetes API. Policies see the Service's address with some network plug-ins, and the API's own address in the
 * VPC with others.
 */
export const apiEgress = ({
  serviceCidr,
  vpcCidrs,
}: {
  readonly serviceCidr: string;
  readonly vpcCidrs: readonly string[];
}): NetworkPolicyV1SpecEgress => ({
  to: ranges([serviceCidr, ...vpcCidrs]),
  ports: [tcp(443)],
});

/** Address ranges as peers of a policy. */
export const ranges = (cidrs: readonly string[]) =>
  cidrs.map((cidr) => ({ ipBlock: { cidr } }));

/** Pods with this label `app`, in the same namespace. */
export const podsOf = (app: string) => ({
  podSelector: { matchLabels: { app } },
});

/** From these peers, to one port. Without peers no rule: one that names none lets everybody in. */
export const ingressFrom = (
  from: readonly NetworkPolicyV1SpecIngressFrom[],
  port: number,
): NetworkPolicyV1SpecIngress[] =>
  from.length === 0 ? [] : [{ from: [...from], ports: [tcp(port)] }];

/** To the pods with these labels, in the same namespace. */
export const podEgress = (
  matchLabels: Readonly<Record<string, string>>,
  port: number,
): NetworkPolicyV1SpecEgress => ({
  to: [{ podSelector: { matchLabels: { ...matchLabels } } }],
  ports: [tcp(port)],
});
