/**
 * Writes what is generated from the settings schema.
 *   npm run generate             settings/settings.schema.json and docs/settings.md
 *   npm run generate -- --check  writes nothing; exit code 1 when one of them is stale
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { projectFile } from "../modules/lib/project-file";
import { generatedFiles } from "../modules/settings/reference";

const isCheck = process.argv.includes("--check");

for (const [path, text] of Object.entries(generatedFiles())) {
  const file = projectFile(path);
  const isFresh = existsSync(file) && readFileSync(file, "utf8") === text;
  if (!isCheck && !isFresh) writeFileSync(file, text);
  if (isCheck && !isFresh) process.exitCode = 1;
  console.log(
    `${path}: ${isFresh ? "up to date" : isCheck ? "stale, run npm run generate" : "written"}`,
  );
}
