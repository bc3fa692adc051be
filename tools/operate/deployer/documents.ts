import { managesAccess } from "../../../modules/core/cluster/cluster";
import {
  clientSecurityGroupsOf,
  oidcProviderOf,
} from "../../../modules/core/controllers/given";
import {
  isExistingCluster,
  isExistingNetwork,
} from "../../../modules/core/kinds";
import { makesStateBucket } from "../../../modules/core/state/state-location";
import { type PolicyDocument } from "../../../modules/lib/policy";
import { factsOf } from "../../../modules/facts";
import {
  type Settings,
  hasComputeEnv,
  hasEmg,
  hasWave,
} from "../../../modules/schema";
import {
  hasBuilds,
  isClassic,
  isCurrent,
} from "../../../modules/wave/release/line";
import { deliveryPartsOf, servicesFiles } from "./delivery";
import { emgPartsOf } from "./emg";
import { partsOf } from "./parts";
import { type File, documentOf } from "./policy-files";
import {
  addOnsOf,
  assumedRoles,
  bucketArns,
  chartArns,
  hasLogGroups,
  hasOwnNodes,
  repositoriesOf,
  zonesOf,
} from "./values";

/**
 * What the deployer of an environment has to be allowed, as managed policies by name: only what its settings make. With
 * `iam.permissionsBoundaryArn` the deployer may write permissions only into roles that have this boundary.
 *
 * Made of the calls seen in the lab and of what AWS documents; AWS itself was not asked.
 */
export function deployerPolicies(
  settings: Settings,
): Readonly<Record<string, PolicyDocument>> {
  const { retain, iam } = settings;
  const needs = needsOf(settings);
  const startsAsDeployer = settings.access.assumeRole === undefined;
  const isBound = iam.permissionsBoundaryArn !== undefined;
  const hasBuckets = bucketArns(settings).length > 0;
  const groups: Readonly<Record<string, readonly (File | false)[]>> = {
    network: networkFiles(settings, needs),
    cluster: clusterFiles(settings, needs),
    keys: ["keys", needs.secrets && "passwords"],
    stores: [
      needs.files && "files",
      hasInterfaces(needs) && "interfaces",
      hasInterfaces(needs) && isExistingNetwork(settings) && "existing-subnets",
      needs.redis && "redis",
      needs.postgres && "postgres",
    ],
    artifacts: [
      hasBuckets && "buckets",
      needs.backup && "backup",
      chartArns(settings).length > 0 && "charts",
      ...repositoryFiles(settings),
      hasBuckets && !retain && "retire",
    ],
    identity: [
      ...identityFiles(settings),
      oidcProviderOf(settings) === "ours"
        ? "token-issuer"
        : "token-issuer-lookup",
    ],
    roles: [
      isBound ? "roles-with-boundary" : "roles",
      settings.cluster.nodePolicyArns.length > 0 &&
        (isBound ? "node-policies-with-boundary" : "node-policies"),
      startsAsDeployer && assumedRoles(settings).length > 0 && "assume-roles",
      // A document of their own would be one too many for a role of AWS's default quota.
      ...observabilityFiles(settings),
    ],
    services: servicesFiles(settings),
    "state-bucket": [
      makesStateBucket(settings) && "state-bucket",
      makesStateBucket(settings) && "keys",
    ],
  };
  return Object.fromEntries(
    Object.entries(groups)
      .map(([name, files]): [string, File[]] => [
        name,
        files.filter((file) => file !== false),
      ])
      .filter(([, files]) => files.length > 0)
      .flatMap(([name, files]) =>
        partsOf(name, documentOf(settings, name, files)),
      ),
  );
}

/** What the platforms of an environment make. */
function needsOf(settings: Settings) {
  const builds = hasWave(settings) && hasBuilds(settings);
  const delivery = deliveryPartsOf(settings);
  const emg = emgPartsOf(settings);
  const computeEnv = hasComputeEnv(settings) ? settings.computeEnv : undefined;
  return {
    scaledNodes: builds || computeEnv?.nodes.kind === "nodeGroup",
    secrets:
      hasWave(settings) ||
      hasEmg(settings) ||
      (settings.registries ?? []).length > 0 ||
      delivery.hasRedis ||
      factsOf(settings).some(
        ({ operatorSecrets }) => operatorSecrets.length > 0,
      ),
    files: builds || computeEnv?.storage.kind === "efs" || emg.hasFiles,
    launcher: computeEnv !== undefined && computeEnv.launcher.kind !== "none",
    backup: builds || emg.hasFiles,
    redis: hasWave(settings) || delivery.hasRedis,
    postgres: (hasWave(settings) && isCurrent(settings)) || emg.hasPostgres,
  };
}

