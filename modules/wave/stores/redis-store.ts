import { Construct } from "constructs";
import { redisAlarms } from "../../aws/cloudwatch/store-alarms";
import { REDIS_PORT, Redis } from "../../aws/elasticache/redis";
import { GeneratedSecret } from "../../aws/secrets/secret";
import { StoreSecurityGroup } from "../../aws/network/store-security-group";
import { type NetworkOutputs } from "../../contracts/network";
import { redisPlaces } from "../../core/cluster/redis-places";
import { clientSecurityGroupsOf } from "../../core/controllers/given";
import { createAlarms } from "../../core/observability/alarms";
import { type NameParts, namesOf } from "../../lib/names";
import { type WaveSettings } from "../settings/schema";

/** Properties of `RedisStore`. */
export interface RedisStoreProps {
  readonly settings: WaveSettings;
  readonly network: NetworkOutputs;
  /** Key of the data at rest. */
  readonly kmsKeyArn: string;
  /** Key of the password's secret. */
  readonly secretsKeyArn: string;
}

/** Replication group ids end at 40 characters. */
const REDIS_NAME_LIMIT = 40;

/** Name of the replication group, and its Name tag. */
export const redisName = (parts: NameParts): string =>
  namesOf(parts).of("redis", REDIS_NAME_LIMIT);

/** Start of the name of the password's secret. */
export const redisSecretName = (parts: NameParts): string =>
  namesOf(parts).of("redis");

/** Wave's Redis, who may connect, and its password if one is wanted. */
export class RedisStore extends Construct {
  readonly host: string;
  readonly port = REDIS_PORT;
  /** ARN of the password's secret; empty without a password. */
  readonly secretArn: string;

  constructor(scope: Construct, id: string, props: RedisStoreProps) {
    super(scope, id);
    const password = this.createPassword(props);
    const { host, nodeIds } = this.createRedis(props, password);
    const { settings, network } = props;
    createAlarms(this, settings, network, "redis", redisAlarms(nodeIds));
    this.host = host;
    this.secretArn = password?.arn ?? "";
  }

  private createPassword({
    settings,
    secretsKeyArn,
  }: RedisStoreProps): GeneratedSecret | undefined {
    if (!settings.data.redis.auth) return undefined;
    return new GeneratedSecret(this, "password", {
      name: redisSecretName(settings),
      description: "Password of Redis",
      kmsKeyArn: secretsKeyArn,
      version: settings.data.redis.authVersion,
      retain: settings.retain,
    });
  }

  private createRedis(
    { settings, network, kmsKeyArn }: RedisStoreProps,
    password: GeneratedSecret | undefined,
  ): Redis {
    const name = redisName(settings);
    const { securityGroupId } = new StoreSecurityGroup(this, "access", {
      name,
      description: "Redis",
      vpcId: network.vpcId,
      port: REDIS_PORT,
      sourceSecurityGroupId: network.clusterSecurityGroupId,
      clientSecurityGroupIds: clientSecurityGroupsOf(settings),
    });
    const { nodeType, replicas, engineVersion, tls, authUpdate, restoreFrom } =
      settings.data.redis;
    const { zones, subnetIds } = redisPlaces(
      settings.region,
      network,
      replicas,
    );
    return new Redis(this, "replication-group", {
      name,
      description: `Cache and queues of Wave, ${name}`,
      nodeType,
      engineVersion,
      replicas,
      subnetIds,
      zones,
      securityGroupId,
      kmsKeyArn,
      tls,
      authSecretArn: password?.arn,
      authUpdate,
      snapshotRetentionDays: settings.data.redis.snapshotRetentionDays,
      restoreFrom,
      retain: settings.retain,
    });
  }
}
