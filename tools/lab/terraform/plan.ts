import { rmSync } from "node:fs";
import { join } from "node:path";
import { mustRun, run } from "../system/process";
import { terraformOf } from "../../operate/terraform/binary";
import { type SynthesizedStack } from "./synthesized";

/** What Terraform wants to do with one resource. */
export interface Change {
  readonly address: string;
  readonly type: string;
  /** `no-op`, `create`, `read`, `update`, `delete`; a replacement has two of them. */
  readonly actions: readonly string[];
  /** Id of what is there, undefined for something new. */
  readonly id: string | undefined;
}

export interface Plan {
  readonly stack: string;
  /** The whole plan, as an auditor would store it. */
  readonly json: string;
  readonly resources: readonly Change[];
  /** Whether `terraform plan -detailed-exitcode` found something to do. */
  readonly changed: boolean;
}

/** What is planned. */
type PlannedStack = Pick<SynthesizedStack, "id" | "folder">;

/** How a stack is planned, and the name of the log. */
export interface PlanOptions {
  readonly step: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Plans stacks side by side: most of a plan is the start of the provider. */
export const planAll = (
  stacks: readonly SynthesizedStack[],
  options: PlanOptions,
): Promise<Plan[]> =>
  Promise.all(stacks.map((stack) => planStack(stack, options)));

/** Plans one stack. @throws Error when the plan fails. */
export async function planStack(
  { id, folder }: PlannedStack,
  { step, env }: PlanOptions,
): Promise<Plan> {
  const file = "lab.plan";
  const args = ["-detailed-exitcode", "-lock=false", "-no-color"];
  const log = `${step}-${id}`;
  const show = async (): Promise<string> => {
    const { lines } = await mustRun(terraformOf(env), ["show", "-json", file], {
      step: log,
      // A plan holds what the state holds.
      quiet: true,
      env,
      cwd: folder,
    });
    return lines.join("\n");
  };
  try {
    const { code } = await run(
      terraformOf(env),
      ["plan", ...args, `-out=${file}`],
      {
        step: log,
        env,
        cwd: folder,
      },
    );
    if (code !== 0 && code !== 2)
      throw new Error(`The plan of ${id} failed: .lab/logs/${log}.log`);
    const json = await show();
    return { stack: id, json, resources: changesOf(json), changed: code === 2 };
  } finally {
    rmSync(join(folder, file), { force: true });
  }
}

/** The part of a plan's JSON that the lab reads. */
interface PlanJson {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly mode: string;
    readonly type: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly before: { readonly id?: string } | null;
    };
  }[];
}

export function changesOf(json: string): Change[] {
  const { resource_changes: changes = [] } = JSON.parse(json) as PlanJson;
  return changes
    .filter(({ mode }) => mode === "managed")
    .map(({ address, type, change: { actions, before } }) => ({
      address,
      type,
      actions,
      id: before?.id,
    }));
}

/** What a plan would do, as `update aws_vpc.main`; outputs when nothing else changes. */
export function todo({ resources, changed }: Plan): string[] {
  const found = resources
    .filter(({ actions }) => actions.join() !== "no-op")
    .map(({ actions, address }) => `${actions.join("+")} ${address}`);
  return changed && found.length === 0 ? ["outputs only"] : found;
}

/** What Terraform says when it cannot plan a stack, as one line; undefined when it can. */
export async function planError(
  stack: PlannedStack,
  options: PlanOptions,
): Promise<string | undefined> {
  const { code, text } = await planText(stack, options);
  return code === 0 ? undefined : text.slice(text.indexOf("Error:"));
}

/** What Terraform says while it plans a stack, warnings too, as one line. */
export async function planText(
  { id, folder }: PlannedStack,
  { step, env }: PlanOptions,
): Promise<{ readonly code: number; readonly text: string }> {
  const { code, lines } = await run(
    terraformOf(env),
    ["plan", "-lock=false", "-no-color"],
    { step: `${step}-${id}`, env, cwd: folder },
  );
  const text = lines
    .map((line) => line.replace(/^[│╷╵\s]+/, ""))
    .filter((line) => line !== "")
    .join(" ");
  return { code, text };
}

/** Whether Terraform refuses to plan the end of a stack because something in it must not be destroyed. */
export async function refusesToEnd(
  { id, folder }: SynthesizedStack,
  env: NodeJS.ProcessEnv,
): Promise<boolean> {
  const { code, lines } = await run(
    terraformOf(env),
    ["plan", "-destroy", "-lock=false", "-no-color"],
    { step: `plan-destroy-${id}`, env, cwd: folder },
  );
  return (
    code !== 0 &&
    lines.some((line) => line.includes("Instance cannot be destroyed"))
  );
}
