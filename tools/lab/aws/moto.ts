import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { paths } from "../paths";
import { mustRun } from "../system/process";

/** Version of moto in `tools/lab/aws/requirements.txt`. */
function pinnedVersion(): string {
  const requirements = readFileSync(paths.requirements, "utf8");
  const version = /^moto\[server\]==(\S+)$/m.exec(requirements)?.[1];
  if (version === undefined)
    throw new Error(`${paths.requirements} does not pin moto[server]`);
  return version;
}

function motoOf(python: string): string | undefined {
  const code =
    "import flask, flask_cors; from importlib.metadata import version; print(version('moto'))";
  const { status, stdout } = spawnSync(python, ["-c", code], {
    encoding: "utf8",
    env: process.env,
  });
  return status === 0 ? stdout.trim() : undefined;
}

/** Python of `.lab/venv`. */
const own = join(paths.venv, "bin", "python");

/**
 * A Python that has the pinned moto: the one on PATH, or `.lab/venv`, which is made when it is missing.
 * @returns path of the Python, and a sentence about it.
 * @throws Error when there is no Python that could have it.
 */
export async function findMoto(
  print: (text: string) => void,
  pythons: readonly string[] = ["python3", own],
): Promise<{ python: string; notice: string }> {
  const version = pinnedVersion();
  for (const python of pythons)
    if (motoOf(python) === version)
      return { python, notice: `moto ${version} of ${python}` };
  const { env } = process;
  if (spawnSync("python3", ["--version"], { env }).status !== 0)
    throw new Error(
      `The lab needs Python 3 with venv and pip, or moto ${version} (tools/lab/aws/requirements.txt), and no python3 is on PATH`,
    );
  print(`no moto ${version} found: installing it in .lab/venv`);
  if (!existsSync(own))
    await mustRun("python3", ["-m", "venv", paths.venv], {
      step: "venv",
      env,
    });
  await mustRun(
    own,
    ["-m", "pip", "install", "--quiet", "-r", paths.requirements],
    { step: "pip-install", env },
  );
  if (motoOf(own) !== version)
    throw new Error(`moto ${version} could not be installed in ${paths.venv}`);
  return { python: own, notice: `moto ${version}, installed in .lab/venv` };
}