type Needs = ReturnType<typeof needsOf>;

/** What has network interfaces that are made in the name of the caller. */
const hasInterfaces = ({ files, redis }: Needs): boolean => files || redis;

/** What has security groups. */
const hasStores = (needs: Needs): boolean =>
  hasInterfaces(needs) || needs.postgres;

/** In a VPC that exists only groups of ours, and what belongs to nodes of ours, are made. */
function networkFiles(settings: Settings, needs: Needs): (File | false)[] {
  if (!isExistingNetwork(settings))
    return [
      "vpc",
      hasPodRange(settings.network) && "pod-range",
      hasEndpoints(settings.network) && "endpoints",
    ];
  return [
    "existing-vpc-lookup",
    (hasStores(needs) || hasOwnNodes(settings)) && "existing-vpc",
  ];
}

/** Of a cluster that exists only what is made in it. */
function clusterFiles(settings: Settings, needs: Needs): (File | false)[] {
  const logs = hasLogGroups(settings) ? "log-groups" : "log-groups-lookup";
  // Off again, the tag has to go.
  if (!isExistingCluster(settings))
    return ["cluster", logs, needs.scaledNodes && "autoscaler"];
  const ownNodes = hasOwnNodes(settings);
  return [
    "existing-cluster",
    logs,
    (managesAccess(settings) || needs.launcher) && "cluster-access",
    ownNodes && "cluster-nodes",
    ownNodes && clientSecurityGroupsOf(settings).length > 0 && "client-groups",
    addOnsOf(settings).length > 0 && "cluster-add-on",
  ];
}

/** A topic that exists is nobody's here, and only Wave's load balancer is watched. */
function observabilityFiles(settings: Settings): (File | false)[] {
  const { observability } = settings;
  if (observability === undefined) return [];
  return [
    "alarms",
    observability.topicArn === undefined && "alarm-topic",
    hasWave(settings) && "load-balancer-lookup",
    hasWave(settings) && observability.dashboard && "dashboard",
  ];
}

/** Only builds push images, and services have images of their own. */
function repositoryFiles(settings: Settings): (File | false)[] {
  const { made, read } = repositoriesOf(settings);
  return [
    read.length > 0 && "repositories-lookup",
    made.length > 0 && "repositories",
  ];
}

/** Only Wave has mail; certificates and records are of Wave, of services and of Prefect. */
function identityFiles(settings: Settings): (File | false)[] {
  const { hasCertificate: ofServices, readZones } = deliveryPartsOf(settings);
  const hasCertificate = ofServices || emgPartsOf(settings).hasCertificate;
  const zones = [
    zonesOf(settings).length > 0 && "records",
    readZones.length > 0 && "zone-lookup",
  ] as const;
  if (!hasWave(settings))
    return [
      hasCertificate && "certificate-lookup",
      hasCertificate && "certificate",
      ...zones,
    ];
  const { dns, wave } = settings;
  const isOwnMail = wave.mail !== undefined && !wave.mail.existingIdentity;
  return [
    "certificate-lookup",
    (dns.certificateArn === undefined || hasCertificate) && "certificate",
    wave.mail !== undefined && "mail-lookup",
    isOwnMail && "mail",
    ...zones,
    isClassic(settings) &&
      wave.classic.ecrKeySecret !== undefined &&
      "operator-policy",
  ];
}

/**
 * What Terraform is started with has to be allowed where it assumes the deployer by itself (`access.assumeRole`); undefined where
 * it is started with the deployer's credentials.
 */
export const callerPolicy = (settings: Settings): PolicyDocument | undefined =>
  settings.access.assumeRole === undefined
    ? undefined
    : documentOf(settings, "caller", ["assume-roles"]);

/** Without internet some are always made. */
const hasEndpoints = (network: Settings["network"]): boolean =>
  network.kind === "created" &&
  (!network.internet || network.interfaceEndpoints.length > 0);

const hasPodRange = (network: Settings["network"]): boolean =>
  network.kind === "created" && network.podCidr !== undefined;
