import {
  CERT_MANAGER,
  EXTERNAL_DNS,
  NGINX_INGRESS,
} from "../../modules/delivery/names";
import { type DeliverySettings } from "../../modules/delivery/settings/schema";
import { BOTH, type Entry } from "./image-entry";

/** Tags of the chart flux2 that is the default; of another one nobody here knows them. */
const FLUX = {
  chart: "2.18.3",
  "flux-cli": "v2.8.5",
  "source-controller": "v1.8.2",
  "kustomize-controller": "v1.8.3",
  "helm-controller": "v1.5.3",
  "image-reflector-controller": "v1.1.1",
  "image-automation-controller": "v1.1.1",
} as const;

type FluxImage = Exclude<keyof typeof FLUX, "chart">;

const FLUX_ALWAYS: readonly FluxImage[] = [
  "flux-cli",
  "source-controller",
  "kustomize-controller",
  "helm-controller",
];

/** Images that the charts of the platform start, as those versions of them name them. */
export const deliveryImages = ({ delivery }: DeliverySettings): Entry[] => [
  ...fluxImages(delivery.flux),
  ...(delivery.ingress.class === "nginx"
    ? [
        {
          image: `docker.io/nginx/nginx-ingress:${NGINX_INGRESS.image}`,
          product: "F5 NGINX Ingress Controller",
          startedBy: `chart ${NGINX_INGRESS.name} ${NGINX_INGRESS.version}`,
          architectures: BOTH,
        },
      ]
    : []),
  ...(delivery.tls.kind === "letsencrypt"
    ? ["controller", "webhook", "cainjector", "startupapicheck"].map(
        (part) => ({
          image: `quay.io/jetstack/cert-manager-${part}:${CERT_MANAGER.version}`,
          product: "cert-manager",
          startedBy: `chart ${CERT_MANAGER.name} ${CERT_MANAGER.version}`,
        }),
      )
    : []),
  ...(delivery.dns.owner === "external-dns"
    ? [
        {
          image:
            delivery.dns.image ??
            `registry.k8s.io/external-dns/external-dns:${EXTERNAL_DNS.image}`,
          product: "external-dns",
          startedBy: `chart ${EXTERNAL_DNS.name} ${EXTERNAL_DNS.version}`,
          setting: "delivery.dns.image",
          architectures: BOTH,
        },
      ]
    : []),
];

function fluxImages(flux: DeliverySettings["delivery"]["flux"]): Entry[] {
  if (flux === undefined) return [];
  const { chart, imageRegistry, imageAutomation } = flux;
  const started = imageAutomation
    ? (Object.keys(FLUX) as (keyof typeof FLUX)[]).filter(
        (name): name is FluxImage => name !== "chart",
      )
    : FLUX_ALWAYS;
  return started.map((name) => ({
    image: `${imageRegistry}/${name}${chart.version === FLUX.chart ? `:${FLUX[name]}` : ""}`,
    product: "Flux",
    startedBy: `chart flux2 ${chart.version}`,
    setting: "delivery.flux.imageRegistry",
  }));
}
