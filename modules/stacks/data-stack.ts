import { type Construct } from "constructs";
import { KmsKey } from "../aws/kms-key";
import { GeneratedSecret } from "../aws/secret";
import { writeDataOutputs } from "../contracts/data";
import { readNetworkOutputs } from "../contracts/network";
import { readState } from "../contracts/remote-state";
import { namesOf } from "../lib/names";
import { type Settings } from "../settings/schema";
import { FileStore } from "../wave/file-store";
import { LogBuckets } from "../wave/log-buckets";
import { RedisStore } from "../wave/redis-store";
import { placeRepositories } from "../wave/repositories";
import { BaseStack } from "./base-stack";

/** Everything that holds data: files, Redis, buckets, repositories, and the passwords of what runs in the cluster. */
export class DataStack extends BaseStack {
  constructor(scope: Construct, settings: Settings) {
    super(scope, "data", settings);
    const network = readNetworkOutputs(
      readState(this, settings, "network"),
      settings.network.zones,
    );

    // Three keys, because three groups use them: the services themselves, Wave's role, and readers of passwords.
    const storage = this.createKey("storage", "files, backups, Redis, images");
    const logs = this.createKey("build-logs", "build logs");
    const secrets = this.createKey("secrets", "passwords");

    const files = new FileStore(this, "files", {
      settings,
      network,
      kmsKeyArn: storage.arn,
    });
    const redis = new RedisStore(this, "redis", {
      settings,
      network,
      kmsKeyArn: storage.arn,
      secretsKeyArn: secrets.arn,
    });
    const buckets = new LogBuckets(this, "buckets", {
      settings,
      kmsKeyArn: logs.arn,
    });
    const repositories = placeRepositories(this, settings, storage.arn);
    const surrealPassword = this.createSurrealPassword(secrets);

    writeDataOutputs(this, {
      fileSystemId: files.fileSystemId,
      waveAccessPointId: files.waveAccessPointId,
      buildAccessPointId: files.buildAccessPointId,
      surrealAccessPointId: files.surrealAccessPointId,
      redisHost: redis.host,
      redisPort: redis.port,
      redisSecretArn: redis.secretArn,
      logsBucket: buckets.logsBucket,
      logsKeyArn: logs.arn,
      accessLogsBucket: buckets.accessLogsBucket,
      buildRepositoryUrl: repositories.build.url,
      buildRepositoryArn: repositories.build.arn,
      cacheRepositoryUrl: repositories.cache.url,
      cacheRepositoryArn: repositories.cache.arn,
      surrealSecretArn: surrealPassword.arn,
      secretsKeyArn: secrets.arn,
    });
  }

  private createKey(what: string, encrypts: string): KmsKey {
    const { accountId, region, retain } = this.settings;
    const names = namesOf(this.settings);
    return new KmsKey(this, `${what}-key`, {
      name: names.of(what),
      description: `${names.prefix}: ${encrypts}`,
      accountId,
      region,
      retain,
    });
  }

  /** The classic line's database; Wave and SurrealDB read it (SET-20). */
  private createSurrealPassword(key: KmsKey): GeneratedSecret {
    return new GeneratedSecret(this, "surreal-password", {
      name: namesOf(this.settings).of("surrealdb"),
      description: "Password of SurrealDB",
      kmsKeyArn: key.arn,
      version: this.settings.wave.classic.surrealPasswordVersion,
      retain: this.settings.retain,
    });
  }
}
