import { deliveryCharts, deliveryPartsOf, tableServices } from "./delivery";
import { emgPartsOf } from "./emg";
import { withRelease } from "../../../modules/wave/release/release";
import { clusterLogGroupName } from "../../../modules/aws/eks/eks-cluster";
import { flowLogGroupName } from "../../../modules/aws/network/flow-log";
import { NODE_ROLE } from "../../../modules/core/cluster/node-groups";
import { CLUSTER_AUTOSCALER } from "../../../modules/core/controllers/cluster-autoscaler";
import { EFS_CSI_DRIVER } from "../../../modules/core/controllers/efs-csi-driver";
import { LOAD_BALANCER_CONTROLLER } from "../../../modules/core/controllers/load-balancer-controller";
import { registrySecretsOf } from "../../../modules/core/registries";
import { AUTOSCALED_BY } from "../../../modules/core/cluster/autoscaled-groups";
import { clusterNameOf } from "../../../modules/core/cluster/cluster";
import {
  clientSecurityGroupsOf,
  controllersOf,
} from "../../../modules/core/controllers/given";
import { CLOUDWATCH_OBSERVABILITY } from "../../../modules/aws/eks/cloudwatch-observability";
import { agentLogGroups } from "../../../modules/core/observability/agents";
import {
  hasAgents,
  isCreatedCluster,
  isCreatedNetwork,
} from "../../../modules/core/kinds";
import { dnsSuffixOf } from "../../../modules/lib/aws-partition";
import { isEcrRegistry } from "../../../modules/lib/ecr-registry";
import { namesOf } from "../../../modules/lib/names";
import { type Document } from "../../../modules/lib/template";
import { makesBucket } from "../../../modules/compute-env/facts";
import { workBucketName } from "../../../modules/compute-env/names";
import { factsOf } from "../../../modules/facts";
import { type Settings, hasComputeEnv, hasWave } from "../../../modules/schema";
import {
  bucketNameOf,
  loggedBuckets,
} from "../../../modules/wave/stores/bucket-names";
import { hasBuilds } from "../../../modules/wave/release/line";
import { mailConfigurationSetName } from "../../../modules/wave/identity/mail-domain";
import { type WaveSettings } from "../../../modules/wave/settings/schema";
import { postgresLogGroups } from "../../../modules/wave/stores/postgres-names";

/** Placeholders of `policies/deployer/`. */
export type DeployerValue = keyof ReturnType<typeof deployerValues>;

/** Services that use a key of the environment in the name of the deployer. */
const KEY_SERVICES = [
  "backup",
  "ecr",
  "elasticache",
  "elasticfilesystem",
  "rds",
  "secretsmanager",
];

/** Whether nodes of ours are started: those of a cluster of ours, or groups in one that exists. */
export const hasOwnNodes = (settings: Settings): boolean =>
  isCreatedCluster(settings) ||
  Object.keys(settings.cluster.nodeGroups).length > 0 ||
  (hasComputeEnv(settings) && settings.computeEnv.nodes.kind === "nodeGroup");

/** Services that the deployer gives a role to. */
const roleServices = (settings: Settings): string[] => [
  "backup",
  ...(hasOwnNodes(settings) ? ["ec2"] : []),
  // Control plane, node groups, and an add-on with a role.
  ...(hasOwnNodes(settings) || hasAgents(settings) ? ["eks"] : []),
  "monitoring.rds",
  ...(isCreatedNetwork(settings) ? ["vpc-flow-logs"] : []),
];

/** Log groups that are made here, or by a service for what is made here. */
const logGroupNames = (settings: Settings): string[] => [
  ...(isCreatedCluster(settings)
    ? [clusterLogGroupName(clusterNameOf(settings))]
    : []),
  ...(isCreatedNetwork(settings)
    ? [flowLogGroupName(namesOf(settings).prefix)]
    : []),
  ...Object.values(agentLogGroups(settings)),
  ...(hasWave(settings) ? postgresLogGroups(withRelease(settings)) : []),
  ...emgPartsOf(settings).logGroups,
];

export const hasLogGroups = (settings: Settings): boolean =>
  logGroupNames(settings).length > 0;

/** Add-ons that are made in a cluster that exists. */
export const addOnsOf = (settings: Settings): string[] => [
  ...(controllersOf(settings).metricsServer === "ours"
    ? ["metrics-server"]
    : []),
  ...(hasAgents(settings) ? [CLOUDWATCH_OBSERVABILITY.addOn] : []),
];

/** VPC and subnets that exist may be those of another account, which shares them. */
function existingNetwork({ network, region }: Settings) {
  const of = `arn:aws:ec2:${region}:*:`;
  if (network.kind === "created") return { vpc: "", subnets: [] };
  const { subnets, vpcId } = network;
  return {
    vpc: `${of}vpc/${vpcId}`,
    subnets: Object.values(subnets.private).map(
      ({ id }) => `${of}subnet/${id}`,
    ),
  };
}

