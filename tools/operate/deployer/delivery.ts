import { topicArn } from "../../../modules/aws/sns/topic";
import { deadLetterName, queueArn } from "../../../modules/aws/sqs/queue";
import {
  CERT_MANAGER,
  EXTERNAL_DNS,
  accessLogsBucketName,
  chartRepositoryName,
  repositoryArn,
  repositoryNameOf,
  zoneIdOf,
} from "../../../modules/delivery/names";
import { type DeliverySettings } from "../../../modules/delivery/settings/schema";
import {
  bucketNameOf,
  storeArn,
  storeNameOf,
} from "../../../modules/delivery/store-arn";
import { dnsSuffixOf } from "../../../modules/lib/aws-partition";
import { type Settings, hasDelivery } from "../../../modules/schema";

/** What a platform of services has that the deployer makes by name. */
export interface DeliveryParts {
  readonly buckets: readonly string[];
  readonly corsBuckets: readonly string[];
  readonly tables: readonly string[];
  readonly queues: readonly string[];
  readonly topics: readonly string[];
  /** Repositories that are made, and those that are read. */
  readonly repositories: readonly string[];
  readonly givenRepositories: readonly string[];
  readonly chartRepository: string;
  /** Roles with names of their own. */
  readonly roleNames: readonly string[];
  /** The zone that is written, or else the one that is only looked at. */
  readonly zones: readonly string[];
  readonly readZones: readonly string[];
  readonly records: readonly string[];
  readonly hasCertificate: boolean;
  /** Whose GitHub's provider is, where workflows log in by it. */
  readonly githubIssuer: "ours" | "existing" | undefined;
  readonly hasRedis: boolean;
}

const NONE: DeliveryParts = {
  buckets: [],
  corsBuckets: [],
  tables: [],
  queues: [],
  topics: [],
  repositories: [],
  givenRepositories: [],
  chartRepository: "",
  roleNames: [],
  zones: [],
  readZones: [],
  records: [],
  hasCertificate: false,
  githubIssuer: undefined,
  hasRedis: false,
};

/** The parts of an environment; none without the section. */
export const deliveryPartsOf = (settings: Settings): DeliveryParts =>
  hasDelivery(settings) ? partsOf(settings) : NONE;

function partsOf(settings: Settings & DeliverySettings): DeliveryParts {
  const { delivery } = settings;
  const { services, stores, tls, ingress } = delivery;
  const bucket = (name: string): string => `arn:aws:s3:::${name}`;
  const hasCertificate = tls.kind === "acm";
  const writesZone = hasCertificate || delivery.dns.owner === "terraform";
  const readsZone = tls.kind === "letsencrypt" || delivery.dns.owner !== "none";
  const zones = [zoneIdOf(settings) ?? ""];
  const repositories = (kind: "created" | "existing"): string[] =>
    services
      .filter(({ ecr }) => ecr.kind === kind)
      .map((service) => repositoryArn(settings, repositoryNameOf(service)));
  const chartRepository = repositoryArn(
    settings,
    chartRepositoryName(settings),
  );
  return {
    buckets: [
      ...stores.buckets.map((one) => bucketNameOf(settings, one)),
      ...(ingress.class === "alb" && ingress.accessLogs
        ? [accessLogsBucketName(settings)]
        : []),
    ].map(bucket),
    corsBuckets: stores.buckets
      .filter(({ cors }) => cors !== undefined)
      .map((one) => bucket(bucketNameOf(settings, one))),
    tables: stores.tables.map(({ name }) =>
      storeArn(settings, `table/${name}`),
    ),
    ...messagingOf(settings),
    repositories: [...repositories("created"), chartRepository],
    givenRepositories: repositories("existing"),
    chartRepository,
    roleNames: services.flatMap(({ role }) => role?.physicalName ?? []),
    zones: writesZone ? zones : [],
    readZones: readsZone && !writesZone ? zones : [],
    records: recordNames(settings),
    hasCertificate,
    githubIssuer: services.some(({ ci }) => ci !== undefined)
      ? delivery.github.oidcProvider
      : undefined,
    hasRedis: stores.redis !== undefined,
  };
}

/** Every queue has one of dead letters, and every subscription too, whose name goes on from the topic's. */
function messagingOf(
  settings: DeliverySettings,
): Pick<DeliveryParts, "queues" | "topics"> {
  const { queues, topics } = settings.delivery.stores;
  const queueNames = queues.map((queue) => storeNameOf(settings, queue));
  const topicNames = topics.map((topic) => storeNameOf(settings, topic));
  return {
    queues: [
      ...queueNames.flatMap((name) => [name, deadLetterName(name)]),
      ...topics
        .filter(({ subscriptions }) => subscriptions.length > 0)
        .map(
          (topic) => `${storeNameOf(settings, { ...topic, fifo: false })}-*`,
        ),
    ].map((name) => queueArn(settings, name)),
    // A subscription's ARN goes on from the topic's.
    topics: topicNames.flatMap((name) => [
      topicArn(settings, name),
      topicArn(settings, `${name}:*`),
    ]),
  };
}

/** IAM knows a wildcard by its octal code. */
const WILDCARD = String.raw`\052`;

/** The domain with every name below it, and the proof of its certificate. */
function recordNames({ delivery }: DeliverySettings): string[] {
  const { domain, dns, tls } = delivery;
  return [
    ...(dns.owner === "terraform" ? [domain, `${WILDCARD}.${domain}`] : []),
    ...(tls.kind === "acm" ? [`_*.${domain}`] : []),
  ];
}

/** Charts that the platform installs, with their repositories. */
export function deliveryCharts(
  settings: Settings,
): (readonly [repository: string, chart: string])[] {
  if (!hasDelivery(settings)) return [];
  const { flux, ingress, tls, dns } = settings.delivery;
  return [
    ...(flux ? [[flux.chart.repository, "flux2"] as const] : []),
    ...(ingress.class === "nginx"
      ? [[ingress.chart.repository, "nginx-ingress"] as const]
      : []),
    ...(tls.kind === "letsencrypt"
      ? [[tls.chart.repository, CERT_MANAGER.name] as const]
      : []),
    ...(dns.owner === "external-dns"
      ? [[dns.chart.repository, EXTERNAL_DNS.name] as const]
      : []),
  ];
}

/** Files of `policies/deployer/` for stores and workflows of services. */
export function servicesFiles(settings: Settings) {
  if (!hasDelivery(settings)) return [];
  const parts = partsOf(settings);
  return [
    parts.tables.length > 0 && "tables",
    parts.queues.length > 0 && "queues",
    parts.topics.length > 0 && "topics",
    parts.corsBuckets.length > 0 && "bucket-cors",
    parts.githubIssuer === "ours" && "github-issuer",
    parts.githubIssuer === "existing" && "github-issuer-lookup",
    "chart-push",
  ] as const;
}

/** DynamoDB's names in the conditions of KMS. */
export const tableServices = ({ region }: Settings): string[] => [
  ...new Set(
    ["amazonaws.com", dnsSuffixOf(region)].map(
      (suffix) => `dynamodb.${region}.${suffix}`,
    ),
  ),
];
