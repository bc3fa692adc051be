import { type Warning } from "../../settings/rule";
import { serviceNamespaces } from "../names";
import { type DeliverySettings } from "../settings/schema";

type DeliveryWarning = Warning<DeliverySettings>;

const say = (applies: boolean, sentence: string): string[] =>
  applies ? [sentence] : [];

/** Newest minor of Kubernetes that a minor of the chart is tested with (fluxcd.io, Flux 2.8: 1.33 to 1.35). */
const NEWEST_KUBERNETES: Readonly<Record<string, number>> = { "2.18": 35 };

const support: DeliveryWarning = ({ cluster, delivery: { flux } }) => {
  const chart = flux?.chart.version ?? "";
  const newest = NEWEST_KUBERNETES[chart.replace(/\.\d+$/, "")];
  return say(
    newest !== undefined && Number(cluster.version.split(".")[1]) > newest,
    `delivery.flux.chart.version ${chart} is Flux 2.8, which is tested with Kubernetes to 1.${newest ?? ""}, and cluster.version is ${cluster.version}: take 1.35, or a chart of Flux 2.9 once there is one (delivery.flux.chart.version).`,
  );
};

const wideRights: DeliveryWarning = ({ delivery: { flux, services } }) => [
  ...say(
    flux?.scope === "cluster",
    "delivery.flux.scope is cluster: who may write to the repository of releases may do everything in the cluster.",
  ),
  ...services.flatMap(({ name, role }) =>
    role === undefined || role.subjects === "namespaces"
      ? []
      : [
          `delivery.services: the role of ${name} is of all namespaces ${role.subjects.namespacePattern}: who may make such a namespace has it.`,
        ],
  ),
];

const nothingToApply: DeliveryWarning = (settings) =>
  say(
    settings.delivery.flux?.scope === "namespaces" &&
      serviceNamespaces(settings).length === 0,
    "delivery.flux has no namespace to deploy to: no service has namespaces.",
  );

const nameWithPath: DeliveryWarning = ({ delivery: { services }, iam }) =>
  iam.path === "/"
    ? []
    : services
        .filter(({ role }) => role?.physicalName !== undefined)
        .map(
          ({ name }) =>
            `delivery.services: the role of ${name} has a physicalName and iam.path is ${iam.path}: what makes its ARN of the name alone does not find it.`,
        );

const certificate: DeliveryWarning = ({ delivery: { domain, tls } }) => [
  ...say(
    tls.kind === "acmExisting",
    `delivery.tls.certificateArn: nobody looks whether that certificate holds ${domain} and *.${domain}.`,
  ),
  ...say(
    tls.kind === "letsencrypt" && tls.issuer === "letsencrypt-staging",
    "delivery.tls.issuer is letsencrypt-staging: no browser trusts the certificate.",
  ),
];

const groupOfNobody: DeliveryWarning = ({ access, delivery }) => {
  const { portForward } = delivery;
  const isKnown = access.admins.some(({ groups }) =>
    groups.includes(portForward?.group ?? ""),
  );
  return say(
    portForward !== undefined && !isKnown,
    `delivery.portForward.group ${portForward?.group ?? ""} is in no access.admins[].groups: nobody of these is in it.`,
  );
};

const privateNetwork: DeliveryWarning = ({ delivery, network }) => [
  ...say(
    !network.internet && delivery.flux !== undefined,
    `network.internet is false: ${new URL(delivery.flux?.url ?? "https://git").host} has to answer inside the VPC, over networks that you join to it.`,
  ),
  ...say(
    !network.internet && delivery.stores.tables.length > 0,
    "network.internet is false: nothing here makes a way to DynamoDB, for which the VPC needs a gateway endpoint.",
  ),
];

const unenforced: DeliveryWarning = ({ cluster }) =>
  say(
    cluster.kind === "existing" && cluster.networkPolicies === "notEnforced",
    "cluster.networkPolicies is notEnforced: services reach the VPC, instance metadata and every pod, whatever egressPorts say.",
  );

/** Flux, cert-manager and external-dns are in a cluster once. */
const ofOwner: DeliveryWarning = ({ cluster, delivery }) => {
  const installed = [
    ...(delivery.flux ? ["Flux"] : []),
    ...(delivery.tls.kind === "letsencrypt" ? ["cert-manager"] : []),
    ...(delivery.dns.owner === "external-dns" ? ["external-dns"] : []),
  ];
  return say(
    cluster.kind === "existing" && installed.length > 0,
    `cluster.kind is existing: ${installed.join(" and ")} ${installed.length > 1 ? "are" : "is"} installed, which no plan compares with what the cluster has: two of one kind disturb each other.`,
  );
};

export const deliveryWarnings = [
  support,
  wideRights,
  nothingToApply,
  nameWithPath,
  certificate,
  groupOfNobody,
  privateNetwork,
  unenforced,
  ofOwner,
];
