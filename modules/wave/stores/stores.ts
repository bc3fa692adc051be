import { type Construct } from "constructs";
import { type DataOutputs } from "../../contracts/data";
import { type NetworkOutputs } from "../../contracts/network";
import { withRelease } from "../release/release";
import { type WaveSettings } from "../settings/schema";
import { createBuckets } from "./buckets";
import { createBuildStores } from "./build-stores";
import { createDatabase } from "./database";
import { createKey } from "./key";
import { postgresLogGroups } from "./postgres-names";
import { RedisStore } from "./redis-store";

/** What the stores stand on. */
export interface StoresProps {
  readonly settings: WaveSettings;
  readonly network: NetworkOutputs;
}

/** Creates everything of Wave that holds data: Redis, database, file system, repositories, buckets, and the passwords. */
export function createStores(
  scope: Construct,
  props: StoresProps,
): Partial<DataOutputs> {
  const settings = withRelease(props.settings);
  const { network } = props;
  // A key for each group of users: the services themselves here, readers of passwords, and Wave's role in the buckets.
  const storage = createKey(scope, settings, {
    what: "storage",
    encrypts: "files, backups, Redis, images, PostgreSQL",
    logGroupNames: postgresLogGroups(settings),
  });
  const secrets = createKey(scope, settings, {
    what: "secrets",
    encrypts: "passwords",
  });
  const common = {
    settings,
    network,
    kmsKeyArn: storage.arn,
    secretsKeyArn: secrets.arn,
  };
  const redis = new RedisStore(scope, "redis", common);
  return {
    ...createDatabase(scope, common),
    ...createBuildStores(scope, common),
    ...createBuckets(scope, settings),
    redisHost: redis.host,
    redisPort: redis.port,
    redisSecretArn: redis.secretArn,
    secretsKeyArn: secrets.arn,
  };
}
