import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { projectFile } from "../../../modules/lib/project-file";

/** Where the version is pinned. */
const REQUIREMENTS = "tools/audit/checkov/requirements.txt";

/** Version of checkov that is installed, and that every scan must have. */
export const pinnedCheckov = (): string =>
  /^checkov==(\S+)$/m.exec(
    readFileSync(projectFile(REQUIREMENTS), "utf8"),
  )?.[1] ?? `not pinned in ${REQUIREMENTS}`;

/** Installs what is pinned into `.lab/checkov`, and returns the program. @throws Error without Python or PyPI. */
export function installCheckov(): string {
  const folder = projectFile(".lab", "checkov");
  const python = `${folder}/bin/python`;
  if (!existsSync(python)) execFileSync("python3", ["-m", "venv", folder]);
  const pip = ["-m", "pip", "install", "-q", "--disable-pip-version-check"];
  execFileSync(python, [...pip, "-r", projectFile(REQUIREMENTS)]);
  return `${folder}/bin/checkov`;
}
