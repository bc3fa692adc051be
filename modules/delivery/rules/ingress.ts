import { arnRule } from "../../core/rules/arns";
import { firstNameProblems } from "../../core/rules/certificate";
import {
  inboundProblems,
  schemeProblems,
  webAclProblems,
} from "../../core/rules/load-balancer";
import { type Rule, eachOnce, when } from "../../settings/rule";
import { zoneIdOf } from "../names";
import { type DeliverySettings } from "../settings/schema";

type DeliveryRule = Rule<DeliverySettings>;

const scheme: DeliveryRule = (settings) =>
  schemeProblems(
    settings,
    "delivery.ingress.scheme",
    settings.delivery.ingress.scheme,
  );

const inboundRanges: DeliveryRule = ({ delivery: { ingress } }) =>
  inboundProblems("delivery.ingress", ingress.inboundCidrs);

const aclOf = ({ delivery: { ingress } }: DeliverySettings) =>
  ingress.class === "alb" ? ingress.wafAclArn : undefined;

const noWebAcl: DeliveryRule = (settings) =>
  webAclProblems(settings, "delivery.ingress.wafAclArn", aclOf(settings));

const webAcl = arnRule<DeliverySettings>((settings) => ({
  path: "delivery.ingress.wafAclArn",
  arn: aclOf(settings),
  region: settings.region,
}));

const pendingPaths: DeliveryRule = ({ delivery: { ingress } }) =>
  ingress.class === "alb"
    ? eachOnce("delivery.ingress.pendingPaths", ingress.pendingPaths)
    : [];

/** TLS ends at the Application Load Balancer, which takes certificates of ACM, or at NGINX, which takes none of them. */
const certificateOfClass: DeliveryRule = ({ delivery: { ingress, tls } }) =>
  when((ingress.class === "nginx") !== (tls.kind === "letsencrypt"), () => ({
    path: "delivery.tls.kind",
    given: `${tls.kind}, with ingress.class ${ingress.class}`,
    allowed:
      ingress.class === "alb"
        ? "acm or acmExisting: a load balancer takes certificates of ACM only"
        : "letsencrypt: TLS ends at NGINX, which has no certificates of ACM",
    fix:
      ingress.class === "alb"
        ? "write kind: acm, or ingress.class: nginx"
        : "write kind: letsencrypt with an email, or ingress.class: alb",
  }));

const certificate = arnRule<DeliverySettings>(
  ({ delivery: { tls }, region, accountId }) => ({
    path: "delivery.tls.certificateArn",
    arn: tls.kind === "acmExisting" ? tls.certificateArn : undefined,
    region,
    account: accountId,
  }),
);

const domainLength: DeliveryRule = ({ delivery: { domain, tls } }) =>
  tls.kind === "acm"
    ? firstNameProblems(
        "delivery.domain",
        domain,
        "with a certificate that is requested here",
        "choose a shorter domain, or write tls.kind: acmExisting with a certificate of your own",
      )
    : [];

const zoneIsThere: DeliveryRule = (settings) => {
  const { delivery } = settings;
  const writers = [
    ...(delivery.tls.kind === "acmExisting"
      ? []
      : [`delivery.tls.kind ${delivery.tls.kind}`]),
    ...(delivery.dns.owner === "none"
      ? []
      : [`delivery.dns.owner ${delivery.dns.owner}`]),
  ];
  return when(zoneIdOf(settings) === undefined && writers.length > 0, () => ({
    path: "delivery.hostedZoneId",
    given: `nothing, and no dns.hostedZoneId, with ${writers.join(" and ")}`,
    allowed: `the id of the zone that holds ${delivery.domain}`,
    fix: "add it; without a zone write tls.kind: acmExisting and dns.owner: none",
  }));
};

const ipv6: DeliveryRule = ({ delivery: { dns }, network }) =>
  when(
    dns.owner === "terraform" && dns.ipv6 && network.kind === "created",
    () => ({
      path: "delivery.dns.ipv6",
      given: "true, in a VPC that is made here",
      allowed: "false: that VPC has no addresses of IPv6",
      fix: "remove it, or use a VPC with IPv6: network.kind: existing",
    }),
  );

/** Let's Encrypt and Route 53 have no endpoint in a VPC. */
const internet: DeliveryRule = ({ delivery: { tls, dns }, network }) => {
  if (network.internet || network.proxy !== undefined) return [];
  const problem = (path: string, given: string, fix: string) => ({
    path,
    given: `${given}, with network.internet: false`,
    allowed: "what calls no host of the internet from pods; or network.proxy",
    fix,
  });
  return [
    ...when(tls.kind === "letsencrypt", () =>
      problem(
        "delivery.tls.kind",
        "letsencrypt",
        "write acm or acmExisting with ingress.class: alb, or add network.proxy",
      ),
    ),
    ...when(dns.owner === "external-dns", () =>
      problem(
        "delivery.dns.owner",
        "external-dns",
        "write terraform, which writes the records from outside, or add network.proxy",
      ),
    ),
  ];
};

export const ingressRules = [
  scheme,
  inboundRanges,
  noWebAcl,
  webAcl,
  pendingPaths,
  certificateOfClass,
  certificate,
  domainLength,
  zoneIsThere,
  ipv6,
  internet,
];
