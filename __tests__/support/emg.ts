import { createDatabase } from "../../modules/emg/database";
import { createDatabases } from "../../modules/emg/databases";
import { createKey } from "../../modules/emg/key";
import { createSecrets } from "../../modules/emg/secrets";
import { NETWORK } from "./compute-env";
import { type SettingsChange, emgSettings } from "./settings";
import { type ResourceJson, type StackJson, synthOne } from "./synth";

/** A PostgreSQL of somebody else. */
export const EXTERNAL: SettingsChange = {
  emg: {
    database: {
      kind: "external",
      host: "postgres.example.org",
      cidrs: ["10.9.0.0/16"],
      masterSecret: "emg/db-master",
    },
  },
};

/** What can be somebody else's: certificate, database and logs of the load balancer. */
export const GIVEN: SettingsChange = {
  emg: {
    ...(EXTERNAL.emg as object),
    certificateArn:
      "arn:aws:acm:eu-central-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
    ingress: { accessLogs: false },
  },
};

/** One password for all, checked by Prefect. */
export const BASIC: SettingsChange = {
  emg: { auth: { mode: "prefect-basic" } },
};

/** Key, database, Secrets and the Job, alone in a stack. */
export const emgData = (change: SettingsChange = {}): StackJson =>
  synthOne((stack) => {
    const settings = emgSettings(change);
    const keyArn = createKey(stack, settings);
    const common = { settings, network: NETWORK, keyArn };
    const database = createDatabase(stack, common);
    const secrets = createSecrets(stack, {
      ...common,
      database,
      dependsOn: database.dependsOn,
    });
    const { dependsOn } = secrets;
    createDatabases(stack, { settings, secrets, dependsOn });
    stack.addOverride("locals.checksums", secrets.checksums);
  });

/** `data_wo` of the Secrets, by name. */
export const secretsOf = ({
  resource,
}: StackJson): Record<string, Record<string, string>> =>
  Object.fromEntries(
    Object.values(resource?.kubernetes_secret_v1 ?? {}).map((secret) => [
      (secret.metadata as { name: string }).name,
      secret.data_wo as Record<string, string>,
    ]),
  );

/** A local by the start of its name. */
export function localOf({ locals }: StackJson, start: string): string {
  const found = Object.entries(locals as Record<string, string>).find(
    ([name]) => name.startsWith(start),
  );
  if (found === undefined) throw new Error(`no local ${start}`);
  return found[1];
}

/** Resources of a type, by their Name tag. */
export const tagged = (
  stack: StackJson,
  type: string,
): Record<string, ResourceJson> =>
  Object.fromEntries(
    Object.values(stack.resource?.[type] ?? {}).map((one) => [
      (one.tags as { Name: string }).Name,
      one,
    ]),
  );
