import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { projectFile } from "../../../modules/lib/project-file";
import { type Fetch, fetchFile } from "../kube/download-programs";
import { userCache } from "../system/bring";

/**
 * Version whose parsers read the configuration. Its libraries `nf-lang` 25.04.4 and `lib-trace` are not in Maven Central:
 * `nf-lang` 25.04.0 stands in, and nothing here needs the other one.
 */
export const PARSER_VERSION = "25.04.4";

/** Last release whose Kubernetes executor is in Maven Central: later ones have it as a plugin, with the same code. */
export const EXECUTOR_VERSION = "24.10.5";

const REPOSITORY = "https://repo1.maven.org/maven2";

/** A Java that runs Nextflow has at least this version. */
const JAVA = 17;

/** Nextflow as it can be run here, or the reason why it cannot. */
export type FoundNextflow =
  | {
      /** Class path of Java, by version of Nextflow. */
      readonly classPaths: Readonly<Record<string, string>>;
    }
  | { readonly lacks: string };

/** A file of Maven Central. */
export interface Jar {
  readonly path: string;
  readonly sha256: string;
}

/** The files of a version, as `sha256sum` writes them. */
export const jarsOf = (version: string): Jar[] =>
  readFileSync(
    projectFile("tools", "lab", "nextflow", `jars-${version}.txt`),
    "utf8",
  )
    .trim()
    .split("\n")
    .map((line) => {
      const [sha256 = "", path = ""] = line.split("  ");
      return { path, sha256 };
    });

/**
 * Brings Nextflow into the user's cache folder, once: 65 MB from Maven Central, each file compared with the checksum kept
 * here.
 */
export async function bringNextflow(
  env: NodeJS.ProcessEnv,
  print: (text: string) => void,
  read: Fetch = fetchFile,
): Promise<FoundNextflow> {
  if (env.LAB_NEXTFLOW === "off") return { lacks: "LAB_NEXTFLOW is off" };
  const java = javaVersion();
  if (java < JAVA)
    return {
      lacks: `Java ${JAVA} or newer${java > 0 ? `, here is ${java}` : ""}`,
    };
  const root = join(userCache(env), "nextflow-lab");
  mkdirSync(root, { recursive: true });
  try {
    const paths: [string, string][] = [];
    for (const version of [PARSER_VERSION, EXECUTOR_VERSION])
      paths.push([version, await classPathOf(version, { root, print, read })]);
    return { classPaths: Object.fromEntries(paths) };
  } catch (error) {
    return {
      lacks: `Nextflow: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

async function classPathOf(
  version: string,
  props: {
    readonly root: string;
    readonly print: (text: string) => void;
    readonly read: Fetch;
  },
): Promise<string> {
  const jars = jarsOf(version);
  const missing = jars.filter(({ path }) => !existsSync(fileOf(props, path)));
  if (missing.length > 0)
    props.print(`${missing.length} files of Nextflow ${version}`);
  for (const jar of missing) await bring(jar, props);
  return jars.map(({ path }) => fileOf(props, path)).join(":");
}

const fileOf = ({ root }: { readonly root: string }, path: string): string =>
  join(root, basename(path));

/** A file is there whole or not at all. */
async function bring(
  { path, sha256 }: Jar,
  props: { readonly root: string; readonly read: Fetch },
): Promise<void> {
  const content = await props.read(`${REPOSITORY}/${path}`);
  const found = createHash("sha256").update(content).digest("hex");
  if (found !== sha256)
    throw new Error(`${path} has SHA-256 ${found}, wanted is ${sha256}`);
  const draft = `${fileOf(props, path)}.${process.pid}`;
  try {
    writeFileSync(draft, content);
    renameSync(draft, fileOf(props, path));
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Of the Java on PATH; 0 without one. */
function javaVersion(): number {
  const { stderr, stdout } = spawnSync("java", ["-version"], {
    env: process.env,
    encoding: "utf8",
  });
  return Number(/version "(\d+)/.exec(`${stderr}${stdout}`)?.[1] ?? 0);
}
