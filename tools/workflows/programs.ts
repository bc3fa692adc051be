import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { projectFile } from "../../modules/lib/project-file";

/** Why a linter cannot be had here: a toolchain is missing, or nobody answers at the registry. */
export class Unavailable extends Error {}

const UNREACHABLE =
  /connection|timed? ?out|no such host|name resolution|network is unreachable|dial tcp/i;

/** Runs a step of the installation. @throws Unavailable without the program or its registry, Error when it fails otherwise. */
export function install(
  program: string,
  args: readonly string[],
  cwd: string,
): void {
  const { error, status, stderr } = spawnSync(program, args, {
    ...{ cwd, encoding: "utf8" },
    env: { ...process.env, CGO_ENABLED: "0" },
  });
  if (error !== undefined)
    throw new Unavailable(`${program} is not on the PATH`);
  if (status === 0) return;
  const last = stderr.trim().split("\n").slice(-3).join("\n");
  const Reason = UNREACHABLE.test(stderr) ? Unavailable : Error;
  throw new Reason(`${program} ${args[0]}: ${last}`);
}

/**
 * Installs the pinned linters into `.lab/workflows`, each checked against its checksum; what is there already is kept, without
 * a network.
 * @returns paths of the programs.
 */
export function installLinters() {
  const here = projectFile("tools/workflows");
  const venv = projectFile(".lab/workflows");
  const python = `${venv}/bin/python`;
  if (!existsSync(python)) install("python3", ["-m", "venv", venv], here);
  const pip = ["-m", "pip", "install", "-q", "--disable-pip-version-check"];
  const locked = ["--require-hashes", "--only-binary", ":all:"];
  install(python, [...pip, ...locked, "-r", "requirements.txt"], here);
  const actionlint = `${venv}/bin/actionlint`;
  const path = "github.com/rhysd/actionlint/cmd/actionlint";
  const build = ["build", "-mod=readonly", "-trimpath", "-o", actionlint, path];
  install("go", build, `${here}/actionlint`);
  const shellcheck = `${venv}/bin/shellcheck`;
  return { actionlint, shellcheck, zizmor: `${venv}/bin/zizmor` };
}
