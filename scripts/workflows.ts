// actionlint and zizmor over the workflows of this repository and over those that users copy from manifests/delivery.
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import { projectFile } from "../modules/lib/project-file";
import { Unavailable, installLinters } from "../tools/workflows/programs";
import { NotRun, runStep } from "./not-run";

const CONFIG = projectFile("tools/workflows/zizmor.yml");

const isWorkflow = (file: string): boolean =>
  parseAllDocuments(readFileSync(projectFile(file), "utf8")).some(
    (document) => "errors" in document && document.has("jobs"),
  );

const workflows = [".github/workflows", "manifests/delivery"].flatMap(
  (folder) =>
    readdirSync(projectFile(folder))
      .filter((name) => /\.ya?ml$/.test(name))
      .map((name) => `${folder}/${name}`)
      .filter(isWorkflow),
);

runStep(() => {
  const { actionlint, shellcheck, zizmor } = linters();
  // Both judge by what stands in the files alone: no other program of the machine, no network.
  const failed = [
    [actionlint, "-shellcheck", shellcheck, "-pyflakes", ""],
    [zizmor, "--offline", "-q", "--persona", "pedantic", "--config", CONFIG],
  ].filter(([program = "", ...options]) => {
    const args = [...options, ...workflows];
    const { status } = spawnSync(program, args, { stdio: "inherit" });
    return status !== 0;
  });
  if (failed.length > 0) process.exitCode = 1;
});

function linters() {
  try {
    return installLinters();
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    throw new NotRun(
      `workflows need Python 3, Go 1.25 and the registries of both, or an earlier run: ${error.message}`,
    );
  }
}
