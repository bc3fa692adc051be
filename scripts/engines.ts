import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LANES } from "../modules/core/versions/lanes";
import { projectFile } from "../modules/lib/project-file";
import { NotRun, UNREACHABLE } from "./not-run";

/**
 * Engines that the same sources work with: cdktf, and its live fork, which takes its place by an alias and without a
 * change of an import.
 */
export const ENGINES = {
  cdktf: lockedVersion("cdktf"),
  cdktn: LANES.find(({ name }) => name === "living")?.packages.cdktf ?? "",
} as const;

export type Engine = keyof typeof ENGINES;

/** Version of a package that the lock file has. */
export function lockedVersion(name: string): string {
  const { packages } = JSON.parse(
    readFileSync(projectFile("package-lock.json"), "utf8"),
  ) as { packages: Record<string, { version: string } | undefined> };
  const version = packages[`node_modules/${name}`]?.version;
  if (version === undefined)
    throw new Error(`${name} is not in package-lock.json`);
  return version;
}

/**
 * Makes an empty project with an engine and installs packages in it, as a user would.
 *
 * @throws NotRun when the registry cannot be reached.
 */
export function installProject(
  folder: string,
  engine: Engine,
  ...packages: readonly string[]
): void {
  const project = {
    name: "lab",
    private: true,
    dependencies: {
      cdktf: ENGINES[engine],
      constructs: lockedVersion("constructs"),
    },
    // The bindings name cdktf as their peer: they shall take the alias.
    overrides: { cdktf: "$cdktf" },
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(project));
  const { status, stderr } = spawnSync(
    "npm",
    ["install", "--no-audit", "--no-fund", "--prefer-offline", ...packages],
    { cwd: folder, encoding: "utf8", shell: process.platform === "win32" },
  );
  if (status === 0) return;
  const [, code] = UNREACHABLE.exec(stderr) ?? [];
  if (code !== undefined)
    throw new NotRun(`the package registry cannot be reached (${code})`);
  throw new Error(`npm install of ${packages.join(" ")} failed:\n${stderr}`);
}
