import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  keepSettings,
  lastSettings,
} from "../../modules/core/state/last-settings";
import { effectOf, noticesOfChange } from "../../modules/effects/notices";
import { EFFECTS } from "../../modules/effects/table";
import { settingsSchema } from "../../modules/schema";
import { everyKey } from "../../modules/settings/reference";
import { currentSettings, exampleSettings } from "../support/settings";

/** Every setting; those inside of a list are one. */
const settings = [
  ...new Set(
    everyKey(settingsSchema).map(({ path }) => path.replace(/\[\].*$/, "")),
  ),
];

test("the table says of every setting what a change does", () => {
  expect(settings.filter((path) => effectOf(path) === undefined)).toEqual([]);
});

test("every row, and every key in it, is about a setting that no earlier row has", () => {
  const used = new Set(settings.map(effectOf));
  expect(EFFECTS.filter((row) => !used.has(row))).toEqual([]);
});

test.each([
  ["tags", exampleSettings({ tags: { team: "a" } }), /tags\.team.*rolls nodes/],
  [
    "two settings of one row, in one sentence",
    exampleSettings({
      wave: { ingress: { scheme: "internal", loadBalancerName: "other" } },
    }),
    /wave\.ingress\.scheme, wave\.ingress\.loadBalancerName changed \(replaced\)/,
  ],
  [
    "a list is one value",
    exampleSettings({ network: { zones: ["a", "b"] } }),
    /network\.zones changed \(replaced\).*in docs\/runbook\.md/,
  ],
])("a synth tells of %s what the change interrupts", (_, after, sentence) => {
  const notices = noticesOfChange(exampleSettings(), after);
  expect(notices).toEqual([expect.stringMatching(sentence)]);
});

test("a synth is silent where nothing was synthesized before, nothing changed, or nothing is interrupted", () => {
  const before = exampleSettings();
  expect(noticesOfChange(undefined, before)).toEqual([]);
  expect(noticesOfChange(before, before)).toEqual([]);
  expect(
    noticesOfChange(
      before,
      exampleSettings({ data: { logs: { accessLogDays: 30 } } }),
    ),
  ).toEqual([]);
});

test("the way back to the classic line is told of the database that goes", () => {
  expect(noticesOfChange(currentSettings(), exampleSettings()).join()).toMatch(
    /PostgreSQL.*deleted/,
  );
});

test("settings of a synth are those that the next one reads; a broken file is none", () => {
  const folder = mkdtempSync(join(tmpdir(), "last-settings-"));
  try {
    expect(lastSettings(folder)).toBeUndefined();
    keepSettings(folder, exampleSettings());
    expect(noticesOfChange(lastSettings(folder), exampleSettings())).toEqual(
      [],
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
