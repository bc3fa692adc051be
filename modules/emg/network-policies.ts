import {
  type NetworkPolicyV1Config,
  type NetworkPolicyV1SpecEgress,
  type NetworkPolicyV1SpecIngress,
} from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { POSTGRES_PORT } from "../aws/rds/postgres-instance";
import { type NetworkFacts, loadBalancerCidrs } from "../core/network-facts";
import { proxyPorts } from "../core/proxy";
import {
  ingressFrom,
  namesEgress,
  podEgress,
  podsOf,
  ranges,
  tcp,
  webEgress,
} from "../kubernetes/network-policy";
import { APPS, SERVICES, labelsOf } from "./names";
import { type EmgSettings } from "./settings/schema";

/**
 * What the pods of each part take and reach, in a namespace that is closed; keyed by name. Prefect's port is open to those
 * who log people and workers in, and to the API: it checks nobody itself, but for mode prefect-basic.
 */
export function networkPolicies(
  settings: EmgSettings,
  network: NetworkFacts,
): Record<string, NetworkPolicyV1Config> {
  const { api, auth, ingress, namespace, prefect } = settings.emg;
  const balancer = ranges(loadBalancerCidrs(network, ingress.scheme));
  const toPrefect = podEgress({ app: APPS.prefect }, SERVICES.prefect.port);
  const toDatabase = databaseEgress(settings, network);
  const toWeb = webEgress([443, ...proxyPorts(settings)]);
  const policy = (
    part: keyof typeof APPS,
    egress: readonly NetworkPolicyV1SpecEgress[],
    taken: NetworkPolicyV1SpecIngress[] = [],
  ): Record<string, NetworkPolicyV1Config> => ({
    [APPS[part]]: {
      metadata: { name: APPS[part], namespace, labels: labelsOf(part) },
      spec: {
        ...podsOf(APPS[part]),
        policyTypes: ["Ingress", "Egress"],
        ingress: taken,
        egress: [...namesEgress(network.serviceCidr), ...egress],
      },
    },
  });
  const fromBalancer = (part: keyof typeof SERVICES) =>
    ingressFrom(balancer, SERVICES[part].port);
  const apiEgress = [toPrefect, toDatabase, toWeb];
  const logins = [podsOf(APPS.login), podsOf(APPS.gateway)];
  const isProxied = auth.mode === "oauth2-proxy";
  const clients = [
    ...(isProxied ? logins : balancer),
    ...(api ? [podsOf(APPS.api)] : []),
    ...(api?.taskWorker ? [podsOf(APPS.tasks)] : []),
  ];
  return {
    ...policy(
      "prefect",
      // Packages come from the web, and nothing else that the server does.
      [toDatabase, ...(prefect.extraPipPackages.length > 0 ? [toWeb] : [])],
      ingressFrom(clients, SERVICES.prefect.port),
    ),
    ...(isProxied && {
      ...policy(
        "login",
        [toPrefect, ...githubEgress(settings, network)],
        fromBalancer("login"),
      ),
      ...policy("gateway", [toPrefect], fromBalancer("gateway")),
    }),
    ...(api && policy("api", apiEgress, fromBalancer("api"))),
    ...(api?.taskWorker && policy("tasks", apiEgress)),
    ...policy("jobs", [toDatabase]),
  };
}

/** Not to what answers inside, such as the Kubernetes API. The proxy's address is a name: so its port is open all over. */
function githubEgress(
  settings: EmgSettings,
  { serviceCidr, vpcCidrs }: NetworkFacts,
): NetworkPolicyV1SpecEgress[] {
  const proxy = proxyPorts(settings);
  return [
    webEgress([443], [serviceCidr, ...vpcCidrs]),
    ...(proxy.length > 0 ? [webEgress(proxy)] : []),
  ];
}

/** Of an external database the ranges are given: its address is a name. */
const databaseEgress = (
  { emg: { database } }: EmgSettings,
  { privateCidrs }: NetworkFacts,
): NetworkPolicyV1SpecEgress =>
  database.kind === "external"
    ? { to: ranges(database.cidrs), ports: [tcp(database.port)] }
    : { to: ranges(Object.values(privateCidrs)), ports: [tcp(POSTGRES_PORT)] };
