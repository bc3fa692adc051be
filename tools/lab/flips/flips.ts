import { type Patch } from "../settings";

/** One setting with another value, as an operator would write it. */
export interface Flip {
  /** Path as in docs/settings.md. */
  readonly setting: string;
  /** `null` takes the key away. */
  readonly to: Patch[string];
  /** What has to change with it, by path. @default nothing */
  readonly also?: Readonly<Record<string, Patch[string]>>;
}

/** Lines whose settings are flipped. */
export type FlipLine = "current" | "classic";

const flip = (setting: string, to: Flip["to"], also?: Flip["also"]): Flip => ({
  setting,
  to,
  ...(also && { also }),
});

/** The admin of the examples, with more than `view`. */
const ADMIN = {
  principal: "arn:aws:iam::123456789012:role/platform-engineers",
  policy: "edit",
};
const OTHER_ROLE = "arn:aws:iam::123456789012:role/other-deployer";
const ACL =
  "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/wave/11111111-2222-3333-4444-555555555555";

/** Of the current line, in the order of docs/settings.md. */
const current: readonly Flip[] = [
  flip("name", "wavetwo"),
  flip("region", "eu-west-1"),
  flip("retain", false),
  flip("tags.cost-center", "4711"),
  flip("backend.bucket", "another-state-bucket"),
  flip("access.deployer", OTHER_ROLE),
  flip("access.admins", [ADMIN]),
  flip("iam.path", "/wave/"),
  flip("dns.certificateDomains", ["wave.example.com", "w.example.com"]),
  flip("network.cidr", "10.60.0.0/16"),
  flip("network.podCidr", "100.64.0.0/16"),
  flip("network.zones", ["a", "b"]),
  flip("network.internet", false),
  flip("network.natGateways", "single"),
  flip("network.interfaceEndpoints", ["ecr.api", "sts"]),
  flip("network.proxy.url", "http://proxy.example.com:3128"),
  flip("network.flowLogRetentionDays", 30),
  flip("network.disjointFrom", ["10.200.0.0/16"]),
  flip("cluster.name", "another-name"),
  flip("cluster.version", "1.35"),
  flip("cluster.serviceCidr", "10.110.0.0/16"),
  flip("cluster.endpoint.publicCidrs", ["203.0.113.0/24", "198.51.100.0/24"]),
  flip("cluster.logRetentionDays", 30),
  flip("cluster.autoscaler", null, {
    "cluster.nodeGroups.build.minSize": 1,
    "cluster.nodeGroups.build.desiredSize": 1,
  }),
  flip("cluster.networkPolicyMode", "strict"),
  flip("cluster.nodeGroups.system.maxSize", 6),
  flip("cluster.nodeGroups.build.diskGiB", 200),
  flip("cluster.nodeGroups.build.instanceTypes", ["m5.2xlarge"]),
  flip("data.efs.throughputMode", "bursting"),
  flip("data.redis.nodeType", "cache.t3.small"),
  flip("data.redis.replicas", 1),
  flip("data.redis.auth", false),
  flip("data.redis.authVersion", 2, { "data.redis.authUpdate": "ROTATE" }),
  flip("data.postgres.engineVersion", "16"),
  flip("data.postgres.instanceClass", "db.t4g.large"),
  flip("data.postgres.multiAz", false),
  flip("data.postgres.storageGiB", 50),
  flip("data.postgres.passwordVersion", 2),
  flip("data.ecr.prefix", "other"),
  flip("data.logs.expirationDays", 30),
  flip("charts.loadBalancerController.image", "registry.example.com/lb:v3.5.0"),
  flip("wave", null),
  flip("wave.version", "1.36.0"),
  flip("wave.hostname", "waves.example.com"),
  flip("wave.namespace", "wave-two"),
  flip("wave.autoscaling.maxReplicas", 6),
  flip("wave.logLevel", "INFO"),
  flip("wave.scan.enabled", false),
  flip("wave.ingress.scheme", "internal"),
  flip("wave.ingress.loadBalancerName", "another-balancer"),
  flip("wave.ingress.wafAclArn", ACL),
  flip("wave.mail.domain", "mail.example.com", {
    "wave.mail.sender": "wave@mail.example.com",
  }),
];

/** Of the classic line: what it alone has, and where it answers otherwise. */
const classic: readonly Flip[] = [
  flip("data.redis.tls", false, { "data.redis.auth": false }),
  flip("wave.version", "1.7.9"),
  flip("wave.version", "1.37.0"),
  flip("wave.classic.surrealPasswordVersion", 2),
  flip("wave.classic.surrealMemory", "3000Mi"),
  flip("wave.classic.exportSchedule", "17 4 * * *"),
  flip("wave.build.timeout", "20m"),
  flip("wave.build.failedPodsAfterHours", 12),
];

/** Sixty of them. */
export const FLIPS: Readonly<Record<FlipLine, readonly Flip[]>> = {
  current,
  classic,
};

/** The change as it is written over a settings file. */
export const patchOf = ({ setting, to, also = {} }: Flip): Patch =>
  Object.entries({ [setting]: to, ...also }).reduce<Patch>(
    (patch, [path, value]) => withPath(patch, path.split("."), value),
    {},
  );

function withPath(
  patch: Patch,
  [name = "", ...below]: readonly string[],
  value: Patch[string],
): Patch {
  if (below.length === 0) return { ...patch, [name]: value };
  const under = (patch[name] ?? {}) as Patch;
  return { ...patch, [name]: withPath(under, below, value) };
}

/** The value at a path; undefined where there is none. */
export const valueAt = (settings: unknown, path: string): unknown =>
  path
    .split(".")
    .reduce<unknown>(
      (value, name) =>
        typeof value === "object" && value !== null
          ? (value as Readonly<Record<string, unknown>>)[name]
          : undefined,
      settings,
    );
