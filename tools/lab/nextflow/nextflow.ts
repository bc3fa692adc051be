import { join } from "node:path";
import { projectFile } from "../../../modules/lib/project-file";
import { mustRun } from "../system/process";
import { EXECUTOR_VERSION, type FoundNextflow, PARSER_VERSION } from "./jars";

/** Nextflow that was found. */
export type Nextflow = Exclude<FoundNextflow, { lacks: string }>;

/** Both parsers of Nextflow: that of its releases so far, and the strict one. */
export const parsers = ["v1", "v2"] as const;

/** What a parser of Nextflow reads in each of some configuration files. */
export async function valuesOf(
  nextflow: Nextflow,
  parser: (typeof parsers)[number],
  files: readonly string[],
): Promise<unknown[]> {
  const script = `println groovy.json.JsonOutput.toJson(args.collect {
    nextflow.config.ConfigParserFactory.create().parse(java.nio.file.Path.of(it)) })`;
  return groovy(nextflow, PARSER_VERSION, ["-e", script, ...files], {
    step: `nextflow-values-${parser}`,
    env: { NXF_SYNTAX_PARSER: parser },
  });
}

/** A Job as the API takes it: what is read of it. */
export interface Job {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly template: {
      readonly metadata: {
        readonly annotations?: Readonly<Record<string, string>>;
      };
      readonly spec: {
        readonly nodeSelector?: Readonly<Record<string, string>>;
        readonly tolerations?: readonly object[];
        readonly automountServiceAccountToken?: boolean;
        readonly serviceAccountName?: string;
        readonly containers: readonly {
          readonly securityContext?: { readonly privileged?: boolean };
          readonly resources?: {
            readonly limits?: Readonly<Record<string, unknown>>;
          };
        }[];
      };
    };
  };
}

/** The Job that the Kubernetes executor makes of a task that names no resources, with each of some configuration files. */
export const jobsOf = (
  nextflow: Nextflow,
  files: readonly string[],
): Promise<Job[]> =>
  groovy(
    nextflow,
    EXECUTOR_VERSION,
    [projectFile("tools", "lab", "nextflow", "jobs.groovy"), ...files],
    { step: "nextflow-jobs", env: {} },
  );

/** The JSON in the last line that a Groovy program prints: what is above it is logged. */
async function groovy<T>(
  nextflow: Nextflow,
  version: string,
  args: readonly string[],
  { step, env }: { readonly step: string; readonly env: NodeJS.ProcessEnv },
): Promise<T> {
  const { lines } = await mustRun(
    "java",
    [
      ...["-cp", nextflow.classPaths[version] ?? ""],
      ...["groovy.ui.GroovyMain", ...args],
    ],
    { step, env: { ...process.env, NXF_OFFLINE: "true", ...env } },
  );
  const json = lines.find((line) => line.startsWith("["));
  return JSON.parse(json ?? "null") as T;
}

export interface PipelineProps {
  /** Folder of the run. */
  readonly folder: string;
  /** Path of the configuration. */
  readonly config: string;
  /** Kubeconfig of whoever runs Nextflow. */
  readonly kubeconfig: string;
}

/**
 * `nextflow run` of the lab's pipeline. What is shared by its pods lies in the folder `scratch`.
 * @throws Error with the end of what it printed.
 */
export async function runPipeline(
  nextflow: Nextflow,
  { folder, config, kubeconfig }: PipelineProps,
): Promise<void> {
  await mustRun(
    "java",
    [
      ...["-cp", nextflow.classPaths[EXECUTOR_VERSION] ?? ""],
      ...["nextflow.cli.Launcher", "-log", join(folder, "nextflow.log")],
      ...["-C", config, "run"],
      projectFile("tools", "lab", "nextflow", "pipeline.nf"),
      ...["-ansi-log", "false", "-work-dir", join(folder, "scratch", "work")],
    ],
    {
      step: "nextflow-run",
      cwd: folder,
      env: {
        ...process.env,
        NXF_HOME: join(folder, "home"),
        NXF_OFFLINE: "true",
        KUBECONFIG: kubeconfig,
      },
    },
  );
}
