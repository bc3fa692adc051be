import { type TerraformRemoteState, type TerraformStack } from "cdktf";
import { writeOutput } from "./output";

/** What `data` tells the other stacks. */
export interface DataOutputs {
  /** Id of the EFS file system, `fs-…` (SET-07). */
  readonly fileSystemId: string;
  /** Access point A: Wave's view of the shared folder (K8S-03). */
  readonly waveAccessPointId: string;
  /** Access point B: the builds' view of the same folder (K8S-07). */
  readonly buildAccessPointId: string;
  /** Access point C: SurrealDB's own folder (SUR-05). */
  readonly surrealAccessPointId: string;
  /** Host of Redis (SET-17). */
  readonly redisHost: string;
  /** Port of Redis. */
  readonly redisPort: number;
  /** Bucket of build logs (SET-11). */
  readonly logsBucket: string;
  /** Key of the bucket of build logs (INF-21). */
  readonly logsKeyArn: string;
  /** Bucket of access logs; SSE-S3, because load balancers deliver to nothing else (EXC-06). */
  readonly accessLogsBucket: string;
  /** Address of the repository of built images, `<account>.dkr.ecr.<region>.…/<prefix>/build` (SET-15). */
  readonly buildRepositoryUrl: string;
  /** Address of the repository of cached layers (SET-16). */
  readonly cacheRepositoryUrl: string;
  /** ARN of the repository of built images. */
  readonly buildRepositoryArn: string;
  /** ARN of the repository of cached layers. */
  readonly cacheRepositoryArn: string;
  /** ARN of the secret of SurrealDB's password; taken from its version, so that it exists only with a value (DEC-25). */
  readonly surrealSecretArn: string;
  /** Key of the secrets made by this project: readers need kms:Decrypt on it. */
  readonly secretsKeyArn: string;
  /** ARN of the secret of Redis' password; empty while `data.redis.auth` is off. */
  readonly redisSecretArn: string;
}

const descriptions: Record<keyof DataOutputs, string> = {
  fileSystemId: "Id of the EFS file system.",
  waveAccessPointId: "EFS access point of Wave.",
  buildAccessPointId: "EFS access point of the builds, same folder.",
  surrealAccessPointId: "EFS access point of SurrealDB, own folder.",
  redisHost: "Host of Redis.",
  redisPort: "Port of Redis.",
  logsBucket: "Bucket of build logs.",
  logsKeyArn: "KMS key of the bucket of build logs.",
  accessLogsBucket: "Bucket of S3 and load-balancer access logs.",
  buildRepositoryUrl: "Address of the repository of built images.",
  cacheRepositoryUrl: "Address of the repository of cached layers.",
  buildRepositoryArn: "ARN of the repository of built images.",
  cacheRepositoryArn: "ARN of the repository of cached layers.",
  surrealSecretArn: "ARN of the secret of SurrealDB's password.",
  secretsKeyArn: "KMS key of the secrets.",
  redisSecretArn:
    "ARN of the secret of Redis' password; empty without data.redis.auth.",
};

/** `fileSystemId` → `file_system_id`. */
const outputName = (field: string): string =>
  field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export function writeDataOutputs(
  stack: TerraformStack,
  outputs: DataOutputs,
): void {
  for (const [field, description] of Object.entries(descriptions)) {
    writeOutput(
      stack,
      outputName(field),
      outputs[field as keyof DataOutputs],
      description,
    );
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
    surrealSecretArn: state.getString("surreal_secret_arn"),
    secretsKeyArn: state.getString("secrets_key_arn"),
    redisSecretArn: state.getString("redis_secret_arn"),
  };
}
