import { type Problem } from "../../../modules/lib/problem";
import { type Target } from "../target";
import { lockIn, lockSentence } from "../terraform/lock";
import { initStack, terraform } from "../terraform/stacks";

/** A line of `terraform plan -json`, as far as it is read. */
interface PlanLine {
  readonly type: string;
  readonly change?: {
    readonly action: string;
    readonly resource: { readonly addr: string };
  };
  readonly diagnostic?: {
    readonly severity: string;
    readonly summary: string;
    readonly detail: string;
  };
}

const SHOWN = 5;

/** What keeps a stack from being deployed for a rotation alone: changes that wait, a lock, or a plan that fails. */
export async function pendingIn(
  target: Pick<Target, "outdir" | "env" | "environment">,
  stack: string,
): Promise<Problem[]> {
  await initStack(target, stack);
  const { stdout } = await terraform(target, stack, [
    "plan",
    "-json",
    "-input=false",
  ]);
  return pendingProblems(stdout, stack, target);
}

/** @param lines Of `terraform plan -json`: it names addresses and no values. */
export function pendingProblems(
  lines: readonly string[],
  stack: string,
  target: Pick<Target, "outdir" | "environment">,
): Problem[] {
  const parsed = lines
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as PlanLine);
  const path = `stack ${stack}`;
  const errors = parsed.flatMap(({ type, diagnostic }) =>
    type === "diagnostic" && diagnostic?.severity === "error" ? diagnostic : [],
  );
  if (errors.length > 0)
    return errors.map(({ summary, detail }) => {
      const lock = lockIn([summary, ...detail.split("\n")]);
      return {
        path,
        given: lock
          ? lockSentence(target, stack, lock)
          : `${summary}: ${detail.replace(/\s+/g, " ").trim()}`,
        allowed: "a plan without changes",
        fix: lock ? "repeat it afterwards" : "mend what it says",
      };
    });
  const changes = parsed.flatMap(({ type, change }) =>
    type === "planned_change" && change ? change : [],
  );
  if (changes.length === 0) return [];
  const shown = changes
    .slice(0, SHOWN)
    .map(({ action, resource }) => `${action} ${resource.addr}`);
  const more = changes.length - shown.length;
  return [
    {
      path,
      given: `${changes.length} ${changes.length === 1 ? "change waits" : "changes wait"}: ${shown.join(", ")}${more > 0 ? `, and ${more} more` : ""}`,
      allowed:
        "a plan without changes: the deploy of the rotation would make them too",
      fix: `\`npx wave-eks deploy ${target.environment}\` first`,
    },
  ];
}
