import { type Construct } from "constructs";
import { writeDataOutputs } from "../contracts/data";
import { readNetworkOutputs } from "../contracts/network";
import { readState } from "../contracts/remote-state";
import { type Settings } from "../settings/schema";
import { placeBuckets } from "../wave/buckets";
import { placeBuildStores } from "../wave/build-stores";
import { placeDatabase } from "../wave/database";
import { placeKey } from "../wave/key";
import { postgresLogGroups } from "../wave/postgres-store";
import { RedisStore } from "../wave/redis-store";
import { BaseStack } from "./base-stack";

/** Everything that holds data: database, Redis, files, buckets, repositories, and the passwords of what runs in the cluster. */
export class DataStack extends BaseStack {
  constructor(scope: Construct, settings: Settings) {
    super(scope, "data", settings);
    const network = readNetworkOutputs(
      readState(this, settings, "network"),
      settings.network.zones,
    );

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
    writeDataOutputs(this, {
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
