import { DataAwsDbInstance } from "@cdktf/provider-aws/lib/data-aws-db-instance";
import { DataAwsDbInstances } from "@cdktf/provider-aws/lib/data-aws-db-instances";
import { DataAwsSecretsmanagerSecrets } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secrets";
import {
  type Condition,
  type Expectation,
  onlyIf,
  quoted,
} from "../core/preflight/expectation";
import { isClassic } from "./release/line";
import { type WaveSettings } from "./settings/schema";
import { postgresName } from "./stores/postgres-store";
import { redisSecretName } from "./stores/redis-store";

/**
 * What no API changes in stores that run, refused while `network` is planned and before anything is touched. Where the stores
 * do not exist yet, nothing is expected.
 */
export const runningStoreExpectations = (
  settings: WaveSettings,
): Expectation[] => [
  ...(settings.data.redis.auth ? [] : [redisPassword(settings)]),
  ...(isClassic(settings) ? [] : [postgres(settings)]),
];

/** ElastiCache takes a password off for its user groups only. Terraform has no list of Redis; the password's secret goes with it. */
function redisPassword(settings: WaveSettings): Expectation {
  const name = redisSecretName(settings);
  // Terraform puts 26 digits behind a name prefix.
  const generated = `[for name in self.names : name if can(regex("^${name}-[0-9a-f]{26}$", name))]`;
  return {
    id: "password-of-redis",
    read: (scope, id, lifecycle) =>
      new DataAwsSecretsmanagerSecrets(scope, id, {
        filter: [{ name: "name", values: [`${name}-`] }],
        lifecycle,
      }),
    conditions: [
      {
        condition: `length(${generated}) == 0`,
        otherwise: `data.redis.auth is off, but Redis of this environment has a password (secret \${join(", ", ${generated})}), and ElastiCache cannot take it off. Set data.redis.auth: true. If there is no such Redis, and an interrupted run has left the secret, delete it: aws secretsmanager delete-secret --region ${settings.region} --secret-id with that name.`,
      },
    ],
  };
}

/** All databases of the region are listed: a filter by a name that RDS does not know may fail. */
function postgres(settings: WaveSettings): Expectation {
  const name = postgresName(settings);
  return {
    id: "databases",
    read: (scope, id) => new DataAwsDbInstances(scope, id),
    conditions: [],
    then: (databases) => [
      {
        id: "running-postgres",
        read: (scope, id, lifecycle) =>
          onlyIf(
            new DataAwsDbInstance(scope, id, {
              dbInstanceIdentifier: name,
              lifecycle,
            }),
            `contains(${databases}.instance_identifiers, ${quoted(name)})`,
          ),
        conditions: [...versionConditions(settings), ...storage(settings)],
      },
    ],
  };
}

/** RDS goes back neither to an older major nor to an older minor. */
function versionConditions({ data }: WaveSettings): Condition[] {
  const { engineVersion } = data.postgres;
  const [major = "", minor] = engineVersion.split(".");
  const running = (part: number) =>
    `tonumber(split(".", self.engine_version)[${part}])`;
  const otherwise = `data.postgres.engineVersion is ${engineVersion}, but the database runs \${self.engine_version}, and RDS never goes back. Write "\${self.engine_version}", or "\${split(".", self.engine_version)[0]}" to let AWS choose the minor.`;
  const conditions = [{ condition: `${running(0)} <= ${major}`, otherwise }];
  if (minor !== undefined)
    conditions.push({
      condition: `${running(0)} != ${major} || ${running(1)} <= ${minor}`,
      otherwise,
    });
  return conditions;
}

/** A volume never shrinks. While it may grow by itself, the provider leaves a larger one as it is. */
function storage({ data }: WaveSettings): Condition[] {
  const { storageGiB, maxStorageGiB } = data.postgres;
  return maxStorageGiB > storageGiB
    ? []
    : [
        {
          condition: `self.allocated_storage <= ${storageGiB}`,
          otherwise: `data.postgres.storageGiB is ${storageGiB}, but the volume of the database has \${self.allocated_storage} GiB, and RDS never shrinks one. Write \${self.allocated_storage}, and at least as much in maxStorageGiB.`,
        },
      ];
}
