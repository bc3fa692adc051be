import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFile } from "../../../modules/lib/project-file";

/** Where the version is pinned. */
export const REQUIREMENTS = "tools/audit/checkov/requirements.txt";

/** Version of checkov that is installed, and that every scan must have. */
export function pinnedCheckov(): string {
  const text = readFileSync(projectFile(REQUIREMENTS), "utf8");
  const version = /^checkov==(\S+)$/m.exec(text)?.[1];
  if (version === undefined)
    throw new Error(`${REQUIREMENTS} does not pin checkov`);
  return version;
}

/** An installed checkov, or why there is none. */
export type Installed =
  | { readonly program: string; readonly notice: string }
  | { readonly lacks: string };

/** Makes `.lab/checkov` with the pinned checkov where it is missing or has another version. */
export function installCheckov(say: (text: string) => void): Installed {
  const folder = projectFile(".lab", "checkov");
  const python = join(folder, "bin", "python");
  const program = join(folder, "bin", "checkov");
  const version = pinnedCheckov();
  if (versionIn(python) === version)
    return { program, notice: `checkov ${version} of .lab/checkov` };
  say(`no checkov ${version} in .lab/checkov: installing it`);
  const steps: [string, string[]][] = [
    ...(existsSync(python)
      ? []
      : [["python3", ["-m", "venv", folder]] as [string, string[]]]),
    [
      python,
      [
        ...["-m", "pip", "install", "--quiet", "--disable-pip-version-check"],
        ...["-r", projectFile(REQUIREMENTS)],
      ],
    ],
  ];
  for (const [command, args] of steps) {
    const failure = failureOf(command, args);
    if (failure !== undefined) return { lacks: failure };
  }
  return versionIn(python) === version
    ? { program, notice: `checkov ${version}, installed in .lab/checkov` }
    : { lacks: `${python} has no checkov ${version} after its installation` };
}

function versionIn(python: string): string | undefined {
  const code =
    "from importlib.metadata import version; print(version('checkov'))";
  const { status, stdout } = spawnSync(python, ["-c", code], {
    encoding: "utf8",
  });
  return status === 0 ? stdout.trim() : undefined;
}

/** @returns why a command failed: its last lines. */
function failureOf(command: string, args: string[]): string | undefined {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: "utf8",
  });
  if (error) return `${command}: ${error.message}`;
  const last = `${stdout}${stderr}`.trim().split("\n").slice(-3).join(" ");
  return status === 0 ? undefined : `${command} ${args.join(" ")}: ${last}`;
}
