import { type PlatformFacts } from "../facts";
import { isCreatedCluster } from "../kinds";
import { registrySecretsOf } from "../registries";
import { type CoreSettings } from "../settings/schema";
import { adminExpectations, deployerExpectation } from "./access";
import { type Expectation } from "./expectation";
import { type HostedZone, hostedZoneExpectations } from "./hosted-zone";
import { madeHereExpectations } from "./made-here";
import { operatorSecretExpectations } from "./operator-secrets";
import { runningClusterExpectation } from "./running-cluster";
import { instanceTypeExpectations, zonesExpectation } from "./region";

/** What the core expects of the account, for itself and by the facts of the platforms. */
export const coreExpectations = (
  settings: CoreSettings,
  facts: readonly PlatformFacts[],
): Expectation[] => [
  deployerExpectation(settings),
  ...adminExpectations(settings),
  // Zones of a cluster that exists are those of its subnets.
  ...(isCreatedCluster(settings) ? [zonesExpectation(settings)] : []),
  ...madeHereExpectations(settings),
  ...(isCreatedCluster(settings) ? [runningClusterExpectation(settings)] : []),
  ...instanceTypeExpectations(settings),
  ...hostedZoneExpectations(coreZone(settings, facts)),
  ...operatorSecretExpectations(settings.region, [
    ...registrySecretsOf(settings),
    ...facts.flatMap(({ operatorSecrets }) => operatorSecrets),
  ]),
];

/** The zone of `dns.hostedZoneId`, with the records of the platforms that have no zone of their own. */
export const coreZone = (
  { dns: { hostedZoneId } }: CoreSettings,
  facts: readonly PlatformFacts[],
): HostedZone => ({
  id: "hosted-zone",
  path: "dns.hostedZoneId",
  zoneId: hostedZoneId,
  privateIsEnough:
    "for an internal load balancer (wave.ingress.scheme: internal) with a certificate of your own (dns.certificateArn) and without mail, or with wave.mail.existingIdentity",
  records: facts.flatMap(({ records }) => records),
});
