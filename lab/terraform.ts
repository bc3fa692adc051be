import { run } from "./process";
import { type SynthesizedStack } from "./synthesized";

/** Plans one stack again. @returns how many resources would change, and which. */
export async function planAgain(
  { id, folder }: SynthesizedStack,
  env: NodeJS.ProcessEnv,
): Promise<string[]> {
  const { code, lines } = await run(
    "terraform",
    ["plan", "-detailed-exitcode", "-lock=false", "-json"],
    { step: `plan-${id}`, env, cwd: folder },
  );
  const changes = lines.flatMap((line) => plannedChange(line));
  if (code === 2 && changes.length === 0) changes.push("outputs only");
  if (code !== 0 && code !== 2)
    throw new Error(`The plan of ${id} failed: .lab/logs/plan-${id}.log`);
  return changes;
}

/** Whether Terraform refuses to plan the end of a stack because something in it must not be destroyed. */
export async function refusesToEnd(
  { id, folder }: SynthesizedStack,
  env: NodeJS.ProcessEnv,
): Promise<boolean> {
  const { code, lines } = await run(
    "terraform",
    ["plan", "-destroy", "-lock=false", "-no-color"],
    { step: `plan-destroy-${id}`, env, cwd: folder },
  );
  return (
    code !== 0 &&
    lines.some((line) => line.includes("Instance cannot be destroyed"))
  );
}

interface PlanLine {
  readonly type: string;
  readonly change?: {
    readonly action: string;
    readonly resource: { readonly addr: string };
  };
}

function plannedChange(line: string): string[] {
  if (!line.startsWith("{")) return [];
  const { type, change } = JSON.parse(line) as PlanLine;
  return type === "planned_change" && change
    ? [`${change.action} ${change.resource.addr}`]
    : [];
}
