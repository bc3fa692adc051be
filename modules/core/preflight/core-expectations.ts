import { type PlatformFacts } from "../facts";
import { isCreatedCluster } from "../kinds";
import { registrySecretsOf } from "../registries";
import { type CoreSettings } from "../settings/schema";
import { adminExpectations, deployerExpectation } from "./access";
import { type Expectation } from "./expectation";
import { hostedZoneExpectations } from "./hosted-zone";
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
  ...hostedZoneExpectations(
    settings,
    facts.flatMap(({ records }) => records),
  ),
  ...operatorSecretExpectations(settings.region, [
    ...registrySecretsOf(settings),
    ...facts.flatMap(({ operatorSecrets }) => operatorSecrets),
  ]),
];
