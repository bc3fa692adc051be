import { resolve } from "node:path";
import {
  chooseSettings,
  type RunVariables,
} from "../../modules/settings/choose";
import { loadSettings } from "../../modules/load";
import { type SiblingReader } from "../../modules/siblings";
import { projectFile } from "../../modules/lib/project-file";
import { type Settings } from "../../modules/schema";
import { stacksFor } from "./pipeline/pipeline";

/** The environment that a command is about. */
export interface Target {
  /** Name of its settings file without `.yaml`. */
  readonly environment: string;
  readonly settings: Settings;
  /** Absolute path of the settings file. */
  readonly file: string;
  /** The same as a reader knows it. */
  readonly source: string;
  /** Sentences about the settings that are worth knowing. */
  readonly notices: readonly string[];
  /** Absolute path of the folder of its stacks: `CDKTF_OUTPUT`, else `cdktf.out/<environment>`. */
  readonly outdir: string;
  /** Ids in the order of a deploy. */
  readonly stacks: readonly string[];
  /** Variables of every program that is started for it. */
  readonly env: NodeJS.ProcessEnv;
}

/** An environment whose stacks nobody has asked for. */
export type OpenedSettings = Omit<Target, "stacks">;

/**
 * The environment of a call: the one named, else that of `ENVIRONMENT`, or the only one there is.
 *
 * @throws ProblemReport: no such environment, with the nearest name; or every problem of its settings.
 */
export function openTarget(
  named: string | undefined,
  variables: RunVariables,
  read?: SiblingReader,
): Target {
  const opened = openSettings(named, variables, read);
  return {
    ...opened,
    stacks: stacksFor(opened.settings, "deploy and configure"),
  };
}

/** `openTarget` without the list of stacks, which takes as long as a synth. */
export function openSettings(
  named: string | undefined,
  variables: RunVariables,
  read?: SiblingReader,
): OpenedSettings {
  const wanted = {
    ...variables,
    ...(named !== undefined && { ENVIRONMENT: named }),
  };
  const { environment, file } = chooseSettings(wanted);
  const outdir = outputFolder(environment, variables);
  const { settings, source, notices } = loadSettings(
    { ...wanted, CDKTF_OUTDIR: outdir },
    read,
  );
  return {
    environment,
    settings,
    file,
    source,
    notices,
    outdir,
    env: { ...variables, ENVIRONMENT: environment, CDKTF_OUTPUT: outdir },
  };
}

/** Absolute path of the folder of an environment's stacks. */
export const outputFolder = (
  environment: string,
  { CDKTF_OUTPUT }: RunVariables,
): string =>
  CDKTF_OUTPUT
    ? projectPath(CDKTF_OUTPUT)
    : projectFile("cdktf.out", environment);

/** As the CLI reads it: relative to the project. */
const projectPath = (path: string): string => resolve(projectFile("."), path);

/** A path that the user typed: relative to where the user is. */
export const userPath = (path: string, { INIT_CWD }: RunVariables): string =>
  resolve(INIT_CWD ?? ".", path);

/** Folder that Terraform runs in for a stack. */
export const stackFolder = (
  { outdir }: Pick<Target, "outdir">,
  stack: string,
) => resolve(outdir, "stacks", stack);
