import { type TerraformRemoteState, type TerraformStack } from "cdktf";
import { outputName, writeOutput } from "./output";

/**
 * What `data` tells the other stacks. What an environment does not have is not written; a reader that asks for it all the
 * same fails the graph check, because no stack writes that output.
 */
export interface DataOutputs {
  /** Id of the EFS file system, `fs-…` (SET-07). Not with `wave.mode: lite`, nor what stands below it up to Redis. */
  readonly fileSystemId: string;
  /** Access point A: Wave's view of the shared folder (K8S-03). */
  readonly waveAccessPointId: string;
  /** Access point B: the builds' view of the same folder (K8S-07). */
  readonly buildAccessPointId: string;
  /** Access point C: SurrealDB's own folder (SUR-05). Classic only. */
  readonly surrealAccessPointId: string;
  /** Host of Redis (SET-17). */
  readonly redisHost: string;
  /** Port of Redis. */
  readonly redisPort: number;
  /** Bucket of build logs, build locks and scan reports (SET-11, INF-03). Not with `wave.mode: lite`. */
  readonly logsBucket: string;
  /** Key of that bucket (INF-21). Not with `wave.mode: lite`. */
  readonly logsKeyArn: string;
  /** Bucket of access logs; SSE-S3, because load balancers deliver to nothing else (EXC-06). */
  readonly accessLogsBucket: string;
  /** Address of the repository of built images, `<account>.dkr.ecr.<region>.…/<prefix>/build` (SET-15). Not with lite. */
  readonly buildRepositoryUrl: string;
  /** Address of the repository of cached layers (SET-16). Not with lite. */
  readonly cacheRepositoryUrl: string;
  /** ARN of the repository of built images. Not with lite. */
  readonly buildRepositoryArn: string;
  /** ARN of the repository of cached layers. Not with lite. */
  readonly cacheRepositoryArn: string;
  /** Bucket of BuildKit's layers, with `data.buildCache` (IAM-08). */
  readonly buildCacheBucket: string;
  /** Key of that bucket. */
  readonly buildCacheKeyArn: string;
  /**
   * ARN of the secret of SurrealDB's password; taken from its version, so that it exists only with a value (DEC-25).
   * Classic only.
   */
  readonly surrealSecretArn: string;
  /** Host of PostgreSQL (INF-16). Current only. */
  readonly postgresHost: string;
  /** Port of PostgreSQL. Current only. */
  readonly postgresPort: number;
  /** ARN of the secret of the database password; taken from its version (DEC-25). Current only. */
  readonly postgresSecretArn: string;
  /** Key of the secrets made by this project: readers need kms:Decrypt on it. */
  readonly secretsKeyArn: string;
  /** ARN of the secret of Redis' password; empty without one (`data.redis.auth`). */
  readonly redisSecretArn: string;
}

const descriptions: Record<keyof DataOutputs, string> = {
  fileSystemId: "Id of the EFS file system.",
  waveAccessPointId: "EFS access point of Wave.",
  buildAccessPointId: "EFS access point of the builds, same folder.",
  surrealAccessPointId: "EFS access point of SurrealDB, own folder.",
  redisHost: "Host of Redis.",
  redisPort: "Port of Redis.",
  logsBucket: "Bucket of build logs, build locks and scan reports.",
  logsKeyArn: "KMS key of that bucket.",
  accessLogsBucket: "Bucket of S3 and load-balancer access logs.",
  buildRepositoryUrl: "Address of the repository of built images.",
  cacheRepositoryUrl: "Address of the repository of cached layers.",
  buildRepositoryArn: "ARN of the repository of built images.",
  cacheRepositoryArn: "ARN of the repository of cached layers.",
  buildCacheBucket: "Bucket of cached layers.",
  buildCacheKeyArn: "KMS key of the bucket of cached layers.",
  surrealSecretArn: "ARN of the secret of SurrealDB's password.",
  postgresHost: "Host of PostgreSQL.",
  postgresPort: "Port of PostgreSQL.",
  postgresSecretArn: "ARN of the secret of PostgreSQL's password.",
  secretsKeyArn: "KMS key of the secrets.",
  redisSecretArn:
    "ARN of the secret of Redis' password; empty without data.redis.auth.",
};

/** Writes what the environment has. */
export function writeDataOutputs(
  stack: TerraformStack,
  outputs: Partial<DataOutputs>,
): void {
  for (const [field, description] of Object.entries(descriptions)) {
    const value = outputs[field as keyof DataOutputs];
    if (value !== undefined)
      writeOutput(stack, outputName(field), value, description);
  }
}

export function readDataOutputs(state: TerraformRemoteState): DataOutputs {
  return {
    fileSystemId: state.getString("file_system_id"),
    waveAccessPointId: state.getString("wave_access_point_id"),
    buildAccessPointId: state.getString("build_access_point_id"),
    surrealAccessPointId: state.getString("surreal_access_point_id"),
    redisHost: state.getString("redis_host"),
    redisPort: state.getNumber("redis_port"),
    logsBucket: state.getString("logs_bucket"),
    logsKeyArn: state.getString("logs_key_arn"),
    accessLogsBucket: state.getString("access_logs_bucket"),
    buildRepositoryUrl: state.getString("build_repository_url"),
    cacheRepositoryUrl: state.getString("cache_repository_url"),
    buildRepositoryArn: state.getString("build_repository_arn"),
    cacheRepositoryArn: state.getString("cache_repository_arn"),
    buildCacheBucket: state.getString("build_cache_bucket"),
    buildCacheKeyArn: state.getString("build_cache_key_arn"),
    surrealSecretArn: state.getString("surreal_secret_arn"),
    postgresHost: state.getString("postgres_host"),
    postgresPort: state.getNumber("postgres_port"),
    postgresSecretArn: state.getString("postgres_secret_arn"),
    secretsKeyArn: state.getString("secrets_key_arn"),
    redisSecretArn: state.getString("redis_secret_arn"),
  };
}
