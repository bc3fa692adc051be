import { networkFactsOf } from "../../../modules/core/network-facts";
import { systemNodes } from "../../../modules/core/cluster/node-labels";
import { postgresNameOf } from "../../../modules/core/postgres-store";
import { REGISTRY_LOGINS } from "../../../modules/core/registries";
import { redisName as deliveryRedisName } from "../../../modules/delivery/names";
import {
  DATABASES,
  DEPLOYMENTS,
  POSTGRES,
  storageName,
} from "../../../modules/emg/names";
import { namesOf } from "../../../modules/lib/names";
import { hasDelivery, hasEmg, hasWave } from "../../../modules/schema";
import { WAVE } from "../../../modules/wave/objects/kubernetes-names";
import { SURREAL_EXPORT_NAME } from "../../../modules/wave/objects/surreal-export";
import {
  SURREAL_NAME,
  SURREAL_PORT,
} from "../../../modules/wave/objects/surrealdb";
import { hasBuilds, isClassic } from "../../../modules/wave/release/line";
import { bucketNameOf } from "../../../modules/wave/stores/bucket-names";
import { fileSystemName } from "../../../modules/wave/stores/file-store";
import { SURREAL_EXPORTS_PREFIX } from "../../../modules/wave/stores/log-prefixes";
import {
  POSTGRES_DATABASE,
  POSTGRES_USER,
  postgresName,
} from "../../../modules/wave/stores/postgres-names";
import { redisName } from "../../../modules/wave/stores/redis-store";
import { awsOf } from "../aws/clients";
import { type Terminal } from "../cli/terminal";
import { clusterLogin } from "../kubernetes/cluster";
import { type Target } from "../target";
import { anewSteps } from "./anew";
import { filesStore } from "./files";
import { type PostgresInputs, postgresStore } from "./postgres";
import { redisStore } from "./redis";
import { type Store } from "./store";
import { surrealStore } from "./surrealdb";
import { type Workload, startStep, stopStep } from "./workload";

/** How a restore is told what it needs besides the settings. */
export interface StoreOptions {
  readonly target: Target;
  readonly terminal: Terminal;
  /** Image with the programs of PostgreSQL, for a cluster that reaches no public registry. @default one of Docker's on ECR Public */
  readonly image?: string;
}

/** The stores of an environment that have a past. */
export const storesOf = (options: StoreOptions): Store[] => [
  ...waveStores(options),
  ...emgStores(options),
  ...deliveryStores(options),
];

function waveStores(options: StoreOptions): Store[] {
  const { target } = options;
  const { settings } = target;
  if (!hasWave(settings)) return [];
  const aws = awsOf(target);
  const { wave } = settings;
  const login = () => clusterLogin(target);
  const users: Workload = {
    what: "Wave",
    namespace: wave.namespace,
    deployments: { [WAVE]: wave.autoscaling?.minReplicas ?? wave.replicas },
    login,
  };
  const classic = isClassic(settings);
  return [
    ...(classic
      ? [
          surrealStore({
            aws,
            login,
            users,
            bucket: bucketNameOf(settings, "logs"),
            prefix: SURREAL_EXPORTS_PREFIX,
            secretName: namesOf(settings).of("surrealdb"),
            namespace: wave.namespace,
            exporter: SURREAL_EXPORT_NAME,
            deployment: SURREAL_NAME,
            port: SURREAL_PORT,
          }),
        ]
      : [
          postgresStore(
            postgresInputs(options, {
              store: "postgres",
              name: postgresName(settings),
              secretName: postgresName(settings),
              users,
              databases: { [POSTGRES_DATABASE]: POSTGRES_USER },
              key: ["data", "postgres", "restoreFrom"],
              stack: "data",
            }),
          ),
        ]),
    redisStore({
      store: "redis",
      aws,
      name: redisName(settings),
      users,
      holds:
        "Queues, tokens and the names of images that Wave has given out since: builds under way, and names that are not used yet.",
      anew: (snapshot) =>
        anewSteps(target, options.terminal, {
          key: ["data", "redis", "restoreFrom"],
          snapshot,
          stack: "data",
        }),
    }),
    ...(hasBuilds(settings)
      ? [
          filesStore({
            store: "efs",
            aws,
            name: fileSystemName(settings),
            roleName: namesOf(settings).iam("restore"),
            iam: settings.iam,
          }),
        ]
      : []),
  ];
}

