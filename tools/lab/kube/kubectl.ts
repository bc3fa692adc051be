import { spawn } from "node:child_process";
import { track } from "../system/process";

/** What kubectl ended with. */
export interface KubectlResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs kubectl with the login of one kubeconfig. */
export interface Kubectl {
  /** @throws Error with its stderr when it fails. */
  (args: readonly string[], input?: string): Promise<string>;
  /** The same, for a command whose exit code is an answer. */
  readonly ask: (
    args: readonly string[],
    input?: string,
  ) => Promise<KubectlResult>;
}

/** @param program Path or name of kubectl. */
export function kubectlOf(kubeconfig: string, program = "kubectl"): Kubectl {
  const ask: Kubectl["ask"] = (args, input = "") =>
    new Promise((resolve, reject) => {
      const child = track(
        spawn(program, [`--kubeconfig=${kubeconfig}`, ...args], {
          env: process.env,
        }),
      );
      const texts = { stdout: "", stderr: "" };
      for (const name of ["stdout", "stderr"] as const) {
        child[name].setEncoding("utf8");
        child[name].on("data", (text: string) => (texts[name] += text));
      }
      child.on("error", reject);
      child.on("close", (code) => {
        resolve({ code: code ?? -1, ...texts });
      });
      // It may end without reading its input.
      child.stdin.on("error", () => undefined);
      child.stdin.end(input);
    });
  const kubectl = async (args: readonly string[], input?: string) => {
    const { code, stdout, stderr } = await ask(args, input);
    if (code !== 0)
      throw new Error(`kubectl ${args.join(" ")}: ${stderr.trim()}`);
    return stdout;
  };
  return Object.assign(kubectl, { ask });
}

/** Objects as kubectl reads them from its input. */
export const listOf = (items: readonly object[]): string =>
  JSON.stringify({ apiVersion: "v1", kind: "List", items });
