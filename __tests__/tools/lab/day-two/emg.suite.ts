import { type EmgLook, effectsOf } from "../../../../tools/lab/day-two/emg";
import { emgChanges } from "../../../../tools/lab/day-two/emg-changes";
import {
  type Patch,
  labSettings,
  patched,
} from "../../../../tools/lab/settings";
import { checkSettings } from "../../../../modules/rules";
import { settingsSchema, withDefaults } from "../../../../modules/schema";

const { emg } = labSettings("emg", { retain: false });
const changes = emgChanges(emg as Patch);
const [image, workers] = changes;
if (image === undefined || workers === undefined) throw new Error("no changes");

test("each change leaves settings that are right, upon what the ones before it left", () => {
  let patch: Patch = {};
  for (const { change } of changes) {
    patch = patched(patch, change);
    const hostedZoneId = "Z0123456789ABCDEFGHIJ";
    const input = labSettings("emg", { retain: false, hostedZoneId, patch });
    const settings = settingsSchema.parse(withDefaults(input));
    expect(checkSettings(settings)).toEqual([]);
  }
});

const look = (change: Partial<EmgLook> = {}): EmgLook => ({
  jobs: [{ name: "emg-db-init-1", uid: "a" }],
  secrets: { "prefect-workers-basic-auth": { auth: "codon:1" } },
  workers: { codon: "1", hl: "2" },
  templates: { "emgapiv2-app": "1", "emgapiv2-tasks": "1" },
  ...change,
});
const migrated = look({
  jobs: [...look().jobs, { name: "emgapi-migrate-1", uid: "b" }],
  templates: { "emgapiv2-app": "2", "emgapiv2-tasks": "2" },
});

test("a change that does what it promises", () => {
  const { found, wanted } = effectsOf(image, look(), migrated);
  expect(found).toEqual(wanted);
});

test.each<[string, EmgLook]>([
  ["migrations that did not run", { ...migrated, jobs: look().jobs }],
  [
    "migrations that ran twice",
    {
      ...migrated,
      jobs: [...migrated.jobs, { name: "emgapi-migrate-1", uid: "c" }],
    },
  ],
  [
    "a Secret that changed",
    { ...migrated, secrets: { "prefect-workers-basic-auth": { auth: "x" } } },
  ],
  ["pods that stayed", { ...migrated, templates: look().templates }],
])("%s shows", (_what, after) => {
  const { found, wanted } = effectsOf(image, look(), after);
  expect(found).not.toEqual(wanted);
});

test("of a worker that comes and another that goes, the password of a third is the same", () => {
  const after = look({
    secrets: { "prefect-workers-basic-auth": { auth: "codon:2" } },
    workers: { codon: "3", ebi: "4" },
  });
  expect(effectsOf(workers, look(), after).found).toContain(
    "password of codon",
  );
  expect(effectsOf(workers, look(), after).wanted).not.toContain(
    "password of codon",
  );
});