function emgStores(options: StoreOptions): Store[] {
  const { settings } = options.target;
  if (!hasEmg(settings)) return [];
  const { emg } = settings;
  const users: Workload = {
    what: "Prefect, and the EMG API,",
    namespace: emg.namespace,
    deployments: {
      [DEPLOYMENTS.prefect]: 1,
      ...(emg.api && {
        [DEPLOYMENTS.api]: emg.api.replicas,
        [DEPLOYMENTS.tasks]: emg.api.taskWorker ? 1 : 0,
      }),
    },
    login: () => clusterLogin(options.target),
  };
  const { api, prefect } = DATABASES;
  return [
    ...(emg.database.kind === "rds"
      ? [
          postgresStore({
            ...postgresInputs(options, {
              store: "emg-postgres",
              name: postgresNameOf(settings, POSTGRES),
              secretName: postgresNameOf(settings, "emg-db-master"),
              users,
              databases: {
                [prefect]: prefect,
                ...(emg.api && { [api]: api }),
              },
              key: ["emg", "database", "restoreFrom"],
              stack: "emg",
            }),
            image: () => options.image ?? emg.images.postgresClient,
          }),
        ]
      : []),
    ...(emg.api
      ? [
          filesStore({
            store: "emg-efs",
            aws: awsOf(options.target),
            name: storageName(settings),
            roleName: namesOf(settings).iam("emg-restore"),
            iam: settings.iam,
          }),
        ]
      : []),
  ];
}

function deliveryStores({ target, terminal }: StoreOptions): Store[] {
  const { settings } = target;
  if (!hasDelivery(settings) || settings.delivery.stores.redis === undefined)
    return [];
  return [
    redisStore({
      store: "delivery-redis",
      aws: awsOf(target),
      name: deliveryRedisName(settings),
      holds: "What the services have put into it since.",
      anew: (snapshot) =>
        anewSteps(target, terminal, {
          key: ["delivery", "stores", "redis", "restoreFrom"],
          snapshot,
          stack: "delivery",
        }),
    }),
  ];
}

function postgresInputs(
  { target, terminal, image }: StoreOptions,
  {
    key,
    stack,
    users,
    databases,
    ...names
  }: Pick<PostgresInputs, "store" | "name" | "secretName" | "users"> & {
    readonly databases: Readonly<Record<string, string>>;
    readonly key: readonly string[];
    readonly stack: string;
  },
): PostgresInputs {
  const { settings } = target;
  return {
    ...names,
    users,
    aws: awsOf(target),
    copy: {
      login: users.login,
      namespace: users.namespace,
      nodeSelector: systemNodes(settings),
      pullSecrets: settings.registries ? [REGISTRY_LOGINS] : [],
      ranges: Object.values(networkFactsOf(settings).privateCidrs),
      databases,
    },
    image: (major) =>
      image ?? `public.ecr.aws/docker/library/postgres:${major}-alpine`,
    anew: (snapshot) => ({
      interrupts: `${users.what} is away until the database is there: 10 to 40 minutes.`,
      loses: `Nothing: there is no database ${names.name}. What was written after the snapshot is gone already.`,
      then: `The key ${key.join(".")} may be taken out of the settings: that changes nothing.`,
      steps: [
        stopStep(users),
        ...anewSteps(target, terminal, { key, snapshot, stack }),
        startStep(users),
      ],
    }),
  };
}
