import { DataAwsEcrRepositories } from "@cdktf/provider-aws/lib/data-aws-ecr-repositories";
import { DataAwsIamOpenidConnectProvider } from "@cdktf/provider-aws/lib/data-aws-iam-openid-connect-provider";
import { githubProviderArn } from "../aws/iam/github-trust";
import { type RecordFact } from "../core/facts";
import { type Expectation, quoted } from "../core/preflight/expectation";
import {
  type HostedZone,
  hostedZoneExpectations,
} from "../core/preflight/hosted-zone";
import { restoredRedisExpectations } from "../core/preflight/restored-redis";
import { partitionOf } from "../lib/aws-partition";
import { redisName, repositoryNameOf, zoneIdOf } from "./names";
import { type DeliverySettings } from "./settings/schema";

/** What the account must have before anything of the platform is made. */
export const deliveryExpectations = (
  settings: DeliverySettings,
): Expectation[] => [
  ...hostedZoneExpectations(deliveryZone(settings)),
  ...restoredRedisExpectations(
    "delivery.stores.redis",
    redisName(settings),
    settings.delivery.stores.redis?.restoreFrom,
  ),
  ...repositoryExpectations(settings),
  ...githubExpectations(settings),
];

/** The zone of the domain. */
export const deliveryZone = (settings: DeliverySettings): HostedZone => ({
  id: "delivery-hosted-zone",
  path:
    settings.delivery.hostedZoneId === undefined
      ? "dns.hostedZoneId"
      : "delivery.hostedZoneId",
  zoneId: zoneIdOf(settings),
  privateIsEnough:
    "for an internal load balancer (delivery.ingress.scheme: internal) with a certificate of your own (delivery.tls.kind: acmExisting)",
  records: recordsOf(settings),
});

/** Names that are written into the zone: the domain, and what is right below it. */
function recordsOf({ delivery }: DeliverySettings): RecordFact[] {
  const { domain, dns, ingress, tls } = delivery;
  if (tls.kind === "acmExisting" && dns.owner === "none") return [];
  return [
    {
      path: "delivery.domain",
      name: domain,
      publicFor:
        tls.kind !== "acmExisting"
          ? "a certificate is requested, and validated by it"
          : ingress.scheme === "internet-facing"
            ? "the load balancer is internet-facing"
            : undefined,
    },
  ];
}

/** With `ecr.kind: existing`: another environment, or somebody else, has made the repositories. */
function repositoryExpectations({
  delivery: { services },
  region,
}: DeliverySettings): Expectation[] {
  const given = services.filter(({ ecr }) => ecr.kind === "existing");
  if (given.length === 0) return [];
  return [
    {
      id: "repositories-of-services",
      read: (scope, id, lifecycle) =>
        new DataAwsEcrRepositories(scope, id, { lifecycle }),
      conditions: given.map((service) => ({
        condition: `contains(self.names, ${quoted(repositoryNameOf(service))})`,
        otherwise: `The service ${service.name} has ecr.kind existing, but there is no repository ${repositoryNameOf(service)} in ${region}. Deploy the environment that makes it first, or write ecr.kind: created here.`,
      })),
    },
  ];
}

/** With `github.oidcProvider: existing`: the account has GitHub's provider. */
const githubExpectations = ({
  accountId,
  region,
  delivery: { github, services },
}: DeliverySettings): Expectation[] =>
  github.oidcProvider === "ours" || services.every(({ ci }) => !ci)
    ? []
    : [
        {
          // Terraform prints the id when there is none.
          id: "delivery-github-oidc-provider-existing-in-this-account",
          read: (scope, id) =>
            new DataAwsIamOpenidConnectProvider(scope, id, {
              arn: githubProviderArn(accountId, partitionOf(region)),
            }),
          conditions: [],
        },
      ];
