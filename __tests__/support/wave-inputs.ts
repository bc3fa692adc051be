import { networkFactsOf, zonesOf } from "../../modules/core/network-facts";
import { partitionOf, dnsSuffixOf } from "../../modules/lib/aws-partition";
import { ecrRegistry } from "../../modules/lib/ecr-registry";
import { namesOf } from "../../modules/lib/names";
import { type WaveSettings } from "../../modules/wave/settings/schema";
import { type WaveInputs } from "../../modules/wave/objects/objects";

/**
 * Plausible literals in the place of values that only AWS knows, so that tests see the very objects that the
 * `workloads` stack creates. Nothing that is deployed holds them.
 */
export function waveInputs(settings: WaveSettings): WaveInputs {
  const { accountId, region } = settings;
  const names = namesOf(settings);
  const aws = `arn:${partitionOf(region)}`;
  const registry = ecrRegistry(accountId, region);
  const prefix = settings.data.ecr.prefix ?? names.prefix;
  const here = `${region}:${accountId}`;
  const key = `${aws}:kms:${here}:key/00000000-0000-0000-0000-000000000000`;
  const role = (what: string) =>
    `${aws}:iam::${accountId}:role${settings.iam.path}${names.iam(what)}`;
  return {
    data: {
      fileSystemId: "fs-00000000000000001",
      waveAccessPointId: "fsap-0000000000000000a",
      buildAccessPointId: "fsap-0000000000000000b",
      surrealAccessPointId: "fsap-0000000000000000c",
      redisHost: `master.${names.of("redis", 40)}.cache.amazonaws.com`,
      redisPort: 6379,
      logsBucket: names.of(`logs-${accountId}`, 63),
      logsKeyArn: key,
      accessLogsBucket: names.of(`access-logs-${accountId}`, 63),
      buildRepositoryUrl: `${registry}/${prefix}/build`,
      cacheRepositoryUrl: `${registry}/${prefix}/cache`,
      buildRepositoryArn: `${aws}:ecr:${here}:repository/${prefix}/build`,
      cacheRepositoryArn: `${aws}:ecr:${here}:repository/${prefix}/cache`,
      buildCacheBucket: names.of(`build-cache-${accountId}`, 63),
      buildCacheKeyArn: key,
      postgresHost: `${names.of("postgres", 63)}.000000000000.${region}.rds.${dnsSuffixOf(region)}`,
      postgresPort: 5432,
      postgresSecretArn: `${aws}:secretsmanager:${here}:secret:${names.of("postgres")}-000000`,
      surrealWaveSecretArn: `${aws}:secretsmanager:${here}:secret:${names.of("surreal-wave")}-000000`,
      surrealSecretArn: `${aws}:secretsmanager:${here}:secret:${names.of("surreal")}-000000`,
      secretsKeyArn: key,
      redisSecretArn: settings.data.redis.auth
        ? `${aws}:secretsmanager:${here}:secret:${names.of("redis")}-000000`
        : "",
    },
    identity: {
      oidcProviderArn: `${aws}:iam::${accountId}:oidc-provider/oidc.eks.${region}.${dnsSuffixOf(region)}/id/00000000000000000000000000000000`,
      serverRoleArn: role("wave-server"),
      buildRoleArn: role("wave-build"),
      exportRoleArn: role("surreal-export"),
      ecrRoleArn: role("wave-ecr"),
      cacheRoleArn: role("wave-cache"),
      efsCsiControllerRoleArn: role("efs-csi-controller"),
      efsCsiNodeRoleName: "wave-prod-efs-csi-node",
      efsCsiNodeRoleArn: role("efs-csi-node"),
      loadBalancerControllerRoleArn: role("load-balancer-controller"),
      clusterAutoscalerRoleArn: role("cluster-autoscaler"),
      cloudwatchAgentRoleArn: role("cloudwatch-agent"),
      certificateArn:
        settings.dns.certificateArn ??
        `${aws}:acm:${here}:certificate/00000000-0000-0000-0000-000000000000`,
    },
    network: networkFactsOf(settings),
    subnets: {
      privateSubnetIds: subnetsOf(settings, "a"),
      publicSubnetIds: subnetsOf(settings, "b"),
    },
    configChecksum: "0".repeat(64),
    secretsChecksum: "0".repeat(64),
    surrealChecksum: "1".repeat(64),
  };
}

const subnetsOf = (
  settings: WaveSettings,
  end: string,
): Record<string, string> =>
  Object.fromEntries(
    zonesOf(settings).map((zone) => [
      zone,
      `subnet-000000000000000${zone}${end}`,
    ]),
  );
