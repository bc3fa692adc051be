import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  keepPlans,
  keptPlans,
} from "../../../../tools/lab/terraform/kept-plans";
import { currentSettings } from "../../../support/settings";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wave-plans-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("a line's plans are read as they were kept, with its settings", () => {
  const settings = currentSettings();
  const plans = ["network", "data"].map((stack) => ({
    stack,
    json: `{"of":"${stack}"}`,
  }));
  keepPlans({ line: "current", settings }, plans, folder);
  const [kept, ...others] = keptPlans(folder);
  expect(others).toEqual([]);
  expect(kept).toMatchObject({
    line: "current",
    settings,
    plans: { network: '{"of":"network"}', data: '{"of":"data"}' },
  });
});

test("a plan, which holds passwords, is its owner's to read", () => {
  const plan = { stack: "data", json: "{}" };
  keepPlans({ line: "lite", settings: currentSettings() }, [plan], folder);
  const { mode } = statSync(join(folder, "lite", "plan-data.json"));
  expect(mode & 0o077).toBe(0);
});

test("no plans are kept before the first run", () => {
  expect(keptPlans(join(folder, "none"))).toEqual([]);
});
