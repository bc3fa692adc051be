import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFile } from "../../modules/lib/project-file";

test("a reader that leaves early, such as head, is no fault of a command", async () => {
  const folder = mkdtempSync(join(tmpdir(), "run-"));
  const entry = join(folder, "talks.ts");
  writeFileSync(
    entry,
    'for (let n = 0; n < 100_000; n += 1) console.log("a line of output");',
  );
  const child = spawn(
    process.execPath,
    [projectFile("scripts", "run.mjs"), entry],
    { cwd: folder, stdio: ["ignore", "pipe", "pipe"] },
  );
  let told = "";
  child.stderr.on("data", (part: Buffer) => {
    told += part.toString();
  });
  child.stdout.once("data", () => child.stdout.destroy());
  const code = await new Promise((done) => child.on("close", done));
  rmSync(folder, { recursive: true });
  expect({ code, told }).toEqual({ code: 0, told: "" });
});
