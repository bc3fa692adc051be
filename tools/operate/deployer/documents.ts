import { managesAccess } from "../../../modules/core/cluster/cluster";
import {
  clientSecurityGroupsOf,
  controllersOf,
  oidcProviderOf,
} from "../../../modules/core/controllers/given";
import {
  isExistingCluster,
  isExistingNetwork,
} from "../../../modules/core/kinds";
import { makesStateBucket } from "../../../modules/core/state/state-location";
import { partitionOf } from "../../../modules/lib/aws-partition";
import { type PolicyDocument, readPolicy } from "../../../modules/lib/policy";
import { type Document } from "../../../modules/lib/template";
import { factsOf } from "../../../modules/facts";
import { type Settings, hasComputeEnv, hasWave } from "../../../modules/schema";
import {
  hasBuilds,
  isClassic,
  isCurrent,
} from "../../../modules/wave/release/line";
import { deliveryPartsOf, servicesFiles } from "./delivery";
import { partsOf } from "./parts";
import {
  type DeployerValue,
  assumedRoles,
  bucketArns,
  chartArns,
  deployerValues,
  hasLogGroups,
  hasOwnNodes,
  repositoriesOf,
  stateRegion,
  zonesOf,
} from "./values";

/** Files of `policies/deployer/`, with the values that each names. */
const FILES = {
  "assume-roles": ["ASSUMED_ROLE_ARNS"],
  autoscaler: ["REGION", "ACCOUNT_ID", "PREFIX", "TAG"],
  backup: ["REGION", "ACCOUNT_ID", "PREFIX"],
  buckets: ["BUCKET_ARNS"],
  "bucket-cors": ["CORS_BUCKET_ARNS"],
  certificate: ["REGION", "ACCOUNT_ID", "PREFIX"],
  "certificate-lookup": ["REGION", "ACCOUNT_ID"],
  "chart-push": ["CHART_REPOSITORY_ARN"],
  charts: ["CHART_ARNS"],
  "client-groups": ["CLIENT_GROUP_ARNS"],
  cluster: ["REGION", "ACCOUNT_ID", "PREFIX", "CLUSTER_NAME"],
  "cluster-access": ["REGION", "ACCOUNT_ID", "CLUSTER_NAME"],
  "cluster-add-on": ["REGION", "ACCOUNT_ID", "CLUSTER_NAME"],
  "cluster-nodes": ["REGION", "ACCOUNT_ID", "PREFIX", "CLUSTER_NAME"],
  endpoints: [],
  "existing-cluster": ["REGION", "ACCOUNT_ID", "PREFIX", "CLUSTER_NAME"],
  "existing-subnets": ["SUBNET_ARNS"],
  "existing-vpc": ["REGION", "ACCOUNT_ID", "PREFIX", "VPC_ARN"],
  "existing-vpc-lookup": ["REGION"],
  files: ["REGION", "ACCOUNT_ID", "PREFIX"],
  "github-issuer-lookup": ["ACCOUNT_ID"],
  "github-issuer": ["ACCOUNT_ID", "PREFIX"],
  interfaces: ["REGION", "ACCOUNT_ID", "PREFIX"],
  keys: ["REGION", "ACCOUNT_ID", "PREFIX", "KEY_SERVICES"],
  "log-groups": ["REGION", "LOG_GROUP_ARNS"],
  "log-groups-lookup": ["REGION"],
  mail: ["MAIL_ARNS"],
  "mail-lookup": ["MAIL_ARNS"],
  "operator-policy": ["POLICY_ARNS"],
  "node-policies": ["NODE_ROLE_ARN", "NODE_POLICY_ARNS"],
  "node-policies-with-boundary": [
    "NODE_ROLE_ARN",
    "NODE_POLICY_ARNS",
    "BOUNDARY_ARN",
  ],
  passwords: ["REGION", "ACCOUNT_ID", "PREFIX", "OPERATOR_SECRET_ARNS"],
  "pod-range": ["REGION", "ACCOUNT_ID", "PREFIX"],
  postgres: ["REGION", "ACCOUNT_ID", "PREFIX"],
  queues: ["QUEUE_ARNS"],
  records: ["ZONE_ARNS", "RECORD_NAMES"],
  redis: ["REGION", "ACCOUNT_ID", "PREFIX"],
  repositories: ["REPOSITORY_ARNS"],
  "repositories-lookup": ["REGION", "ACCOUNT_ID", "READ_REPOSITORY_ARNS"],
  retire: ["BUCKET_ARNS", "OBJECT_ARNS", "VAULT_ARNS"],
  roles: ["ACCOUNT_ID", "ROLE_ARNS", "PASSED_TO"],
  "roles-with-boundary": [
    "ACCOUNT_ID",
    "ROLE_ARNS",
    "PASSED_TO",
    "BOUNDARY_ARN",
  ],
  "state-bucket": ["STATE_BUCKET_ARN"],
  tables: ["REGION", "ACCOUNT_ID", "PREFIX", "TABLE_ARNS", "TABLE_SERVICES"],
  "token-issuer-lookup": ["REGION", "ACCOUNT_ID", "DNS_SUFFIX"],
  "token-issuer": ["REGION", "ACCOUNT_ID", "PREFIX", "DNS_SUFFIX"],
  topics: ["TOPIC_ARNS"],
  vpc: ["REGION", "ACCOUNT_ID", "PREFIX"],
  "zone-lookup": ["READ_ZONE_ARNS"],
} as const satisfies Record<string, readonly DeployerValue[]>;

type File = keyof typeof FILES;

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
      hasStores(needs) && "interfaces",
      hasStores(needs) && isExistingNetwork(settings) && "existing-subnets",
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
  const computeEnv = hasComputeEnv(settings) ? settings.computeEnv : undefined;
  return {
    scaledNodes: builds || computeEnv?.nodes.kind === "nodeGroup",
    secrets:
      hasWave(settings) ||
      (settings.registries ?? []).length > 0 ||
      delivery.hasRedis ||
      factsOf(settings).some(
        ({ operatorSecrets }) => operatorSecrets.length > 0,
      ),
    files: builds || computeEnv?.storage.kind === "efs",
    launcher: computeEnv !== undefined && computeEnv.launcher.kind !== "none",
    backup: builds,
    redis: hasWave(settings) || delivery.hasRedis,
    postgres: hasWave(settings) && isCurrent(settings),
  };
}

type Needs = ReturnType<typeof needsOf>;

/** What has network interfaces and security groups. */
const hasStores = ({ files, redis }: Needs): boolean => files || redis;

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
    controllersOf(settings).metricsServer === "ours" && "cluster-add-on",
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

/** Only Wave has mail; certificates and records are of Wave and of services. */
function identityFiles(settings: Settings): (File | false)[] {
  const { hasCertificate, readZones } = deliveryPartsOf(settings);
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

function documentOf(
  settings: Settings,
  name: string,
  files: readonly File[],
): PolicyDocument {
  // The bucket of the state, and its key, may be in another region than the rest.
  const region =
    name === "state-bucket" ? stateRegion(settings) : settings.region;
  const values = deployerValues({ ...settings, region });
  return {
    Version: "2012-10-17",
    Statement: files.flatMap((file) => {
      const named = FILES[file].map((key): [string, Document] => [
        key,
        values[key],
      ]);
      return readPolicy(
        `deployer/${file}.json`,
        partitionOf(region),
        Object.fromEntries(named),
      ).Statement;
    }),
  };
}
