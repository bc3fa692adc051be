import { collisionsWith } from "../../../modules/core/rules/collisions";
import { neighbourOf } from "../../../modules/siblings";
import {
  type SettingsChange,
  exampleSettings,
  merge,
} from "../../support/settings";
import { settingsSchema } from "../../../modules/schema";
import { existingInput, existingSettings } from "../../support/existing";

/** Wave Lite, which has no volumes. */
const liteOn = (change: SettingsChange) =>
  existingSettings(
    merge(
      { wave: { mode: "lite", mail: undefined } },
      change,
    ) as SettingsChange,
  );

/** Problems of an environment beside a second one of the account, on the same cluster. */
const beside = (ours: SettingsChange, theirs: SettingsChange) =>
  collisionsWith(neighbourOf(liteOn(ours)), [
    { source: "dev.yaml", ...neighbourOf(liteOn(theirs)) },
  ]);
const other = {
  environment: "dev",
  wave: {
    hostname: "dev.wave.example.com",
    namespace: "wave-dev",
    ingress: { loadBalancerName: "dev" },
  },
} satisfies SettingsChange;
const of = (cluster: object): SettingsChange => ({ cluster });
const pathsOf = (problems: readonly { path: string }[]) =>
  problems.map(({ path }) => path);

test("two environments share a cluster that neither has made", () => {
  expect(beside({}, other)).toEqual([]);
});

test("they do not share a namespace, volumes, a controller, or the provider of service accounts", () => {
  const ours: SettingsChange = {
    ...of({
      controllers: { loadBalancerController: "ours", metricsServer: "ours" },
      oidcProvider: "ours",
    }),
    observability: { addOn: "ours" },
  };
  const problems = beside(ours, {
    ...other,
    ...ours,
    wave: { ...other.wave, namespace: "wave" },
  });
  expect(pathsOf(problems)).toEqual([
    "wave.namespace",
    "cluster.controllers.loadBalancerController",
    "cluster.controllers.metricsServer",
    "observability.addOn",
    "cluster.oidcProvider",
  ]);
  expect(problems[0]?.given).toBe(
    "wave in cluster research-eks in eu-central-1, the namespace of dev.yaml too",
  );
  const full: SettingsChange = { wave: { mode: "full" } };
  expect(
    pathsOf(
      beside(full, {
        ...other,
        wave: { ...other.wave, mode: "full", buildNamespace: "dev-builds" },
      }),
    ),
  ).toContain("wave");
});

test("they do not share the group of users that may launch, whatever the namespaces and the storage", () => {
  const launching = (namespace: string): SettingsChange => ({
    computeEnv: {
      namespace,
      launcher: { externalId: "abcd" },
      storage: { kind: "claim", claimName: "lustre" },
    },
  });
  const problems = beside(launching("tower-nf"), {
    ...other,
    ...launching("tower-dev"),
  });
  expect(pathsOf(problems)).toEqual(["computeEnv.launcher"]);
  expect(problems[0]?.given).toContain("tower-launcher in cluster");
});

test("a controller of ours in one of the two is no clash, and neither is another cluster or region", () => {
  const ours = of({
    controllers: { loadBalancerController: "ours" },
    oidcProvider: "ours",
  });
  expect(beside(ours, other)).toEqual([]);
  const elsewhere = { ...other, wave: { ...other.wave, namespace: "wave" } };
  expect(beside({}, { ...elsewhere, ...of({ name: "other-eks" }) })).toEqual(
    [],
  );
  expect(beside({}, { ...elsewhere, region: "eu-west-1" })).toEqual([]);
});

test("the cluster of one environment is the given one of another: that one brings neither controllers nor provider", () => {
  const problems = collisionsWith(
    neighbourOf(
      liteOn({
        ...other,
        ...of({
          name: "wave-prod-eks",
          controllers: { loadBalancerController: "ours" },
          oidcProvider: "ours",
        }),
      }),
    ),
    [{ source: "prod.yaml", ...neighbourOf(exampleSettings()) }],
  );
  expect(pathsOf(problems)).toEqual([
    "cluster.controllers.loadBalancerController",
    "cluster.oidcProvider",
  ]);
});

test("two compute environments on one cluster have one volume, unless they bring their claim", () => {
  const on = (environment: string, storage: object) => {
    const input = existingInput({ wave: undefined, data: undefined }) as object;
    const computeEnv = { namespace: `nf-${environment}`, storage };
    return neighbourOf(
      settingsSchema.parse({ ...input, environment, computeEnv }),
    );
  };
  const claim = { kind: "claim", claimName: "work" };
  const clash = (storage: object) =>
    collisionsWith(on("prod", storage), [
      { source: "dev.yaml", ...on("dev", storage) },
    ]);
  expect(pathsOf(clash({ kind: "efs" }))).toContain("computeEnv.storage");
  expect(pathsOf(clash(claim))).not.toContain("computeEnv.storage");
});
