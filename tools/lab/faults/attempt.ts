import { type CliCommand as Command } from "../../operate/terraform/cli";
import { cdktf } from "../terraform/cdktf";
import { type Lab } from "../lab";
import { type RunResult } from "../system/process";
import { logOf } from "../steps/steps";
import {
  sendTranslation,
  withdrawTranslation,
} from "../stand-ins/translation-steps";

/**
 * One run of a command as far as it comes: all stacks, and where `workloads` is translated, its objects after the deploy and
 * before the destroy.
 */
export async function attempt(
  lab: Lab,
  command: Command,
  step: string,
  signal?: AbortSignal,
): Promise<RunResult> {
  const { report, stacks, env, workloads } = lab;
  const translation = workloads?.translation;
  if (translation && command === "destroy") {
    const error = await withdrawTranslation(translation).catch(String);
    if (error !== undefined) return { code: 1, lines: [error] };
  }
  const { result, progress } = await cdktf(command, stacks, {
    step: logOf(lab, step),
    env,
    signal,
    print: (text) => {
      report.progress(text);
    },
  });
  if (command === "deploy")
    for (const { stack, seconds = 0 } of progress)
      report.row(stack).seconds += seconds;
  if (result.code !== 0 || !translation || command === "destroy") return result;
  const sent = await sendTranslation(lab, translation).catch(String);
  return typeof sent === "string" ? { code: 1, lines: [sent] } : result;
}
