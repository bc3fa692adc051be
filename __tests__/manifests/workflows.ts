import { spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { projectFile } from "../../modules/lib/project-file";

/** A step of a job. */
export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** A job of a workflow. */
export interface Job {
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: unknown;
  readonly steps: readonly Step[];
}

/** A workflow of GitHub. */
export interface Workflow {
  readonly on: Readonly<
    Record<string, Readonly<Record<string, unknown>> | null>
  >;
  readonly permissions: Readonly<Record<string, string>>;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** A template of a workflow, by the name of its file. */
type Template = "deploy" | "service-ci" | "releases-guard";

/** Path of a template. */
export const templateFile = (name: string): string =>
  projectFile(`manifests/delivery/${name}.yaml`);

/** Text of a template. */
export const templateText = (name: string): string =>
  readFileSync(templateFile(name), "utf8");

/** A template of a workflow, with a job of a name and a step that says this. */
export const workflow = (name: Template) =>
  workflowIn(`manifests/delivery/${name}.yaml`);

/** The same of any file of the project. */
export function workflowIn(file: string) {
  const text = readFileSync(projectFile(file), "utf8");
  const content = parse(text, { merge: true }) as Workflow;
  const job = (id: string): Job => {
    const found = content.jobs[id];
    if (found === undefined) throw new Error(`${file}: no job ${id}`);
    return found;
  };
  const script = (id: string, what: string): string => {
    const found = job(id).steps.find((step) =>
      [step.name, step.id].includes(what),
    );
    if (found?.run === undefined) throw new Error(`${id}: no step ${what}`);
    return found.run;
  };
  return { ...content, text, job, script };
}

/** Runs a step as GitHub does with `shell: bash`. */
export function runScript(
  script: string,
  cwd: string,
  env: Readonly<Record<string, string>> = {},
) {
  const { status, stdout, stderr } = spawnSync(
    "bash",
    ["--noprofile", "--norc", "-eo", "pipefail", "-c", script],
    { cwd, encoding: "utf8", env: { PATH: process.env.PATH, ...env } },
  );
  return { status, output: stdout + stderr };
}

/** An empty folder of the calling suite, gone at its end. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "wave-delivery-"));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Writes a file below a folder. */
export function write(at: string, path: string, text = path): void {
  mkdirSync(dirname(join(at, path)), { recursive: true });
  writeFileSync(join(at, path), text);
}

/** A Git repository with a first commit of these files. */
export function repository(at: string, ...files: string[]) {
  const git = (...args: string[]): string =>
    spawnSync("git", ["-c", "user.name=t", "-c", "user.email=t@t", ...args], {
      cwd: at,
      encoding: "utf8",
    }).stdout;
  const commit = () => {
    git("add", "--all");
    git("commit", "--quiet", "--message", "change");
    return git("rev-parse", "HEAD").trim();
  };
  for (const file of files) write(at, file);
  git("init", "--quiet", "--initial-branch=main");
  return { at, git, commit, first: commit() };
}

/** Programs that a step finds first, each a line of shell. @returns its PATH. */
export function programs(
  at: string,
  texts: Readonly<Record<string, string>>,
): string {
  for (const [name, text] of Object.entries(texts)) {
    write(at, `bin/${name}`, `#!/bin/bash\n${text}\n`);
    chmodSync(join(at, "bin", name), 0o755);
  }
  return `${join(at, "bin")}:${String(process.env.PATH)}`;
}
