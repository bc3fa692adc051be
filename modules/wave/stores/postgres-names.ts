import { postgresLogGroupName } from "../../aws/rds/postgres-instance";
import { postgresNameOf } from "../../core/postgres-store";
import { type NameParts } from "../../lib/names";
import { type WaveEnvironment } from "../release/release";

/** Last part of the instance's name. */
export const POSTGRES = "postgres";

/** Database of Wave: made with the instance, named in its JDBC address. */
export const POSTGRES_DATABASE = "wave";

/** Owner of that database: may create in `public`, so nobody has to run a grant. */
export const POSTGRES_USER = "wave_user";

/** Identifier of the instance. */
export const postgresName = (settings: NameParts): string =>
  postgresNameOf(settings, POSTGRES);

/** Log groups of the database: none on the classic line, which has SurrealDB in its place. */
export function postgresLogGroups(settings: WaveEnvironment): string[] {
  return !settings.release.isClassic
    ? [postgresLogGroupName(postgresName(settings))]
    : [];
}
