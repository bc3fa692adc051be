import { type Construct } from "constructs";
import { dataOutputs } from "../contracts/data";
import { writeOutputs } from "../contracts/outputs";
import { readNetwork } from "../core/state/read-network";
import { type Settings, hasWave } from "../schema";
import { placeBuckets } from "../wave/stores/buckets";
import { placeBuildStores } from "../wave/stores/build-stores";
import { placeDatabase } from "../wave/stores/database";
import { placeKey } from "../wave/stores/key";
import { postgresLogGroups } from "../wave/stores/postgres-store";
import { RedisStore } from "../wave/stores/redis-store";
import { BaseStack } from "../core/state/base-stack";

/** Everything that holds data: database, Redis, files, buckets, repositories, and the passwords of what runs in the cluster. */
export class DataStack extends BaseStack {
  constructor(scope: Construct, settings: Settings) {
    super(scope, "data", settings);
    // The stores are those of Wave.
    if (!hasWave(settings)) return;
    const network = readNetwork(this, settings);

    // A key for each group of users: the services themselves here, readers of passwords, and Wave's role in the buckets.
    const storage = placeKey(this, settings, {
      what: "storage",
      encrypts: "files, backups, Redis, images, PostgreSQL",
      logGroupNames: postgresLogGroups(settings),
    });
    const secrets = placeKey(this, settings, {
      what: "secrets",
      encrypts: "passwords",
    });
    const stores = {
      settings,
      network,
      kmsKeyArn: storage.arn,
      secretsKeyArn: secrets.arn,
    };

    const redis = new RedisStore(this, "redis", stores);
    writeOutputs(this, dataOutputs, {
      ...placeDatabase(this, stores),
      ...placeBuildStores(this, stores),
      ...placeBuckets(this, settings),
      redisHost: redis.host,
      redisPort: redis.port,
      redisSecretArn: redis.secretArn,
      secretsKeyArn: secrets.arn,
    });
  }
}
