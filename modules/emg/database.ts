import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";
import { StoredSecret } from "../aws/secrets/stored-secret";
import { type NetworkOutputs } from "../contracts/network";
import { PostgresStore } from "../core/postgres-store";
import { POSTGRES } from "./names";
import { type EmgSettings } from "./settings/schema";

/** A PostgreSQL, and who may make users and databases in it. */
export interface Database {
  readonly host: string;
  readonly port: number;
  /** Texts of Terraform, and where they come from. The password is ephemeral. */
  readonly masterSecret: {
    readonly username: string;
    readonly password: string;
    readonly source: StoredSecret;
  };
  readonly dependsOn: readonly ITerraformDependable[];
}

/** The PostgreSQL of the settings: made here, or found. */
export function createDatabase(
  scope: Construct,
  props: {
    readonly settings: EmgSettings;
    readonly network: NetworkOutputs;
    readonly keyArn: string;
  },
): Database {
  const { database } = props.settings.emg;
  if (database.kind === "external") {
    const { host, port, masterSecret } = database;
    const source = new StoredSecret(scope, "database-master", masterSecret);
    const field = (name: string) => `\${${source.field(name)}}`;
    return {
      host,
      port,
      masterSecret: {
        username: field("username"),
        password: field("password"),
        source,
      },
      dependsOn: [],
    };
  }
  const userName = "emg_master";
  const { host, port, secretArn, dependsOn } = new PostgresStore(
    scope,
    "postgres",
    {
      ...props,
      database,
      path: "emg.database",
      what: POSTGRES,
      passwordOf: "emg-db-master",
      userName,
      monitoringRole: "emg-rds-monitoring",
      kmsKeyArn: props.keyArn,
      secretsKeyArn: props.keyArn,
    },
  );
  const source = new StoredSecret(scope, "database-master", secretArn);
  return {
    host,
    port,
    masterSecret: {
      username: userName,
      password: `\${${source.value}}`,
      source,
    },
    dependsOn,
  };
}