/** Region of the bucket that holds the state. */
export const stateRegion = ({ backend, region }: Settings): string =>
  backend.kind === "s3" ? (backend.region ?? region) : region;

/** Roles that Terraform assumes with the credentials it is started with: the deployer, and that of the states. */
export const assumedRoles = ({ access, backend }: Settings): string[] =>
  [access.assumeRole, backend.kind === "s3" ? backend.assumeRole : undefined]
    .filter((role) => role !== undefined)
    .map(({ roleArn }) => roleArn);

/** Repositories in ECR that charts are read from. */
export function chartArns(settings: Settings): string[] {
  const named = Object.entries(CHARTS).map(
    ([key, chart]): readonly [string, string] => [
      settings.charts[key as keyof typeof CHARTS].repository,
      chart,
    ],
  );
  return [...named, ...deliveryCharts(settings)].flatMap(
    ([repository, chart]) => {
      const [, , host = "", ...path] = repository.split("/");
      const [account = "", , , region = ""] = host.split(".");
      return isEcrRegistry(host) && repository.startsWith("oci://")
        ? [
            `arn:aws:ecr:${region}:${account}:repository/${[...path, chart].join("/")}`,
          ]
        : [];
    },
  );
}

/** Charts by their key in `charts` of the settings. */
const CHARTS = {
  efsCsiDriver: EFS_CSI_DRIVER.chart,
  loadBalancerController: LOAD_BALANCER_CONTROLLER.chart,
  clusterAutoscaler: CLUSTER_AUTOSCALER.chart,
};

/** Repositories that are made, and all that are read: of Wave's builds, and of services. */
export function repositoriesOf(settings: Settings) {
  const { region, accountId } = settings;
  const services = deliveryPartsOf(settings);
  const hasOwn = hasWave(settings) && hasBuilds(settings);
  const prefix =
    (hasOwn ? settings.data.ecr.prefix : undefined) ?? namesOf(settings).prefix;
  const builds = (hasOwn ? ["build", "cache"] : []).map(
    (what) => `arn:aws:ecr:${region}:${accountId}:repository/${prefix}/${what}`,
  );
  const made = hasOwn && settings.data.ecr.existing ? [] : builds;
  return {
    made: [...made, ...services.repositories],
    read: [...builds, ...services.repositories, ...services.givenRepositories],
  };
}

const zoneArn = (id: string): string => `arn:aws:route53:::hostedzone/${id}`;

/** Hosted zones that records are written into. */
export function zonesOf(settings: Settings): string[] {
  const { hostedZoneId } = settings.dns;
  const ofWave = hasWave(settings) && hostedZoneId !== undefined;
  return [
    ...new Set([
      ...(ofWave ? [hostedZoneId] : []),
      ...deliveryPartsOf(settings).zones,
      ...emgPartsOf(settings).zones,
    ]),
  ];
}

/** Buckets that the stacks make. */
export function bucketArns(settings: Settings): string[] {
  const names = hasWave(settings)
    ? [bucketNameOf(settings, "access-logs"), ...loggedBuckets(settings)]
    : [];
  if (hasComputeEnv(settings) && makesBucket(settings))
    names.push(workBucketName(settings));
  return [
    ...names.map((name) => `arn:aws:s3:::${name}`),
    ...deliveryPartsOf(settings).buckets,
    ...emgPartsOf(settings).buckets,
  ];
}

