import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { execFile } from "node:child_process";
import { serveGit } from "../../../../tools/lab/flux/git-server";

test("a repository is cloned by HTTP, and holds what was committed last and nothing else", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lab-git-"));
  const git = await serveGit(join(folder, "served"));
  git.commit({ "old.yaml": "old", "a/b.yaml": "first" });
  git.commit({ "a/b.yaml": "second" });
  const clone = join(folder, "clone");
  await promisify(execFile)("git", ["clone", "--quiet", git.url, clone]);
  expect(readdirSync(clone).filter((name) => name !== ".git")).toEqual(["a"]);
  expect(readFileSync(join(clone, "a/b.yaml"), "utf8")).toBe("second");
  const branch = execFileSync("git", ["branch", "--show-current"], {
    cwd: clone,
    encoding: "utf8",
  });
  expect(branch.trim()).toBe("main");
  git.close();
  rmSync(folder, { recursive: true });
});
