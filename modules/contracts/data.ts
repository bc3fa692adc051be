import { number, optional, text, type Values } from "./outputs";

/**
 * What `data` gives the other stacks. All of it belongs to a platform, so that an environment without one has none.
 * ARNs of secrets are those of a version: they exist only once the secret has a value.
 */
export const dataOutputs = {
  fileSystemId: optional(text("Id of the EFS file system.")),
  waveAccessPointId: optional(text("EFS access point of Wave.")),
  buildAccessPointId: optional(
    text("EFS access point of the builds, same folder."),
  ),
  surrealAccessPointId: optional(
    text("EFS access point of SurrealDB, own folder."),
  ),
  redisHost: optional(text("Host of Redis.")),
  redisPort: optional(number("Port of Redis.")),
  logsBucket: optional(
    text(
      "Bucket of build logs; exports of the database (classic line), or build locks and scan reports (current line).",
    ),
  ),
  logsKeyArn: optional(text("KMS key of that bucket.")),
  accessLogsBucket: optional(
    text("Bucket of S3 and load-balancer access logs."),
  ),
  buildRepositoryUrl: optional(
    text("Address of the repository of built images."),
  ),
  cacheRepositoryUrl: optional(
    text("Address of the repository of cached layers."),
  ),
  buildRepositoryArn: optional(text("ARN of the repository of built images.")),
  cacheRepositoryArn: optional(text("ARN of the repository of cached layers.")),
  buildCacheBucket: optional(text("Bucket of cached layers.")),
  buildCacheKeyArn: optional(text("KMS key of the bucket of cached layers.")),
  surrealSecretArn: optional(
    text("ARN of the secret of the password of SurrealDB's root user."),
  ),
  surrealWaveSecretArn: optional(
    text("ARN of the secret of the password of Wave's user in SurrealDB."),
  ),
  postgresHost: optional(text("Host of PostgreSQL.")),
  postgresPort: optional(number("Port of PostgreSQL.")),
  postgresSecretArn: optional(
    text("ARN of the secret of PostgreSQL's password."),
  ),
  secretsKeyArn: optional(text("KMS key of the secrets.")),
  redisSecretArn: optional(
    text(
      "ARN of the secret of Redis' password; empty without data.redis.auth.",
    ),
  ),
};

export type DataOutputs = Values<typeof dataOutputs>;
