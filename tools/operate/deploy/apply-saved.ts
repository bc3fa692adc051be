import { ProblemReport } from "../../../modules/lib/problem";
import { displayPath } from "../../../modules/lib/project-file";
import { type Terminal, duration } from "../cli/terminal";
import { planFile } from "../plan/plan-file";
import { type Manifest } from "../plan/saved-plans";
import { type Target } from "../target";
import { Interrupted } from "../terraform/interrupted";
import { lockIn, lockSentence } from "../terraform/lock";
import { errorsIn, initStack, terraform } from "../terraform/stacks";

/** How the apply of saved plans ended. */
export interface Applied {
  readonly applied: readonly string[];
  /** Without a change. */
  readonly leftOut: readonly string[];
  /** Whose plan has to be made again now. */
  readonly again: readonly string[];
}

/**
 * `terraform apply` of each saved plan, in the order of the stacks. It stops before a stack that has to be planned again.
 *
 * @throws ProblemReport where Terraform refuses or fails; what was applied before stands.
 * @throws Interrupted
 */
export async function applySaved(
  target: Target,
  folder: string,
  { stacks }: Pick<Manifest, "stacks">,
  terminal: Terminal,
): Promise<Applied> {
  const applied: string[] = [];
  const leftOut: string[] = [];
  const pending = [...target.stacks];
  for (let stack = pending.shift(); stack; stack = pending.shift()) {
    const then = stacks[stack]?.then;
    if (then === "again")
      return { applied, leftOut, again: [stack, ...pending] };
    if (then === "nothing") {
      leftOut.push(stack);
      continue;
    }
    await applyOne(target, stack, planFile(folder, stack), terminal, applied);
    applied.push(stack);
  }
  return { applied, leftOut, again: [] };
}

async function applyOne(
  target: Target,
  stack: string,
  file: string,
  terminal: Terminal,
  applied: readonly string[],
): Promise<void> {
  const args = [
    "apply",
    "-input=false",
    "-no-color",
    "-lock-timeout=30s",
    file,
  ];
  const start = Date.now();
  try {
    await terminal.progress(`apply ${stack}`, async (say) => {
      await initStack(target, stack);
      let resources = 0;
      const { code, stdout, stderr } = await terraform(
        target,
        stack,
        args,
        (line) => {
          if (
            !/: (Creation|Modifications|Destruction) complete after/.test(line)
          )
            return;
          resources += 1;
          say(`${resources} resources`);
        },
      );
      if (code !== 0)
        throw notApplied(target, stack, file, [...stdout, ...stderr], applied);
    });
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    throw new Interrupted(
      `Interrupted. Terraform ended what it had begun in ${stack}${applied.length === 0 ? "" : `; ${applied.join(", ")} ${applied.length === 1 ? "is" : "are"} through`}. Its plan is used up: plan again, then go on.`,
    );
  }
  terminal.print(
    `  ${stack}: applied in ${duration((Date.now() - start) / 1000)}`,
  );
}

function notApplied(
  target: Target,
  stack: string,
  file: string,
  lines: readonly string[],
  applied: readonly string[],
): ProblemReport {
  const text = lines.join("\n");
  const lock = lockIn(lines);
  const stands =
    applied.length === 0
      ? "nothing was applied"
      : `${applied.join(", ")} applied`;
  const isStale = text.includes("Saved plan is stale");
  return new ProblemReport("terraform apply", [
    {
      path: `stack ${stack}`,
      given: isStale
        ? `${displayPath(file)} is stale: the state of ${stack} was changed after it was planned (${stands})`
        : lock !== undefined
          ? lockSentence(target, stack, lock)
          : `${errorsIn(lines)} (${stands} before)`,
      allowed: isStale
        ? "a plan of the state as it is"
        : "an apply that ends well",
      fix: "plan again: `plan --save` into another folder, then `deploy --plan`",
    },
  ]);
}
