import { collisionsWith } from "../../modules/core/rules/collisions";
import { emgFacts } from "../../modules/emg/facts";
import { checkSettings } from "../../modules/rules";
import { settingsSchema } from "../../modules/schema";
import { neighbourOf } from "../../modules/siblings";
import { emgExistingInput } from "../support/existing";
import { type SettingsChange, emgSettings } from "../support/settings";

/** Values that an environment like the example, with a change, cannot have beside it. */
const shared = (change: SettingsChange): string[] =>
  collisionsWith(neighbourOf(emgSettings()), [
    { source: "blue.yaml", ...neighbourOf(emgSettings(change)) },
  ]).map(({ path, given }) => `${path}: ${given}`);

test("Prefect alone stands on no file system, and has no volumes", () => {
  const alone = emgSettings({ emg: { api: undefined } });
  expect(checkSettings(alone)).toEqual([]);
  expect(emgFacts(alone).needs.efs).toBe(false);
  expect(emgFacts(emgSettings()).needs.efs).toBe(true);
  const names = (settings: typeof alone) =>
    emgFacts(settings).clusterWide?.map(({ name }) => name);
  expect(names(alone)).toEqual(["emg"]);
  expect(names(emgSettings())).toEqual([
    "emg",
    "emgapi-vol-nfs",
    "emgapi-vol-nfs-services",
  ]);
});

test("the operator makes the secrets of the chosen mode, registry and database, with these keys", () => {
  const secretsOf = (emg: SettingsChange["emg"]) =>
    emgFacts(emgSettings({ emg })).operatorSecrets.map(
      ({ path, keys }) => `${path} ${keys.join()}`,
    );
  expect(secretsOf({})).toEqual([
    "emg.auth.githubSecret clientId,clientSecret",
    "emg.api.pullSecret username,password",
  ]);
  expect(
    secretsOf({
      api: undefined,
      auth: { mode: "prefect-basic" },
      database: {
        kind: "external",
        host: "db.example.org",
        cidrs: ["10.8.0.0/24"],
        masterSecret: "emg/database",
      },
    }),
  ).toEqual(["emg.database.masterSecret username,password"]);
});

test("no other environment of the account has the hosts; all other names begin with the environment's", () => {
  expect(shared({ environment: "blue" })).toEqual([
    "emg.prefect.host: prefect.emg.example.org, the host name of blue.yaml too",
    "emg.api.host: api.emg.example.org, the host name of blue.yaml too",
  ]);
  expect(
    shared({
      environment: "blue",
      emg: {
        prefect: { host: "prefect.blue.example.org" },
        api: { host: "api.blue.example.org" },
      },
    }),
  ).toEqual([]);
});

test("on one cluster two of them do not fit: class and volumes have their names in all of it", () => {
  const on = (environment: string) => {
    const settings = settingsSchema.parse(
      emgExistingInput({
        environment,
        emg: {
          namespace: environment,
          prefect: { host: `prefect.${environment}.example.org` },
          api: { host: `api.${environment}.example.org` },
        },
      }),
    );
    expect(checkSettings(settings)).toEqual([]);
    return { source: `${environment}.yaml`, ...neighbourOf(settings) };
  };
  const paths = collisionsWith(on("green"), [on("blue")]).map(
    ({ path }) => path,
  );
  expect(paths).toEqual(["emg", "emg.api", "emg.api"]);
});

test("pods of the login are counted with the mode that has them", () => {
  const counted = (emg: SettingsChange["emg"]) =>
    emgFacts(emgSettings({ emg })).systemPods?.map(({ count }) => count);
  expect(counted({})).toEqual([1, 4, 3]);
  expect(
    counted({ auth: { mode: "prefect-basic" }, api: { taskWorker: true } }),
  ).toEqual([1, 4]);
});