/** What the policies of the deployer name of an environment. ARNs are of partition `aws`; `readPolicy` rewrites it. */
export function deployerValues(settings: Settings) {
  const { accountId, region, iam, backend } = settings;
  const names = namesOf(settings);
  const here = `${region}:${accountId}`;
  const buckets = bucketArns(settings);
  const existing = existingNetwork(settings);
  const delivery = deliveryPartsOf(settings);
  const repositories = repositoriesOf(settings);
  return {
    REGION: region,
    ACCOUNT_ID: accountId,
    DNS_SUFFIX: dnsSuffixOf(region),
    PREFIX: names.prefix,
    KEY_SERVICES: [
      ...hostsOf(
        KEY_SERVICES.map((service) => `${service}.${region}`),
        region,
      ),
      ...(delivery.tables.length > 0 ? tableServices(settings) : []),
    ],
    PASSED_TO: hostsOf(roleServices(settings), region),
    CHART_ARNS: chartArns(settings),
    CLUSTER_NAME: clusterNameOf(settings),
    ADD_ON_ARNS: [
      `arn:aws:eks:${here}:cluster/${clusterNameOf(settings)}`,
      ...addOnsOf(settings).map(
        (addOn) =>
          `arn:aws:eks:${here}:addon/${clusterNameOf(settings)}/${addOn}/*`,
      ),
    ],
    CLIENT_GROUP_ARNS: clientSecurityGroupsOf(settings).map(
      (id) => `arn:aws:ec2:${here}:security-group/${id}`,
    ),
    VPC_ARN: existing.vpc,
    SUBNET_ARNS: existing.subnets,
    TAG: AUTOSCALED_BY,
    BUCKET_ARNS: buckets,
    OBJECT_ARNS: buckets.map((arn) => `${arn}/*`),
    STATE_BUCKET_ARN: `arn:aws:s3:::${backend.kind === "s3" ? backend.bucket : ""}`,
    REPOSITORY_ARNS: repositories.made,
    READ_REPOSITORY_ARNS: repositories.read,
    CHART_REPOSITORY_ARN: delivery.chartRepository,
    TABLE_ARNS: [...delivery.tables],
    TABLE_SERVICES: tableServices(settings),
    QUEUE_ARNS: [...delivery.queues],
    TOPIC_ARNS: [...delivery.topics],
    // A subscription's ARN goes on from the topic's.
    ALARM_TOPIC_ARNS: ["", ":*"].map(
      (end) => `arn:aws:sns:${here}:${names.of("alarms")}${end}`,
    ),
    CORS_BUCKET_ARNS: [...delivery.corsBuckets],
    VAULT_ARNS: [
      `arn:aws:backup:${here}:backup-vault:${names.prefix}-*`,
      `arn:aws:backup:${here}:recovery-point:*`,
    ],
    LOG_GROUP_ARNS: logGroupNames(settings).flatMap((name) => {
      const arn = `arn:aws:logs:${here}:log-group:${name}`;
      return [arn, `${arn}:*`];
    }),
    // Secrets Manager ends every ARN with six characters of its own.
    OPERATOR_SECRET_ARNS: [
      ...new Set(
        [
          ...registrySecretsOf(settings),
          ...factsOf(settings).flatMap(
            ({ operatorSecrets }) => operatorSecrets,
          ),
        ].map(
          ({ name }) => `arn:aws:secretsmanager:${here}:secret:${name}-??????`,
        ),
      ),
    ],
    ASSUMED_ROLE_ARNS: assumedRoles(settings),
    ROLE_ARNS: [`${names.iam("")}*`, ...delivery.roleNames].map(
      (name) => `arn:aws:iam::${accountId}:role${iam.path}${name}`,
    ),
    NODE_ROLE_ARN: `arn:aws:iam::${accountId}:role${iam.path}${names.iam(NODE_ROLE)}`,
    NODE_POLICY_ARNS: [...settings.cluster.nodePolicyArns],
    POLICY_ARNS: `arn:aws:iam::${accountId}:policy${iam.path}${names.iam("")}*`,
    BOUNDARY_ARN: iam.permissionsBoundaryArn ?? "",
    MAIL_ARNS: hasWave(settings) ? mailArns(settings) : [],
    ZONE_ARNS: zonesOf(settings).map(zoneArn),
    READ_ZONE_ARNS: delivery.readZones.map(zoneArn),
    RECORD_NAMES: [
      ...(hasWave(settings) ? recordNames(settings) : []),
      ...delivery.records,
      ...emgPartsOf(settings).records,
    ],
  } satisfies Record<string, Document>;
}

/** In China AWS calls some services by their name there and some by that of everywhere else; nobody lists which. */
const hostsOf = (services: readonly string[], region: string): string[] =>
  [...new Set(["amazonaws.com", dnsSuffixOf(region)])].flatMap((suffix) =>
    services.map((service) => `${service}.${suffix}`),
  );

function mailArns(settings: WaveSettings): string[] {
  const { region, accountId, wave } = settings;
  const here = `arn:aws:ses:${region}:${accountId}`;
  return [
    `${here}:identity/${wave.mail?.domain ?? ""}`,
    `${here}:configuration-set/${mailConfigurationSetName(settings)}`,
  ];
}

/** Names that the stacks write into the hosted zone: of Wave, of the certificate's proof, of mail. */
function recordNames({ wave, dns }: WaveSettings): string[] {
  const proofs = (dns.certificateDomains ?? [wave.hostname]).map(
    (domain) => `_*.${domain.replace(/^\*\./, "")}`,
  );
  const { mail } = wave;
  if (mail === undefined || mail.existingIdentity)
    return [wave.hostname, ...proofs];
  const own = mail.mailFromDomain === undefined ? [] : [mail.mailFromDomain];
  const dmarc = mail.dmarc === undefined ? [] : [`_dmarc.${mail.domain}`];
  return [
    wave.hostname,
    ...proofs,
    `*._domainkey.${mail.domain}`,
    ...own,
    ...dmarc,
  ];
}
