import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { projectFile } from "../lib/project-file";
import { type Settings, settingsSchema } from "./schema";

/** Placeholder of the first slice: one file, no report. */
export function loadSettings(
  environment = process.env.ENVIRONMENT ?? "example",
): Settings {
  return settingsSchema.parse(
    parse(readFileSync(projectFile("settings", `${environment}.yaml`), "utf8")),
  );
}
