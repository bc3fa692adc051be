import { clusterNameOf } from "../core/cluster/cluster";
import { type CoreSettings } from "../core/settings/schema";
import { partitionOf } from "../lib/aws-partition";
import { objectLabels } from "../kubernetes/labels";
import { namesOf } from "../lib/names";
import { type DeliverySettings } from "./settings/schema";

/** Namespace of the Ingress that keeps the load balancer, or of the NGINX Ingress Controller. */
export const INGRESS_NAMESPACE = "delivery-ingress";

/** Class of the Application Load Balancer, its parameters and their release. */
export const ALB_CLASS = "delivery";

/** Class of the NGINX Ingress Controller. */
export const NGINX_CLASS = "nginx";

/** Class of the services' Ingresses. */
export const ingressClassOf = (ingress: {
  readonly class: "alb" | "nginx";
}): string => (ingress.class === "alb" ? ALB_CLASS : NGINX_CLASS);

/** Label of the namespaces that may use the load balancer. */
export const DELIVERY_LABEL = { delivery: "true" } as const;

/** Namespace of Flux, and name of its source, its Secret and its release. */
export const FLUX_NAMESPACE = "flux-system";

/** Account of each service namespace that pods run as; charts and roles of AWS know it by this name. */
export const POD_ACCOUNT = "deployment-runner";

/** Account of each service namespace that Flux deploys as. */
export const DEPLOY_ACCOUNT = "flux-deployer";

/** Account in the namespace of Flux that applies the folder of releases. */
export const RELEASES_ACCOUNT = "releases";

/** ConfigMap with the facts of the account, and its only key. */
export const ACCOUNT_CONFIG = "account-config";

/** Name of the replication group of Redis, and of its password: such ids end at 40 characters. */
export const redisName = (settings: CoreSettings): string =>
  namesOf(settings).of("delivery-redis", 40);

/** Name of the load balancer: unique in account and region, at most 32 characters. */
export const loadBalancerName = (settings: CoreSettings): string =>
  namesOf(settings).of("delivery", 32);

/** Bucket of its access logs: unique among all of AWS, at most 63 characters. */
export const accessLogsBucketName = (settings: CoreSettings): string =>
  namesOf(settings).of(`delivery-logs-${settings.accountId}`, 63);

/** What tells the records of this cluster from those of another one with the same domain. */
export const recordSetId = (settings: CoreSettings): string =>
  clusterNameOf(settings);

/** Id of the zone that holds the domain; undefined where nobody writes to one. */
export const zoneIdOf = ({
  delivery,
  dns,
}: DeliverySettings): string | undefined =>
  delivery.hostedZoneId ?? dns.hostedZoneId;

/** Namespaces of all services. */
export const serviceNamespaces = ({ delivery }: DeliverySettings): string[] =>
  delivery.services.flatMap(({ namespaces }) => namespaces);

/** Repository of a service's images: named like its repository on GitHub. */
export const repositoryNameOf = (service: {
  readonly repository: string;
}): string => service.repository.replace(/^.*\//, "");

/** ARN of a repository of this account and region. */
export const repositoryArn = (
  { region, accountId }: Pick<CoreSettings, "region" | "accountId">,
  repository: string,
): string =>
  `arn:${partitionOf(region)}:ecr:${region}:${accountId}:repository/${repository}`;

/** Repository of the chart `nodejs`, which the deployer pushes and every service deploys with. */
export const chartRepositoryName = (settings: CoreSettings): string =>
  `${namesOf(settings).prefix}/charts/nodejs`;

/** Charts of controllers, with the tags of their images. `manifests/helm` is written for these; the names are also those of namespaces and accounts. */
export const CERT_MANAGER = {
  name: "cert-manager",
  version: "v1.21.1",
} as const;
export const EXTERNAL_DNS = {
  name: "external-dns",
  version: "1.21.1",
  image: "v0.21.0",
} as const;
export const NGINX_INGRESS = {
  name: "nginx-ingress",
  version: "2.6.4",
  image: "5.5.4",
} as const;

/** Labels of the objects of the platform. */
export const labelsOf = (component: string): Record<string, string> =>
  objectLabels({ app: component, component, partOf: "delivery" });

/** Key of the Secret that Flux reads → key of the operator's secret (https://fluxcd.io/flux/components/source/gitrepositories/). */
export const CREDENTIAL_KEYS = {
  ssh: {
    identity: "identity",
    "identity.pub": "identityPub",
    known_hosts: "knownHosts",
  },
  basic: { username: "username", password: "password" },
  githubApp: {
    githubAppID: "appId",
    githubAppInstallationID: "installationId",
    githubAppPrivateKey: "privateKey",
  },
} as const;
