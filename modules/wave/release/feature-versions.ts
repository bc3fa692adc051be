import { gte, lt } from "semver";

/** A release of Wave that changed something these stacks, or those who use them, depend on. */
export interface FeatureVersion {
  readonly version: string;
  /** What changed, as a sentence without its full stop. */
  readonly meaning: string;
}

/**
 * All releases that matter here, oldest first. Every comparison with a version of Wave reads this list, so a
 * corrected number is corrected everywhere.
 */
export const FEATURE_VERSIONS = {
  oldest: {
    version: "1.3.3",
    meaning: "the oldest release whose keys were checked",
  },
  containerApi: {
    version: "1.6.0",
    meaning:
      "POST /v1alpha2/container, which wave-cli 1.3 and Nextflow 24.04 ask for",
  },
  hostCredentials: {
    version: "1.7.0",
    meaning:
      "Wave uses its own credentials for every image on the host of the build repository, not for that repository alone",
  },
  buildKit: {
    version: "1.8.0",
    meaning:
      "BuildKit replaces Kaniko, so the build pod no longer logs in to ECR with its own AWS identity",
  },
  buildLogsByPath: {
    version: "1.9.0",
    meaning: "the environment buildlogs-aws is gone",
  },
  jobs: { version: "1.12.0", meaning: "builds are Jobs instead of pods" },
  containerStatus: {
    version: "1.13.0",
    meaning:
      "the status of a container request, which wave-cli 1.5 and Nextflow 24.10 ask for",
  },
  redisPassword: {
    version: "1.15.3",
    meaning: "TLS and a password for Redis by keys of their own",
  },
  postgres: {
    version: "1.21.0",
    meaning:
      "PostgreSQL replaces SurrealDB, and build logs and locks need paths in S3",
  },
  scanReports: {
    version: "1.24.0",
    meaning: "scan reports need a path in S3",
  },
  pooledAllocator: {
    version: "1.25.0",
    meaning: "the JVM options must name Netty's pooled allocator",
  },
  s3LayerCache: {
    version: "1.29.0",
    meaning: "cached layers can stand in S3",
  },
  noarch: {
    version: "1.32.0",
    meaning: "the platform noarch, on which jobs without an architecture run",
  },
  alb: {
    version: "1.32.4",
    meaning: "the environment alb, which reads the client's address",
  },
  surrealGone: {
    version: "1.32.6",
    meaning: "the code for SurrealDB is removed",
  },
  roleLogin: {
    version: "1.33.0",
    meaning:
      "the server can log in to ECR with a role ARN, and images have several platforms",
  },
  serverPort: {
    version: "1.34.0",
    meaning: "WAVE_SERVER_PORT sets the port",
  },
  tokenWatcher: {
    version: "1.36.0",
    meaning: "the key wave.tokens.watcher",
  },
  capabilities: {
    version: "1.37.0",
    meaning: "the keys wave.capabilities.*, and the environment strict",
  },
} as const satisfies Readonly<Record<string, FeatureVersion>>;

/** Newest release whose keys were checked. */
export const NEWEST_CHECKED = FEATURE_VERSIONS.capabilities.version;

/** Newest release of the classic line, for those who look for the nearest one that works. */
export const NEWEST_CLASSIC = "1.7.9";

/** Whether a release has what came with a feature version. */
export const hasFeature = (
  version: string,
  name: keyof typeof FEATURE_VERSIONS,
): boolean => gte(version, FEATURE_VERSIONS[name].version);

/** Whether a release is of the classic line: SurrealDB and Kaniko. */
export const isClassicRelease = (version: string): boolean =>
  hasFeature(version, "oldest") &&
  lt(version, FEATURE_VERSIONS.buildKit.version);

/** Whether a release is of the current line: PostgreSQL, BuildKit and a login to ECR by role. */
export const isCurrentRelease = (version: string): boolean =>
  hasFeature(version, "roleLogin");
