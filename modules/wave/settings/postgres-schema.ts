import { z } from "zod";
import { postgresFields } from "../../core/settings/postgres-fields";

/** Section `data.postgres`: the database of the current line. */
export const postgresSchema = z
  .strictObject(postgresFields)
  .prefault({})
  .describe("Database of the current line; nothing of it on the classic one.");
