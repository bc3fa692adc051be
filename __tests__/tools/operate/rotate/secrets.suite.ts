import { factsOf } from "../../../../modules/facts";
import { registrySecretsOf } from "../../../../modules/core/registries";
import { type Settings } from "../../../../modules/schema";
import { secretsOf } from "../../../../tools/operate/rotate/secrets";
import { BASIC, EXTERNAL } from "../../../support/emg";
import {
  currentSettings,
  deliverySettings,
  emgSettings,
  exampleSettings,
  platformsSettings,
} from "../../../support/settings";
import { type StackJson, synthApp } from "../../../support/synth";

const REGISTRIES = {
  registries: [{ host: "r.example.org:5000", secret: "a/r" }],
};
const ENVIRONMENTS: readonly (readonly [string, Settings])[] = [
  [
    "classic",
    exampleSettings({
      ...REGISTRIES,
      wave: {
        secrets: { dockerHub: "wave/docker.io", quay: "wave/quay.io" },
        classic: {
          ecrKeySecret: "wave/ecr-key",
          ecrKeyUserArn: "arn:aws:iam::123456789012:user/wave-ecr",
        },
      },
    }),
  ],
  ["current", currentSettings(REGISTRIES)],
  ["platforms", platformsSettings(REGISTRIES)],
  ["delivery", deliverySettings()],
  ["emg", emgSettings()],
  ["emg with one password", emgSettings(BASIC)],
  ["emg with a given database", emgSettings(EXTERNAL)],
];

const resources = (stacks: Record<string, StackJson>, type: string) =>
  Object.values(stacks).flatMap(({ resource }) =>
    Object.values(resource?.[type] ?? {}),
  );

const namesOf = (objects: readonly Record<string, unknown>[]): string[] =>
  objects.map(({ metadata }) => (metadata as { name: string }).name);

/** The services' Redis: its version is no setting. */
const FIXED = /-delivery-redis$/;

describe.each(ENVIRONMENTS)("%s", (_, settings) => {
  const stacks = synthApp(settings);
  const secrets = secretsOf(settings, Object.keys(stacks));

  test("every password that Terraform generates is of one secret", () => {
    const made = resources(stacks, "aws_secretsmanager_secret")
      .map(({ tags }) => (tags as { Name: string }).Name)
      .filter((name) => !FIXED.test(name));
    const known = secrets.flatMap((one) =>
      one.kind === "generated" ? one.secrets : [],
    );
    expect([...known].sort()).toEqual([...made].sort());
  });

  test("every secret of the operator is one", () => {
    const named = [
      ...registrySecretsOf(settings),
      ...factsOf(settings).flatMap(({ operatorSecrets }) => operatorSecrets),
    ].map(({ path, keys }) => ({ path, keys }));
    const known = secrets.flatMap((one) =>
      one.kind === "operator" ? { path: one.setting, keys: one.keys } : [],
    );
    const byPath = (a: { path: string }, b: { path: string }): number =>
      a.path.localeCompare(b.path);
    expect([...known].sort(byPath)).toEqual([...named].sort(byPath));
  });

  test("names are unique, and stacks, Secrets and Deployments are there", () => {
    const names = secrets.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const objects = {
      secret: namesOf(resources(stacks, "kubernetes_secret_v1")),
      deployment: namesOf(resources(stacks, "kubernetes_deployment_v1")),
    };
    for (const secret of secrets) {
      expect(Object.keys(stacks)).toEqual(
        expect.arrayContaining([...secret.stacks]),
      );
      expect(secret.stacks).not.toEqual([]);
      for (const { secret: name, deployments } of secret.readers) {
        expect(objects.secret).toContain(name);
        expect(objects.deployment).toEqual(
          expect.arrayContaining([...deployments]),
        );
      }
    }
  });
});

test("names that people type", () => {
  const names = (settings: Settings) =>
    secretsOf(settings, ["data", "workloads", "emg", "delivery"]).map(
      ({ name }) => name,
    );
  expect(names(ENVIRONMENTS[0]?.[1] ?? exampleSettings())).toEqual([
    "redis",
    "surrealdb",
    "registry-seqera",
    "registry-docker-hub",
    "registry-quay",
    "ecr-key",
    "registry-r.example.org:5000",
  ]);
  expect(
    names(currentSettings({ data: { redis: { auth: false } } })),
  ).not.toContain("redis");
  expect(names(deliverySettings())).toEqual(["git"]);
});
