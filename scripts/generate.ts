/**
 * Writes what is generated from the settings schema, the tables of lanes and versions, the JSON of the examples, and the tests.
 *   npm run generate             .nvmrc, .terraform-version, package.json of the lanes, settings/settings.schema.json, manifests/compute-env, docs/*.md (settings, versions, iam, requirements, the table of effects in runbook, what it costs in sizing and README), docs/pictures
 *   npm run generate -- --check  writes nothing; exit code 1 when one of them is stale
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { projectFile } from "../modules/lib/project-file";
import { laneFiles } from "./lane-files";
import { computeEnvYaml } from "../tools/operate/manifests/compute-env-yaml";
import { withCost, withSizeCost } from "../tools/operate/cost/pages";
import { readPriceList } from "../tools/operate/cost/price-list";
import { effectsTable } from "../tools/operate/effects-table";
import { settingsSchema } from "../modules/schema";
import { exampleEnvironments } from "../tools/audit/synthesized";
import {
  IAM_TABLE,
  iamTable,
  tableSections,
} from "../tools/audit/permissions/table";
import { versionsPage } from "../tools/versions/versions-page";
import { profileTexts } from "../modules/wave/settings/profiles";
import { generatedFiles } from "../modules/settings/reference";
import { newestRecord, withProof } from "../tools/lab/record";
import { newestProof } from "../tools/operate/prove/evidence";
import { pictureFiles } from "../tools/pictures/pictures";
import { PLATFORM_ABUSES } from "../__tests__/tools/audit/permissions/platform-abuses";
import { WORKLOAD_ABUSES } from "../__tests__/tools/audit/permissions/workload-abuses";
import { REQUIREMENTS_PAGE, requirementsPage } from "../tools/requirements";

const prices = readPriceList();

const textOf = (path: string): string =>
  readFileSync(projectFile(path), "utf8");

const isCheck = process.argv.includes("--check");

/** README with the last run of the lab that was kept, the abuses that the tests ask an IAM simulator for, and what it costs. */
function readme(): string {
  const text = withCost(textOf("README.md"), prices);
  const record = newestRecord();
  const abuses = PLATFORM_ABUSES.length + WORKLOAD_ABUSES.length;
  const onAws = newestProof("aws");
  return record === undefined
    ? text
    : withProof(text, record, { abuses, onAws });
}

const SIZING = "docs/sizing.md";
const RUNBOOK = "docs/runbook.md";
const EFFECTS_MARKS = /(<!-- effects: [^>]*-->\n)[^]*?(<!-- \/effects -->)/;

const runbook = (): string =>
  textOf(RUNBOOK).replace(
    EFFECTS_MARKS,
    (_, start: string, end: string) => `${start}\n${effectsTable()}\n\n${end}`,
  );

const files = {
  ...laneFiles(),
  "README.md": readme(),
  [SIZING]: withSizeCost(textOf(SIZING), prices),
  ...generatedFiles(settingsSchema, profileTexts()),
  ...computeEnvYaml(),
  "docs/versions.md": versionsPage(exampleEnvironments()),
  [RUNBOOK]: runbook(),
  ...pictureFiles(newestRecord()),
  [IAM_TABLE]: iamTable(tableSections()),
  [REQUIREMENTS_PAGE]: requirementsPage(),
};
for (const [path, text] of Object.entries(files)) {
  const file = projectFile(path);
  const isFresh = existsSync(file) && readFileSync(file, "utf8") === text;
  if (!isCheck && !isFresh) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  if (isCheck && !isFresh) process.exitCode = 1;
  console.log(
    `${path}: ${isFresh ? "up to date" : isCheck ? "stale, run npm run generate" : "written"}`,
  );
}
