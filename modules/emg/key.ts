import { type Construct } from "constructs";
import { KmsKey } from "../aws/kms/kms-key";
import { postgresLogGroupName } from "../aws/rds/postgres-instance";
import { postgresNameOf } from "../core/postgres-store";
import { POSTGRES, storageName } from "./names";
import { type EmgSettings } from "./settings/schema";

/** Log groups of the database, where it is made here. */
export const databaseLogGroups = (settings: EmgSettings): string[] =>
  settings.emg.database.kind === "rds"
    ? [postgresLogGroupName(postgresNameOf(settings, POSTGRES))]
    : [];

/** The one key of database and its log, files and passwords. Its ARN. */
export const createKey = (scope: Construct, settings: EmgSettings): string =>
  new KmsKey(scope, "key", {
    name: storageName(settings),
    description: `${storageName(settings)}: database, files, passwords`,
    accountId: settings.accountId,
    region: settings.region,
    logGroupNames: databaseLogGroups(settings),
    retain: settings.retain,
  }).arn;
