// actionlint and zizmor over the workflows of this repository and over those that users copy from manifests/.
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { projectFile } from "../modules/lib/project-file";
import { Unavailable, installLinters } from "../tools/workflows/programs";
import { NotRun, runStep } from "./not-run";

const CONFIG = projectFile("tools/workflows/zizmor.yml");

const yamlOf = (folder: string): string[] =>
  readdirSync(projectFile(folder))
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => `${folder}/${name}`);

const workflows = [
  ...yamlOf(".github/workflows"),
  ...yamlOf("manifests/pipelines/github"),
  // Objects of Flux stand there too.
  ...yamlOf("manifests/delivery").filter((file) =>
    /^jobs:/m.test(readFileSync(projectFile(file), "utf8")),
  ),
];

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

runStep(() => {
  const { actionlint, shellcheck, zizmor } = linters();
  // With a token zizmor asks GitHub whether each commit is one of its action, is the release that is said, and has no advisory.
  const network = process.env.GH_TOKEN === undefined ? ["--offline"] : [];
  const failed = [
    [actionlint, "-shellcheck", shellcheck, "-pyflakes", ""],
    [zizmor, "-q", "--persona", "pedantic", "--config", CONFIG, ...network],
  ].filter(([program = "", ...options]) => {
    const args = [...options, ...workflows];
    const { status } = spawnSync(program, args, { stdio: "inherit" });
    return status !== 0;
  });
  if (failed.length > 0) process.exitCode = 1;
});
