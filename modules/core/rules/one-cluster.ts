import { clusterNameOf } from "../cluster/cluster";
import { controllersOf, oidcProviderOf } from "../controllers/given";
import { type ExclusiveFact, type PlatformFacts, needsOf } from "../facts";
import { hasAgents } from "../kinds";
import { type CoreSettings } from "../settings/schema";

/** Names of what an environment installs, as they stand in the settings. */
const CONTROLLERS = {
  loadBalancerController: "AWS Load Balancer Controller",
  efsCsiDriver: "EFS CSI driver",
  metricsServer: "metrics server",
} as const;

/**
 * What two environments on one cluster would both make: one has made the cluster, or it is somebody else's. Namespaces,
 * volumes, controllers, and the provider by which IAM trusts its service accounts.
 */
export function clusterExclusives(
  settings: CoreSettings,
  facts: readonly PlatformFacts[],
): ExclusiveFact[] {
  const place = `in cluster ${clusterNameOf(settings)} in ${settings.region}`;
  const owners = controllersOf(settings);
  const installed = (Object.keys(CONTROLLERS) as (keyof typeof owners)[])
    .filter((key) => owners[key] === "ours")
    .filter((key) => key !== "efsCsiDriver" || needsOf(facts).efs);
  return [
    ...facts
      .flatMap(({ namespaces }) => namespaces)
      .map(({ path, name }) => ({
        path,
        value: `${name} ${place}`,
        what: "namespace",
        fix: "choose another namespace for one of the two",
      })),
    ...facts
      .flatMap(({ clusterWide = [] }) => clusterWide)
      .map(({ path, name, what }) => ({
        path,
        value: `${name} ${place}`,
        what,
        fix: `use another cluster for one of the two: a ${what} has its name in the whole cluster`,
      })),
    ...installed.map((key) => ({
      path: `cluster.controllers.${key}`,
      value: `${CONTROLLERS[key]} ${place}`,
      what: "controller",
      fix: "write existing in one of the two, and deploy the other one first: a cluster has one",
    })),
    ...(hasAgents(settings)
      ? [
          {
            path: "observability.addOn",
            value: `amazon-cloudwatch-observability ${place}`,
            what: "CloudWatch add-on",
            fix: "write existing in one of the two, and deploy the other one first: a cluster has one",
          },
        ]
      : []),
    ...(oidcProviderOf(settings) === "ours"
      ? [
          {
            path: "cluster.oidcProvider",
            value: `the provider of service accounts ${place}`,
            what: "OIDC provider",
            fix: "write existing in one of the two, and deploy the other one first: IAM has one for each cluster",
          },
        ]
      : []),
  ];
}
