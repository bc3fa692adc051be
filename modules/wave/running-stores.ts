import { DataAwsSecretsmanagerSecrets } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secrets";
import { type Expectation } from "../core/preflight/expectation";
import { runningPostgresExpectation } from "../core/preflight/postgres";
import { restoredRedisExpectations } from "../core/preflight/restored-redis";
import { isClassic } from "./release/line";
import { type WaveSettings } from "./settings/schema";
import { postgresName } from "./stores/postgres-names";
import { redisName, redisSecretName } from "./stores/redis-store";

/**
 * What no API changes in stores that run, refused while `network` is planned and before anything is touched. Where the stores
 * do not exist yet, nothing is expected.
 */
export const runningStoreExpectations = (
  settings: WaveSettings,
): Expectation[] => [
  ...(settings.data.redis.auth ? [] : [redisPassword(settings)]),
  ...restoredRedisExpectations(
    "data.redis",
    redisName(settings),
    settings.data.redis.restoreFrom,
  ),
  ...(isClassic(settings)
    ? []
    : [
        runningPostgresExpectation({
          path: "data.postgres",
          name: postgresName(settings),
          ...settings.data.postgres,
        }),
      ]),
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
