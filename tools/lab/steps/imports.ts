import { type Lab } from "../lab";
import { outputOf } from "../settings";
import { run } from "../system/process";
import { logOf } from "./steps";

/** Runs `npm run imports`. @returns the commands that it prints. */
export async function importsOf(lab: Lab, step: string): Promise<string[]> {
  const { emulator, workloads, env, report } = lab;
  const { code, lines } = await run(
    process.execPath,
    ["scripts/run.mjs", "scripts/imports.ts"],
    {
      step: logOf(lab, `${step}-imports`),
      env: {
        ...env,
        CDKTF_OUTPUT: outputOf(lab.line),
        KUBECONFIG: workloads && emulator.kubeconfigs?.[workloads.name],
      },
    },
  );
  report.check(
    `${step}: npm run imports`,
    code === 0,
    lines.join(" ").slice(0, 300),
  );
  return lines.filter((line) => line.startsWith("kubectl "));
}
