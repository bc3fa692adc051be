import { postgresNameOf } from "../../../modules/core/postgres-store";
import { emgFacts } from "../../../modules/emg/facts";
import { DEPLOYMENTS, POSTGRES, SECRETS } from "../../../modules/emg/names";
import { type EmgSettings } from "../../../modules/emg/settings/schema";
import { namesOf } from "../../../modules/lib/names";
import {
  type GeneratedPassword,
  type OperatorValue,
  type Reader,
  type RotatableSecret,
} from "./rotatable";

type Program = keyof typeof DEPLOYMENTS;

const AWAY =
  "Prefect for about a minute, until its one pod is new; connections of the API fail until its pods are";

/** The secrets of Prefect and the EMG API. */
export const emgSecrets = (settings: EmgSettings): RotatableSecret[] => [
  ...loginSecrets(settings),
  databasePasswords(settings),
  ...apiKey(settings),
  ...emgFacts(settings).operatorSecrets.map((fact) =>
    operatorSecret(settings, fact),
  ),
];

const reader = (
  { emg: { namespace } }: EmgSettings,
  secret: keyof typeof SECRETS,
  ...programs: readonly Program[]
): Reader => ({
  namespace,
  secret: SECRETS[secret],
  deployments: programs.map((one) => DEPLOYMENTS[one]),
});

/** Programs of the API that there are. */
const apiPrograms = ({ emg: { api } }: EmgSettings): Program[] =>
  api === undefined ? [] : api.taskWorker ? ["api", "tasks"] : ["api"];

const generated = (
  settings: EmgSettings,
  what: readonly string[],
  rest: Omit<GeneratedPassword, "kind" | "stacks" | "secrets">,
): GeneratedPassword => ({
  kind: "generated",
  stacks: ["emg"],
  secrets: what.map((one) => namesOf(settings).of(`emg-${one}`)),
  ...rest,
});

function loginSecrets(settings: EmgSettings): GeneratedPassword[] {
  const { auth, api } = settings.emg;
  if (auth.mode === "prefect-basic")
    return [
      generated(settings, ["prefect"], {
        name: "emg-prefect",
        setting: "emg.auth.passwordVersion",
        version: auth.passwordVersion,
        readers: [
          reader(settings, "prefect", "prefect"),
          ...(api ? [reader(settings, "api", ...apiPrograms(settings))] : []),
        ],
        interrupts:
          "everybody is locked out until they have the new password: run worker.sh again",
      }),
    ];
  return [
    generated(
      settings,
      auth.workers.map((name) => `worker-${name}`),
      {
        name: "emg-workers",
        setting: "emg.auth.passwordVersion",
        version: auth.passwordVersion,
        readers: [{ ...reader(settings, "workers", "gateway"), hashed: true }],
        interrupts:
          "every worker is locked out until it has the new password: run worker.sh again",
      },
    ),
    generated(settings, ["cookie"], {
      name: "emg-cookies",
      setting: "emg.auth.cookieVersion",
      version: auth.cookieVersion,
      readers: [reader(settings, "cookie", "login")],
      interrupts: "everybody logs in again",
    }),
  ];
}

function databasePasswords(settings: EmgSettings): GeneratedPassword {
  const { api, database } = settings.emg;
  const isOurs = database.kind === "rds";
  return generated(
    settings,
    [
      "db-prefect",
      ...(api ? ["db-app"] : []),
      ...(isOurs ? ["db-master"] : []),
    ],
    {
      name: "emg-postgres",
      setting: "emg.database.passwordVersion",
      version: database.passwordVersion,
      readers: [
        reader(settings, "databases"),
        reader(settings, "prefect", "prefect"),
        ...(api ? [reader(settings, "api", ...apiPrograms(settings))] : []),
      ],
      ...(isOurs && {
        store: { kind: "postgres", id: postgresNameOf(settings, POSTGRES) },
      }),
      interrupts: AWAY,
    },
  );
}

const apiKey = (settings: EmgSettings): GeneratedPassword[] =>
  settings.emg.api === undefined
    ? []
    : [
        generated(settings, ["django"], {
          name: "emg-django",
          setting: "emg.api.secretKeyVersion",
          version: settings.emg.api.secretKeyVersion,
          readers: [reader(settings, "api", ...apiPrograms(settings))],
          interrupts: "sessions of Django's admin pages end",
        }),
      ];

/** Of each secret of the operator: its name, who reads it, and what happens to them. */
const OPERATORS = {
  "emg.auth.githubSecret": {
    name: "emg-github",
    reader: (settings: EmgSettings) => reader(settings, "github", "login"),
    interrupts: "nothing; the pods of the login roll",
  },
  "emg.api.pullSecret": {
    name: "emg-pull",
    reader: (settings: EmgSettings) => reader(settings, "pull"),
    interrupts: "nothing; who pulls next uses it",
  },
  "emg.database.masterSecret": {
    name: "emg-postgres-owner",
    reader: (settings: EmgSettings) => reader(settings, "databases"),
    interrupts: "nothing; a Job that makes databases and users runs again",
  },
} as const;

function operatorSecret(
  settings: EmgSettings,
  fact: ReturnType<typeof emgFacts>["operatorSecrets"][number],
): OperatorValue {
  const known = OPERATORS[fact.path as keyof typeof OPERATORS];
  return {
    kind: "operator",
    name: known.name,
    setting: fact.path,
    secretName: fact.name,
    keys: fact.keys,
    stacks: ["emg"],
    readers: [known.reader(settings)],
    interrupts: known.interrupts,
  };
}
