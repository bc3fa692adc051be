/** Where a secret of AWS arrives in the cluster. */
export interface Reader {
  /** Unset: every namespace that has a Secret of this name. */
  readonly namespace?: string;
  /** Name of the Kubernetes Secret. */
  readonly secret: string;
  /**
   * The Secret holds a hash of the value, so that the two cannot be compared.
   * @default false
   */
  readonly hashed?: boolean;
  /** Deployments whose pods read it when they start: they restart with another value. */
  readonly deployments: readonly string[];
}

/** A store that has the password too. */
export interface Store {
  readonly kind: "redis" | "postgres";
  /** Replication group, or instance. */
  readonly id: string;
}

interface Rotatable {
  /** What people type, such as `redis`. */
  readonly name: string;
  /** Path of the setting, such as `data.redis.authVersion`. */
  readonly setting: string;
  /** Stacks to deploy, in their order. */
  readonly stacks: readonly string[];
  readonly readers: readonly Reader[];
  /** What works less well meanwhile, and how long. */
  readonly interrupts: string;
}

/** A secret that Terraform generates anew when its version is raised. */
export interface GeneratedPassword extends Rotatable {
  readonly kind: "generated";
  readonly version: number;
  /** Tags `Name` of the secrets in Secrets Manager. */
  readonly secrets: readonly string[];
  readonly store?: Store;
}

/** A secret that the operator makes, and whose name stands in the settings. */
export interface OperatorValue extends Rotatable {
  readonly kind: "operator";
  /** Its name in Secrets Manager. */
  readonly secretName: string;
  /** Keys of the JSON it holds. */
  readonly keys: readonly string[];
}

/** A secret of an environment that `rotate` gives another value. */
export type RotatableSecret = GeneratedPassword | OperatorValue;
