import { type RotatableSecret } from "../../../../tools/operate/rotate/rotatable";
import { secretsOf } from "../../../../tools/operate/rotate/secrets";
import { stepsFor } from "../../../../tools/operate/rotate/steps";
import {
  currentSettings,
  emgSettings,
  exampleSettings,
} from "../../../support/settings";

const all = [exampleSettings(), currentSettings(), emgSettings()].flatMap(
  (settings) =>
    secretsOf(settings, ["network", "data", "identity", "workloads", "emg"]),
);

const named = (name: string): RotatableSecret => {
  const found = all.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};

/** As `write key=value`, `deploy stack` and so on. */
const inWords = (name: string): string[] =>
  stepsFor(named(name), 2).map(({ step }) => {
    switch (step.do) {
      case "write":
        return `write ${step.key}=${String(step.value)}`;
      case "put":
        return `put ${step.secretName}`;
      case "deploy":
        return `deploy ${step.stack}`;
      case "check":
        return `check ${step.what}`;
    }
  });

test("Redis takes both passwords before the old one is retired", () => {
  expect(inWords("redis")).toEqual([
    "write data.redis.authUpdate=ROTATE",
    "write data.redis.authVersion=2",
    "deploy data",
    "deploy workloads",
    "check arrived",
    "write data.redis.authUpdate=SET",
    "deploy data",
    "check retired",
  ]);
});

test.each([
  ["postgres", "data.postgres.passwordVersion", ["data", "workloads"]],
  ["surrealdb", "wave.classic.surrealPasswordVersion", ["data", "workloads"]],
  ["emg-postgres", "emg.database.passwordVersion", ["emg"]],
  ["emg-workers", "emg.auth.passwordVersion", ["emg"]],
  ["emg-cookies", "emg.auth.cookieVersion", ["emg"]],
  ["emg-django", "emg.api.secretKeyVersion", ["emg"]],
])("%s is written, deployed and checked", (name, key, stacks) => {
  expect(inWords(name)).toEqual([
    `write ${key}=2`,
    ...stacks.map((stack) => `deploy ${stack}`),
    "check arrived",
  ]);
});

test.each([
  ["registry-seqera", "wave/cr.seqera.io", "workloads"],
  ["emg-github", named("emg-github"), "emg"],
])("%s is stored, deployed and checked", (name, _, stack) => {
  const secret = named(name);
  expect(inWords(name)).toEqual([
    `put ${secret.kind === "operator" ? secret.secretName : ""}`,
    `deploy ${stack}`,
    "check arrived",
  ]);
});

test("what holds when it is left says itself where something does", () => {
  const meanwhile = (name: string): boolean[] =>
    stepsFor(named(name), 2).map((one) => one.meanwhile !== undefined);
  // From the first deploy with ROTATE to that with SET.
  expect(meanwhile("redis")).toEqual([
    ...[false, false, false],
    ...[true, true, true, true],
    false,
  ]);
  expect(meanwhile("postgres")).toEqual([false, false, true, false]);
  expect(meanwhile("registry-seqera")).toEqual([false, true, false]);
});
