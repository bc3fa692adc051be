import {
  type NetworkPolicyV1Config,
  type NetworkPolicyV1SpecEgress,
  type NetworkPolicyV1SpecIngress,
  type NetworkPolicyV1SpecIngressFrom as Peer,
} from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { POSTGRES_PORT } from "../aws/rds/postgres-instance";
import { type NetworkFacts } from "../core/network-facts";
import { proxyPorts } from "../core/proxy";
import {
  namesEgress,
  podEgress,
  ranges,
  tcp,
  webEgress,
} from "../kubernetes/network-policy";
import { APPS, SERVICES, labelsOf } from "./names";
import { type EmgSettings } from "./settings/schema";

type Part = keyof typeof APPS;

const podsOf = (part: Part) => ({
  podSelector: { matchLabels: { app: APPS[part] } },
});

/**
 * What the pods of each part take and reach, in a namespace that is closed; keyed by name. Prefect's port is open to those
 * who log people and workers in, and to the API: it checks nobody itself, but for mode prefect-basic.
 */
export function networkPolicies(
  settings: EmgSettings,
  network: NetworkFacts,
): Record<string, NetworkPolicyV1Config> {
  const { api, auth, ingress, namespace, prefect } = settings.emg;
  const isInternal = ingress.scheme === "internal";
  const loadBalancer = ranges(
    Object.values(isInternal ? network.privateCidrs : network.publicCidrs),
  );
  const toPrefect = podEgress({ app: APPS.prefect }, SERVICES.prefect.port);
  const toDatabase = databaseEgress(settings, network);
  const toWeb = (closed: readonly string[] = []) => [
    webEgress([443], closed),
    // Its address is a name: so its port is open all over.
    ...proxyPorts(settings).map((port) => webEgress([port])),
  ];
  const takes = (part: keyof typeof SERVICES, from: readonly Peer[]) =>
    // A rule without peers would let everybody in.
    from.length === 0
      ? []
      : [{ from: [...from], ports: [tcp(SERVICES[part].port)] }];
  const policy = (
    part: Part,
    egress: readonly NetworkPolicyV1SpecEgress[],
    ingress: NetworkPolicyV1SpecIngress[] = [],
  ): Record<string, NetworkPolicyV1Config> => ({
    [APPS[part]]: {
      metadata: { name: APPS[part], namespace, labels: labelsOf(part) },
      spec: {
        ...podsOf(part),
        policyTypes: ["Ingress", "Egress"],
        ingress,
        egress: [...namesEgress(network.serviceCidr), ...egress],
      },
    },
  });
  const apiEgress = [toPrefect, toDatabase, ...toWeb()];
  const isProxied = auth.mode === "oauth2-proxy";
  const inside = [network.serviceCidr, ...network.vpcCidrs];
  return {
    ...policy(
      "prefect",
      // Packages come from the web, and nothing else that the server does.
      [toDatabase, ...(prefect.extraPipPackages.length > 0 ? toWeb() : [])],
      takes("prefect", [
        ...(isProxied ? [podsOf("login"), podsOf("gateway")] : loadBalancer),
        ...(api ? [podsOf("api")] : []),
        ...(api?.taskWorker ? [podsOf("tasks")] : []),
      ]),
    ),
    ...(isProxied && {
      ...policy(
        "login",
        [toPrefect, ...toWeb(inside)],
        takes("login", loadBalancer),
      ),
      ...policy("gateway", [toPrefect], takes("gateway", loadBalancer)),
    }),
    ...(api && policy("api", apiEgress, takes("api", loadBalancer))),
    ...(api?.taskWorker && policy("tasks", apiEgress)),
    ...policy("jobs", [toDatabase]),
  };
}

/** Of an external database the ranges are given: its address is a name. */
const databaseEgress = (
  { emg: { database } }: EmgSettings,
  { privateCidrs }: NetworkFacts,
): NetworkPolicyV1SpecEgress =>
  database.kind === "external"
    ? { to: ranges(database.cidrs), ports: [tcp(database.port)] }
    : { to: ranges(Object.values(privateCidrs)), ports: [tcp(POSTGRES_PORT)] };
