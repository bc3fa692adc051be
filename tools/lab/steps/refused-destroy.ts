import { cdktf } from "../terraform/cdktf";
import { type Lab } from "../lab";
import { paths } from "../paths";
import { deleteCalls, readLog } from "../aws/request-log";
import { logOf, prepareStacks } from "./steps";
import { refusesToEnd } from "../terraform/plan";

/** With `retain: true`, a destroy is refused before anything is deleted, in any stack. */
export async function refuseDestroy(lab: Lab): Promise<void> {
  const { report, stacks, env } = lab;
  const synthesized = await prepareStacks(lab, true);
  const from = readLog(paths.requestLog).length;
  const step = "refused-destroy";
  const { result } = await cdktf("destroy", stacks, {
    step: logOf(lab, step),
    env,
    print: (text) => {
      report.progress(text);
    },
  });
  report.check(
    "retain: true refuses the destroy",
    result.code !== 0,
    `exit code ${result.code}`,
  );
  // The CLI stops at the first stack; each one has to refuse by itself.
  for (const stack of synthesized)
    report.check(
      `retain: true protects ${stack.id}`,
      await refusesToEnd(stack, env),
    );
  const deletes = deleteCalls(readLog(paths.requestLog, from));
  report.check(
    "retain: true lets no delete call out",
    deletes.length === 0,
    `${deletes.length} delete calls ${deletes.map(({ service, operation }) => `${service} ${operation}`).join(", ")}`.trim(),
  );
}
