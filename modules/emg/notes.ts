import { type emgNotes } from "../contracts/emg";
import { type Written } from "../contracts/outputs";
import { WORKERS_PATH, zoneIdOf } from "./names";
import { type EmgSettings } from "./settings/schema";

/** Outputs that are known only when the parts are made. */
export type Made = Pick<
  Written<typeof emgNotes>,
  "loadBalancer" | "dnsRecords" | "workerSecretArns"
>;

/** What people need: where everything is, and what is left to do. */
export function notesOf(
  settings: EmgSettings,
  made: Made,
): Written<typeof emgNotes> {
  const { prefect, api, auth, namespace } = settings.emg;
  const prefectUrl = `https://${prefect.host}`;
  const path = auth.mode === "oauth2-proxy" ? WORKERS_PATH : "/api";
  const workerApiUrl = `${prefectUrl}${path}`;
  return {
    ...made,
    prefectUrl,
    apiUrl: api && `https://${api.host}`,
    workerApiUrl,
    namespace,
    authMode: auth.mode,
    nextSteps: nextSteps(settings, made.workerSecretArns, workerApiUrl),
  };
}

function nextSteps(
  settings: EmgSettings,
  secrets: Made["workerSecretArns"],
  workerApiUrl: string,
): string[] {
  const { auth, api, prefect } = settings.emg;
  return [
    ...(zoneIdOf(settings) === undefined
      ? ["Make the records of dns_records."]
      : []),
    ...(auth.mode === "oauth2-proxy"
      ? [
          `Set https://${prefect.host}/oauth2/callback as the callback of the OAuth app of GitHub that ${auth.githubSecret} has.`,
        ]
      : Object.entries(secrets).map(
          ([user, arn]) =>
            `Prefect asks people for ${user}:<password>, which this prints: aws secretsmanager get-secret-value --region ${settings.region} --secret-id ${arn} --query SecretString --output text`,
        )),
    ...Object.entries(secrets).map(
      ([worker, arn]) =>
        `Variables of a worker, as manifests/emg/worker/README.md says: manifests/emg/worker/worker.sh ${worker} ${workerApiUrl} ${arn}`,
    ),
    api
      ? "Register the first flow, with manifests/emg/Taskfile.yaml: FLOW=<name> task deploy-flow"
      : "Register the first flow, with the variables of a worker: prefect deploy",
  ];
}
