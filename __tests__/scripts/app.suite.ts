import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { laneOf } from "../../modules/core/versions/lanes";
import { projectFile } from "../../modules/lib/project-file";

const { folder = "." } = laneOf();
const written = ["scripts", "dist", "cdktf.out", "lanes", ".lab", ".state"];

let clone: string;
beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), "app-clone-"));
  // The command looks for its project beside itself, so that is a copy; what it only reads is not.
  for (const file of ["app.mjs", "lane-table.mjs", "no-token-traces.cjs"])
    cpSync(projectFile("scripts", file), join(clone, "scripts", file));
  for (const from of new Set([".", folder])) {
    mkdirSync(join(clone, from), { recursive: true });
    for (const name of readdirSync(projectFile(from)))
      if (!written.includes(name))
        symlinkSync(projectFile(from, name), join(clone, from, name));
  }
});
afterAll(() => {
  rmSync(clone, { recursive: true });
});

/** A synth of one environment into a folder of its own. */
const synth = (environment: string) =>
  new Promise<{ code: number | null; text: string; stacks: string[] }>(
    (resolve) => {
      const output = join(clone, "out", environment);
      const child = spawn(process.execPath, [join(clone, "scripts/app.mjs")], {
        cwd: clone,
        env: {
          ...process.env,
          CDKTF_OUTDIR: output,
          ENVIRONMENT: environment,
        },
      });
      let text = "";
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (part: Buffer) => (text += part.toString()));
      child.on("close", (code) => {
        const stacks = code === 0 ? readdirSync(join(output, "stacks")) : [];
        resolve({ code, text, stacks: stacks.sort() });
      });
    },
  );

test("two synths at once in a fresh clone end well, and leave whole files to the next", async () => {
  const first = synth("example");
  // While the first one writes what both use.
  while (!existsSync(join(clone, folder, "dist")))
    await new Promise((resolve) => setTimeout(resolve, 5));
  const ended = await Promise.all([first, synth("example-current")]);
  for (const { code, text, stacks } of ended) {
    expect(text).toMatch(/^(Note: .*\n)*$/);
    expect({ code, stacks }).toEqual({
      code: 0,
      stacks: ["data", "identity", "network", "workloads"],
    });
  }
  expect(readdirSync(join(clone, folder, "dist")).sort()).toEqual([
    "inputs.json",
    "own.js",
    "own.js.cache",
    "packages.js",
    "packages.js.cache",
  ]);
}, 60_000);
