import { type Lab, adapt } from "../lab";
import { patched, writeLabSettings } from "../settings";
import { logOf, prepareStacks } from "../steps/steps";
import { mustRun } from "../system/process";
import { planText } from "../terraform/plan";
import { terraformOf } from "../../operate/terraform/binary";
import { readState } from "../terraform/state";
import { type SynthesizedStack, synthesize } from "../terraform/synthesized";
import { type ForeignIds, type ForeignInput } from "./foreign";
import { CLOSED, NAMELESS, ODD, endOdd, makeOdd } from "./oddities";
import { type Provocation, missingFrom, provocations } from "./provocations";

/** Before anything is deployed: each provocation is planned and answered by its messages, and nothing is written. */
export async function provokeAll(
  lab: Lab,
  input: ForeignInput,
  ids: ForeignIds,
): Promise<void> {
  const { aws, env, report } = lab;
  const [network] = await prepareStacks(lab, false);
  if (network === undefined) throw new Error("The app makes no stack network");
  await mustRun(terraformOf(env), ["init", "-no-color"], {
    step: logOf(lab, "provoke-init"),
    env,
    cwd: network.folder,
  });
  const like = { name: input.cluster.name, ids };
  for (const odd of [ODD, CLOSED, NAMELESS]) await makeOdd(aws, odd, like);
  for (const one of provocations(input, ids)) await provoke(lab, one);
  for (const odd of [ODD, CLOSED, NAMELESS]) await endOdd(aws, odd);
  const state = await readState(aws, lab.settings, "network").catch(
    () => undefined,
  );
  report.check("provocations: nothing is written", state === undefined);
}

async function provoke(lab: Lab, provocation: Provocation): Promise<void> {
  const { name, warning = false } = provocation;
  const answer = await answerTo(lab, provocation).catch(String);
  const wrong =
    typeof answer === "string"
      ? answer
      : (missingFrom(answer.text, provocation) ??
        ((answer.code === 0) === warning
          ? undefined
          : `the plan ends with ${answer.code}`));
  lab.report.check(
    `provoked: ${name} is ${warning ? "warned of" : "refused"}`,
    wrong === undefined,
    wrong ?? `${provocation.expected.length} messages`,
  );
}

/** What the plan of `network` says when the settings are so. */
async function answerTo(
  lab: Lab,
  { name, patch }: Provocation,
): Promise<{ readonly code: number; readonly text: string }> {
  const { line, hostedZoneId, workloads, env } = lab;
  writeLabSettings(line, {
    retain: false,
    hostedZoneId,
    chartRepository: workloads?.chartRepository,
    patch: patched(lab.patch ?? {}, patch),
  });
  const [network] = await synthesize(["network"], line, env);
  adapt(lab, [network as SynthesizedStack]);
  const step = logOf(lab, `provoke-${name.replaceAll(" ", "-")}`);
  return planText(network as SynthesizedStack, { step, env });
}
