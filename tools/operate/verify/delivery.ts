import { clusterNameOf } from "../../../modules/core/cluster/cluster";
import {
  DEPLOY_ACCOUNT,
  FLUX_NAMESPACE,
  INGRESS_NAMESPACE,
  RELEASES_ACCOUNT,
} from "../../../modules/delivery/names";
import { type DeliverySettings } from "../../../modules/delivery/settings/schema";

/** What to run by hand on services: Flux, the load balancer and the records are asked with credentials of people. */
export const deliveryChecks = (settings: DeliverySettings): string[] => [
  "",
  "Services: nothing is run here. These commands check them; each ends with its answer:",
  "",
  ...[
    `aws eks update-kubeconfig --name ${clusterNameOf(settings)} --region ${settings.region}`,
    ...fluxCommands(settings),
    ...ingressCommands(settings),
  ].map((command) => `  ${command}`),
];

/** Whether Flux applies the folder, and what it may not do. */
function fluxCommands({ delivery }: DeliverySettings): string[] {
  const { flux, services } = delivery;
  if (flux === undefined) return [];
  const mayNot = (account: string, namespace: string): string =>
    `kubectl auth can-i get secrets --namespace kube-system --as=system:serviceaccount:${namespace}:${account} # no`;
  return [
    `kubectl --namespace ${FLUX_NAMESPACE} get gitrepository ${FLUX_NAMESPACE} # READY True, with the last commit`,
    `kubectl --namespace ${FLUX_NAMESPACE} get kustomization flux-sync # READY True, with the same commit`,
    "kubectl get helmreleases --all-namespaces # READY True, one for each release",
    ...(flux.scope === "namespaces"
      ? [
          mayNot(RELEASES_ACCOUNT, FLUX_NAMESPACE),
          ...services
            .flatMap(({ namespaces }) => namespaces)
            .map((namespace) => mayNot(DEPLOY_ACCOUNT, namespace)),
        ]
      : []),
  ];
}

/** Who answers for the domain, before the first service too. */
function ingressCommands({ delivery }: DeliverySettings): string[] {
  const { domain, dns, ingress } = delivery;
  const isAlb = ingress.class === "alb";
  return [
    isAlb
      ? `kubectl --namespace ${INGRESS_NAMESPACE} get ingress pending # ADDRESS, the load balancer`
      : `kubectl --namespace ${INGRESS_NAMESPACE} get service # EXTERNAL-IP, the load balancer`,
    ...(dns.owner === "external-dns"
      ? []
      : [domain, `any.${domain}`].map(
          (name) => `dig +short ${name} # the addresses of the load balancer`,
        )),
    isAlb
      ? `curl --silent --head https://${domain} # 503 while no service has taken ${ingress.pendingPaths.join(", ")}`
      : `curl --silent --head https://${domain} # 404 while no service answers`,
    `curl --silent --head http://${domain} # 301, to https`,
  ];
}
