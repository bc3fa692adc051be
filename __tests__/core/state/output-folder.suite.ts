import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeOutputFolder } from "../../../modules/core/state/output-folder";

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), "wave-output-"))));
afterEach(() => {
  rmSync(root, { recursive: true });
});

test("a folder in folders is made with those of the stacks, and stays when it is there", () => {
  const outdir = join(root, "cdktf.out", "prod");
  for (let time = 0; time < 2; time++)
    makeOutputFolder(outdir, ["network", "data"]);
  expect(existsSync(join(outdir, "stacks", "network"))).toBe(true);
  expect(existsSync(join(outdir, "stacks", "data"))).toBe(true);
});

test.each([
  ["a file is in the way", () => join(root, "file", "prod"), /ENOTDIR|EEXIST/],
  ["nobody makes folders there", () => "/proc/wave", /ENOENT|EACCES|EROFS/],
])("%s: said as a problem with a way out, and at once", (_, outdir, given) => {
  writeFileSync(join(root, "file"), "");
  expect(() => {
    makeOutputFolder(outdir());
  }).toThrow(given);
  expect(() => {
    makeOutputFolder(outdir());
  }).toThrow(/output folder .*stacks[^]*allowed[^]*CDKTF_OUTPUT=/);
});
