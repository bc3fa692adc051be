import { DEPLOYMENTS, SECRETS } from "../../../modules/emg/names";
import { type Patch } from "../settings";
import { type Pair } from "./pairs";

type Program = keyof typeof DEPLOYMENTS;

/** A change of Prefect or the EMG API, and what it promises. */
export interface EmgChange extends Pair {
  /** How often the databases are made again, and migrated. @default not at all */
  readonly jobs?: { readonly init?: number; readonly migrate?: number };
  /** Secrets that come, go or hold something else. @default none */
  readonly secrets?: readonly (keyof typeof SECRETS)[];
  /** Programs that come, go or have new pods. @default none */
  readonly restarts?: readonly Program[];
  /** Workers whose passwords are others, or who come or go. @default none */
  readonly workers?: readonly string[];
  /** Setting by which the plan refuses it with `retain: true`. @default it does not */
  readonly refusedWithRetain?: string;
}

/** Takes the place of a Job that has run; of one that was made by the last deploy the state has no uid yet. */
const JOB = "kubernetes_job_v1";

/** Another list of names is another certificate. */
const CERTIFICATE = ["aws_acm_certificate", "aws_acm_certificate_validation"];

const BASIC: Patch = {
  mode: "prefect-basic",
  ...{ githubOrg: null, githubSecret: null, workers: null },
};

/**
 * In this order, each upon what the ones before it left.
 * @param emg Section of the example, as the line has it.
 */
export const emgChanges = ({ auth, api }: Patch): readonly EmgChange[] => [
  {
    name: "a new image of the API",
    change: { emg: { api: { image: "quay.io/example/emgapiv2:v0.2.0" } } },
    about: "none",
    jobs: { migrate: 1 },
    restarts: ["api", "tasks"],
  },
  {
    name: "a worker comes and another goes",
    change: { emg: { auth: { workers: ["codon", "ebi"] } } },
    about: "worker",
    secrets: ["workers"],
    restarts: ["gateway"],
    workers: ["ebi", "hl"],
  },
  {
    name: "new passwords of the databases",
    change: { emg: { database: { passwordVersion: 2 } } },
    replaces: ["aws_secretsmanager_secret_version", JOB],
    about: "none",
    jobs: { init: 1 },
    secrets: ["api", "prefect", "databases"],
    restarts: ["api", "tasks", "prefect"],
  },
  {
    name: "Prefect logs more",
    change: { emg: { prefect: { logLevel: "DEBUG" } } },
    about: "none",
    restarts: ["prefect"],
  },
  {
    name: "another user of the API, and no results",
    change: {
      emg: { api: { user: { uid: 7124 }, storage: { results: false } } },
    },
    about: "none",
    restarts: ["api", "tasks"],
  },
  {
    name: "one password for all",
    change: { emg: { auth: BASIC } },
    secrets: ["api", "prefect", "github", "cookie", "workers"],
    restarts: ["api", "tasks", "prefect", "login", "gateway"],
    workers: ["codon", "ebi", "emg"],
  },
  {
    name: "logins by GitHub again",
    change: { emg: { auth: auth as Patch } },
    secrets: ["api", "prefect", "github", "cookie", "workers"],
    restarts: ["api", "tasks", "prefect", "login", "gateway"],
    workers: ["codon", "emg", "hl"],
  },
  {
    name: "the API goes",
    change: { emg: { api: null } },
    replaces: [...CERTIFICATE, JOB],
    jobs: { init: 1 },
    secrets: ["api", "databases", "pull"],
    restarts: ["api", "tasks"],
    refusedWithRetain: "emg.api",
  },
  {
    name: "the API comes back with an image that is newer",
    change: {
      emg: {
        api: { ...(api as Patch), image: "quay.io/example/emgapiv2:v0.3.0" },
      },
    },
    replaces: CERTIFICATE,
    jobs: { init: 1, migrate: 1 },
    secrets: ["api", "databases", "pull"],
    restarts: ["api", "tasks"],
  },
];
