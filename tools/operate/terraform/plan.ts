import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProblemReport } from "../../../modules/lib/problem";
import { displayPath } from "../../../modules/lib/project-file";
import { type PlanJson } from "../plan/plan-json";
import { type Target, stackFolder } from "../target";
import { lockIn, lockSentence } from "./lock";
import { failed, initStack, terraform } from "./stacks";

/** The plan of a stack. */
export interface Planned {
  /** It holds values of secrets, as a state does. */
  readonly plan: PlanJson;
  /** Whether an apply would write anything: a resource, or an output alone. */
  readonly changed: boolean;
}

/** How a stack is planned. */
export interface PlanOptions {
  /** Where the plan file is kept, readable by its owner alone. @default it is deleted once it is read */
  readonly file?: string;
  /** Further arguments, such as `-refresh-only`. @default none */
  readonly args?: readonly string[];
}

/**
 * Plans a stack that is synthesized: `terraform init`, `plan` and `show -json`. It takes no lock, for it writes nothing: a plan
 * that is applied later is compared with the state then.
 *
 * @throws ProblemReport with what Terraform says.
 * @throws Interrupted
 */
export async function planStack(
  target: Pick<Target, "outdir" | "env">,
  stack: string,
  { file, args = [] }: PlanOptions = {},
): Promise<Planned> {
  await initStack(target, stack);
  const folder = mkdtempSync(join(tmpdir(), "wave-eks-"));
  const out = file ?? join(folder, "plan");
  try {
    const { code, stdout, stderr } = await terraform(target, stack, [
      ...["plan", "-input=false", "-no-color", "-lock=false"],
      ...["-detailed-exitcode", `-out=${out}`],
      ...args,
    ]);
    if (code !== 0 && code !== 2)
      throw notPlanned(target, stack, [...stdout, ...stderr]);
    if (file !== undefined) chmodSync(file, 0o600);
    return { plan: await showPlan(target, stack, out), changed: code === 2 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A plan file as JSON. */
export async function showPlan(
  target: Pick<Target, "outdir" | "env">,
  stack: string,
  file: string,
): Promise<PlanJson> {
  const { code, stdout, stderr } = await terraform(target, stack, [
    "show",
    "-json",
    "-no-color",
    file,
  ]);
  if (code !== 0) throw failed(target, stack, "show", stderr);
  return JSON.parse(stdout.join("\n")) as PlanJson;
}

/** Addresses that a plan wanted destroyed, and that `retain` protects. */
const protectedIn = (lines: readonly string[]): string[] => [
  ...new Set(
    [
      ...lines
        .map((line) => line.replace(/^[│\s]+/, ""))
        .join(" ")
        .matchAll(/Resource (\S+) has lifecycle\.prevent_destroy set/g),
    ].flatMap(([, address]) => address ?? []),
  ),
];

/** What kept Terraform from a plan: a protected resource, a lock, or its own words. */
function notPlanned(
  target: Pick<Target, "outdir">,
  stack: string,
  lines: readonly string[],
): ProblemReport {
  const source = "terraform plan";
  const path = `stack ${stack}`;
  const addresses = protectedIn(lines);
  if (addresses.length > 0)
    return new ProblemReport(source, [
      {
        path,
        given: `${addresses.join(", ")} would be destroyed, and \`retain: true\` protects it`,
        allowed: "changes that leave what is retained where it is",
        fix: "take the change back; only where the data may go, deploy `retain: false` first",
      },
    ]);
  const lock = lockIn(lines);
  if (lock !== undefined)
    return new ProblemReport(source, [
      {
        path,
        given: lockSentence(target, stack, lock),
        allowed: "a state that nobody works on",
        fix: `repeat it afterwards; \`terraform plan\` in ${displayPath(stackFolder(target, stack))} says the same`,
      },
    ]);
  return failed(target, stack, "plan", lines);
}
