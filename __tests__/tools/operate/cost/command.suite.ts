import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFile } from "../../../../modules/lib/project-file";
import { cents } from "../../../../tools/operate/cost/figures";
import { cost } from "../../../../tools/operate/commands/cost";
import { recordedTerminal } from "../../../support/terminal";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cost-"));
  add("prod", (text) => text);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Another environment, which collides with none. */
const add = (name: string, change: (text: string) => string): void => {
  const text = readFileSync(
    projectFile("settings/example-current.yaml"),
    "utf8",
  )
    .replaceAll("prod", name)
    .replaceAll("wave.example.com", `${name}.example.com`);
  writeFileSync(join(folder, `${name}.yaml`), change(text));
};

async function run(
  positionals: readonly string[],
  options: Record<string, string | boolean> = {},
) {
  const terminal = recordedTerminal();
  const code = await cost.run({
    positionals,
    options,
    variables: { SETTINGS_DIR: folder },
    terminal,
  });
  const [result] = terminal.results as {
    month: number;
    stacks: Record<string, number>;
    platforms: Record<string, number>;
    environments: Record<string, unknown>[];
  }[];
  return { code, result, text: terminal.printed.join("\n") };
}

const sum = (parts: Record<string, number> = {}): number =>
  Object.values(parts).reduce((total, part) => total + part, 0);

test("an environment: lines, sums, what was assumed and what is left out", async () => {
  const { code, result, text } = await run(["prod"]);
  expect(code).toBe(0);
  expect(text).toMatch(
    /nodes wave-prod-system, m5a\.2xlarge +3 +0\.416 an hour +911\.04/,
  );
  expect(text).toMatch(
    new RegExp(`TOTAL +${cents(result?.month ?? 0).replace(".", "\\.")}`),
  );
  expect(text).toMatch(/0\.052 an hour\*/);
  expect(text).toMatch(/Assumed:\n[^]*5 GB of logs/);
  expect(text).toMatch(/Not in it:\n[^]*data transfer/);
  expect(sum(result?.stacks)).toBeCloseTo(result?.month ?? 0, 6);
  expect(sum(result?.platforms)).toBeCloseTo(result?.month ?? 0, 6);
});

test("a profile changes what the file leaves out", async () => {
  const { text } = await run(["prod"], { profile: "1000" });
  expect(text).toContain("prod with wave.profile: 1000");
  expect(text).toMatch(/maxRunningJobs would be refused: given 40/);
  expect(text).toMatch(/cache\.m7g\.large +2 /);
  expect(text).toMatch(/storage of PostgreSQL[^\n]+50 GB/);
});

test("a profile does not change what the file says", async () => {
  add(
    "prod",
    (text) => `${text}\ndata: { redis: { nodeType: cache.t4g.micro } }\n`,
  );
  const { text } = await run(["prod"], { profile: "1000" });
  expect(text).toMatch(/cache\.t4g\.micro +2 /);
});

test("fails for a profile that does not exist", async () => {
  await expect(run(["prod"], { profile: "200" })).rejects.toThrow(/trial, 50/);
});

test("--all: a line each, and one with problems hides no other", async () => {
  add("broken", (text) => text.replace("region:", "regoin:"));
  add("far", (text) =>
    text.replace("region: eu-central-1", "region: eu-west-1"),
  );
  const { code, result, text } = await run([], { all: true });
  expect(code).toBe(1);
  expect(text).toMatch(/^broken +\? +2 problems/m);
  expect(text).toMatch(/^far +eu-west-1 .*at least/m);
  expect(text).toMatch(/^prod +eu-central-1 +1,\d{3}\.\d{2}/m);
  expect(result?.environments).toHaveLength(3);
});
