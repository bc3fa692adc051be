import {
  type Settings,
  hasDelivery,
  hasEmg,
  hasWave,
} from "../../../modules/schema";
import { type OperatorSecret } from "../../../modules/core/facts";
import {
  REGISTRY_LOGINS,
  registrySecretsOf,
} from "../../../modules/core/registries";
import { postgresNameOf } from "../../../modules/core/postgres-store";
import { deliveryFacts } from "../../../modules/delivery/facts";
import { FLUX_NAMESPACE } from "../../../modules/delivery/names";
import { kebab, namesOf } from "../../../modules/lib/names";
import { waveFacts } from "../../../modules/wave/facts";
import {
  REGISTRY_SECRET,
  WAVE,
  WAVE_SECRET,
} from "../../../modules/wave/objects/kubernetes-names";
import {
  SURREAL_NAME,
  SURREAL_SECRET,
} from "../../../modules/wave/objects/surrealdb";
import { isClassic } from "../../../modules/wave/release/line";
import { type WaveSettings } from "../../../modules/wave/settings/schema";
import { POSTGRES } from "../../../modules/wave/stores/postgres-names";
import {
  redisName,
  redisSecretName,
} from "../../../modules/wave/stores/redis-store";
import { emgSecrets } from "./emg-secrets";
import {
  type GeneratedPassword,
  type OperatorValue,
  type Reader,
  type RotatableSecret,
} from "./rotatable";

const NOTHING = "nothing; who pulls next uses it";

/** Every secret of an environment that can be rotated. */
export const secretsOf = (
  settings: Settings,
  stacks: readonly string[],
): RotatableSecret[] => [
  ...(hasWave(settings)
    ? [...waveGenerated(settings), ...waveOperators(settings)]
    : []),
  ...registrySecretsOf(settings).map((fact, index) =>
    registryLogin(
      fact,
      settings.registries?.[index]?.host ?? String(index),
      stacks,
    ),
  ),
  ...(hasDelivery(settings)
    ? deliveryFacts(settings).operatorSecrets.map((fact) =>
        operator("git", fact, "delivery", {
          interrupts: "nothing; Flux uses it when it next asks Git",
          readers: [
            {
              namespace: FLUX_NAMESPACE,
              secret: FLUX_NAMESPACE,
              deployments: [],
            },
          ],
        }),
      )
    : []),
  ...(hasEmg(settings) ? emgSecrets(settings) : []),
];

/** The Secret that Wave's pods read when they start. */
const waveReader = ({ wave: { namespace } }: WaveSettings): Reader => ({
  namespace,
  secret: WAVE_SECRET,
  deployments: [WAVE],
});

function waveGenerated(settings: WaveSettings): GeneratedPassword[] {
  const names = namesOf(settings);
  const { data, wave } = settings;
  const stacks = ["data", "workloads"];
  const readers = [waveReader(settings)];
  const redis: GeneratedPassword = {
    kind: "generated",
    name: "redis",
    setting: "data.redis.authVersion",
    version: data.redis.authVersion,
    secrets: [redisSecretName(settings)],
    store: { kind: "redis", id: redisName(settings) },
    stacks,
    readers,
    interrupts:
      "nothing; Redis takes both passwords until Wave's pods have rolled",
  };
  const database: GeneratedPassword = isClassic(settings)
    ? {
        kind: "generated",
        name: "surrealdb",
        setting: "wave.classic.surrealPasswordVersion",
        version: wave.classic.surrealPasswordVersion,
        secrets: [names.of("surrealdb"), names.of("surrealdb-wave")],
        stacks,
        readers: [
          {
            namespace: wave.namespace,
            secret: SURREAL_SECRET,
            deployments: [SURREAL_NAME],
          },
          ...readers,
        ],
        interrupts:
          "SurrealDB for about a minute; builds that run inside Wave end with its pods",
      }
    : {
        kind: "generated",
        name: "postgres",
        setting: "data.postgres.passwordVersion",
        version: data.postgres.passwordVersion,
        secrets: [postgresNameOf(settings, POSTGRES)],
        store: { kind: "postgres", id: postgresNameOf(settings, POSTGRES) },
        stacks,
        readers,
        interrupts:
          "Wave opens no new connection to its database from the deploy of data until its pods have rolled: some minutes",
      };
  return data.redis.auth ? [redis, database] : [database];
}

function waveOperators(settings: WaveSettings): OperatorValue[] {
  const { namespace } = settings.wave;
  return waveFacts(settings).operatorSecrets.map((fact) => {
    if (fact.path === "wave.secrets.seqeraRegistry")
      return operator("registry-seqera", fact, "workloads", {
        interrupts: "nothing; the next pod that pulls Wave's image uses it",
        readers: [{ namespace, secret: REGISTRY_SECRET, deployments: [] }],
      });
    const last = fact.path.slice(fact.path.lastIndexOf(".") + 1);
    return operator(
      last === "ecrKeySecret" ? "ecr-key" : `registry-${kebab(last)}`,
      fact,
      "workloads",
      {
        interrupts: isClassic(settings)
          ? "Wave's pods roll; builds that run inside Wave end with them"
          : "nothing; Wave's pods roll",
        readers: [waveReader(settings)],
      },
    );
  });
}

/** Stacks whose pods pull with the logins of `registries`. */
const PULLING = ["workloads", "compute-env", "delivery", "emg"];

const registryLogin = (
  fact: OperatorSecret,
  host: string,
  stacks: readonly string[],
): OperatorValue => ({
  ...operator(`registry-${host}`, fact, "workloads", {
    interrupts: NOTHING,
    readers: [{ secret: REGISTRY_LOGINS, deployments: [] }],
  }),
  stacks: stacks.filter((id) => PULLING.includes(id)),
});

/** A secret of the operator, by what the platform says of it. */
export const operator = (
  name: string,
  { path, name: secretName, keys }: OperatorSecret,
  stack: string,
  rest: Pick<OperatorValue, "interrupts" | "readers">,
): OperatorValue => ({
  kind: "operator",
  name,
  setting: path,
  secretName,
  keys,
  stacks: [stack],
  ...rest,
});
