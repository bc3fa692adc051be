import {
  chmodSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { projectFile } from "../../../modules/lib/project-file";
import { mustRun } from "../system/process";

/** A worker, as the outputs of the stack name it. */
export interface Kit {
  readonly name: string;
  readonly password: string;
  /** Such as `https://prefect.example.org/workers/api`. */
  readonly url: string;
}

/** What a worker of the kit has. */
export interface KitFile {
  readonly variables: Readonly<Record<string, string>>;
  /** Mode of the file, such as `600`. */
  readonly mode: string;
}

const kitFile = (name: string): string =>
  projectFile("manifests/emg/worker", name);

/** Names of the variables that the kit shows. */
export const shownVariables = (text: string): string[] =>
  [...text.matchAll(/^([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name ?? "");

export const kitTemplate = (): string =>
  readFileSync(kitFile("worker.env"), "utf8");

/**
 * Runs the kit's own script, with a stand-in of the AWS CLI that knows the password, and reads the file as a shell does.
 * @param folder Where the file is written.
 */
export async function runKit(folder: string, kit: Kit): Promise<KitFile> {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(
    join(bin, "aws"),
    '#!/bin/sh\nprintf "%s\\n" "$TWIN_PASSWORD"\n',
  );
  chmodSync(join(bin, "aws"), 0o755);
  const file = join(folder, "worker.env");
  const arn = `arn:aws:secretsmanager:eu-central-1:123456789012:secret:twin-${kit.name}`;
  await mustRun("sh", [kitFile("worker.sh"), kit.name, kit.url, arn, file], {
    step: `twin-kit-${kit.name}`,
    env: {
      PATH: `${bin}:${process.env.PATH ?? ""}`,
      TWIN_PASSWORD: kit.password,
    },
  });
  const { lines } = await mustRun(
    "sh",
    ["-c", 'unset PWD OLDPWD; set -a; . "$0"; exec env', file],
    { step: "twin-kit-read", env: { PATH: process.env.PATH }, quiet: true },
  );
  const variables = lines
    .map((line) => line.split(/=(.*)/s))
    .filter(([name = ""]) => name.startsWith("PREFECT_"))
    .map(([name = "", value = ""]) => [name, value]);
  return {
    variables: Object.fromEntries(variables) as Record<string, string>,
    mode: (statSync(file).mode & 0o777).toString(8),
  };
}
