import { readFileSync } from "node:fs";
import { packageFile } from "../lib/package-file";
import { escapeTemplate } from "../lib/terraform-escape";
import { SERVICES } from "./names";
import { type ApiSettings, type EmgSettings } from "./settings/schema";

/** Folder of the application's own files, shared by all of its pods. */
export const DATA_FOLDER = "/app/data";

/** Folder of the settings that stand before those of the image. */
export const SETTINGS_FOLDER = "/etc/emg";

/** Variables of the application that are made here. Those of sourmash: pods that answer and the one that works share files. */
const ownVariables = (
  { emg, environment }: EmgSettings,
  { host, slurm, basePath }: ApiSettings,
): Record<string, string> => ({
  DJANGO_SETTINGS_MODULE: "site_settings",
  PYTHONPATH: SETTINGS_FOLDER,
  SITE_HOST: host,
  HOME: "/tmp",
  PREFECT_API_URL: `http://${SERVICES.prefect.name}.${emg.namespace}.svc.cluster.local:${SERVICES.prefect.port}/api`,
  PREFECT_UI_URL: `https://${emg.prefect.host}`,
  PREFECT_HOME: `${DATA_FOLDER}/prefect`,
  EMG_ENVIRONMENT: environment,
  EMG_SERVICE_URLS__APP_ROOT: `https://${host}`,
  EMG_SERVICE_URLS__BASE_URL: basePath,
  EMG_SLURM__SHARED_FILESYSTEM_ROOT_ON_SLURM: slurm.sharedRootOnSlurm,
  EMG_SLURM__SHARED_FILESYSTEM_ROOT_ON_SERVER: DATA_FOLDER,
  EMG_SLURM__SAMPLESHEET_EDITING_ALLOWED_INSIDE: slurm.editingAllowedInside,
  EMG_SLURM__SAMPLE_EDITING_PATH_FROM_SHARED_FILESYSTEM: EDITS,
  EMG_SLURM__SAMPLESHEET_EDITING_PATH_FROM_SHARED_FILESYSTEM: EDITS,
  EMG_SLURM__DEFAULT_WORKDIR: slurm.defaultWorkdir,
  EMG_SOURMASH__QUERIES_PATH: `${DATA_FOLDER}/sourmash/queries`,
  EMG_SOURMASH__RESULTS_PATH: `${DATA_FOLDER}/sourmash/results`,
});

const EDITS = "temporary_samplesheet_edits";

/** Variables that are nobody's to set: those above, those of pod and Secret, and the one that shows the settings to visitors. */
export const reservedVariables = (
  settings: EmgSettings,
  api: ApiSettings,
): string[] => [
  ...Object.keys(ownVariables(settings, api)),
  ...["DJANGO_DEBUG", "DJANGO_SECRET_KEY", "DATABASE_URL", "POD_IP"],
  "PREFECT_API_AUTH_STRING",
];

/** ConfigMaps of the application, by name: its variables, and a file of settings. */
export function configMaps(
  settings: EmgSettings,
  api: ApiSettings,
): Record<string, Record<string, string>> {
  return {
    [VARIABLES]: Object.fromEntries(
      Object.entries({ ...ownVariables(settings, api), ...api.extraEnv }).map(
        ([name, value]) => [name, escapeTemplate(value)],
      ),
    ),
    [SITE_SETTINGS]: {
      "site_settings.py": readFileSync(
        packageFile("manifests/emg/site_settings.py"),
        "utf8",
      ),
    },
  };
}

const VARIABLES = "emgapi-config";
/** The one that is a file and no variables. */
export const SITE_SETTINGS = "emg-site-settings";
