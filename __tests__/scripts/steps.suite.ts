import { spawnSync } from "node:child_process";
import { packageFile } from "../../modules/lib/package-file";

/** Output and exit status of a run of steps. */
function run(steps: Readonly<Record<string, string>>) {
  const file = JSON.stringify(packageFile("scripts/steps.mjs"));
  const { stdout, status } = spawnSync(
    process.execPath,
    [
      "--input-type=module",
      "-e",
      `import { runSteps } from ${file}; runSteps(${JSON.stringify(steps)});`,
    ],
    { encoding: "utf8" },
  );
  return { lines: stdout.trimEnd().split("\n"), status };
}

test("every step runs, with its minutes, and the last line counts", () => {
  const { lines, status } = run({ one: "exit 3", two: "exit 0" });
  expect(status).toBe(1);
  expect(lines).toEqual([
    expect.stringMatching(/^FAILED +\d+\.\d min +one: exit 3$/),
    expect.stringMatching(/^ok +\d+\.\d min +two: exit 0$/),
    "1 passed, 1 failed",
  ]);
});

test("a step that could not run is neither passed nor failed", () => {
  const { lines, status } = run({ one: "exit 75", two: "exit 0" });
  expect(status).toBe(0);
  expect(lines[0]).toMatch(/^SKIPPED .*one/);
  expect(lines.at(-1)).toBe("1 passed, 0 failed, 1 skipped");
});
