import { basename } from "node:path";
import { stateKey } from "../../../modules/core/state/state-location";
import { type CliCommand as Command } from "../../operate/terraform/cli";
import { dropResponses, delayResponse } from "../aws/emulator-client";
import { auditLogOf, readAudit } from "../kube/audit";
import { type Lab } from "../lab";
import { paths } from "../paths";
import { type RunResult, killProgram, sleep, until } from "../system/process";
import { type LogEntry, readLog } from "../aws/request-log";
import { type SynthesizedStack } from "../terraform/synthesized";
import { attempt } from "./attempt";
import { type KillPoint } from "./points";

/** Minutes for a run to come to its point. */
const patience = 8;

/**
 * Starts a command and kills it at a point.
 * @returns undefined when it was killed there, otherwise how it ended before.
 */
export async function killAt(
  lab: Lab,
  stacks: readonly SynthesizedStack[],
  point: KillPoint,
  step: string,
): Promise<RunResult | undefined> {
  const { emulator, report } = lab;
  const { command, stack, when, victim, dropped, delayed } = point;
  const times = dropped ? countOf(stacks, stack, dropped.of) : 0;
  if (dropped) await dropResponses(emulator, dropped.operation, times);
  if (delayed)
    await delayResponse(emulator, delayed.operation, delayed.seconds);
  const isReached = watch(lab, point, times);
  report.progress(`${command}, to be killed in ${stack} when ${when}`);
  const kill = new AbortController();
  let ended: RunResult | undefined;
  const run = attempt(lab, command, step, kill.signal).then((result) => {
    ended = result;
  });
  const reached = await until(`${stack}: ${when}`, patience * 60, async () => {
    if (ended) return false;
    if (isReached()) return true;
    await sleep(150);
    return undefined;
  });
  if (reached)
    kill.abort(
      victim === "terraform"
        ? basename(lab.env.TERRAFORM_PROGRAM ?? victim)
        : undefined,
    );
  // A translation starts one kubectl after the other.
  while (reached && point.stack === "workloads" && ended === undefined) {
    killProgram("kubectl");
    await sleep(20);
  }
  await run;
  if (dropped) await dropResponses(emulator, dropped.operation, 0);
  if (reached)
    report.check(
      `${command} of ${stack}: the kill is noticed`,
      ended?.code !== 0,
      `exit code ${ended?.code ?? "none"}`,
    );
  return reached ? undefined : ended;
}

const countOf = (
  stacks: readonly SynthesizedStack[],
  stack: string,
  type: string,
): number =>
  Object.keys(
    stacks.find(({ id }) => id === stack)?.json.resource?.[type] ?? {},
  ).length;

/** Whether a run that starts now has come to its point. */
function watch(lab: Lab, point: KillPoint, times: number): () => boolean {
  if (point.seen !== undefined) return watchCluster(lab, point, point.seen);
  const from = readLog(paths.requestLog).length;
  const state = `/${stateKey(lab.settings, point.stack)}`;
  return () =>
    areDropped(
      readLog(paths.requestLog, from),
      times,
      point.saved ? state : "",
    );
}

/** @param state End of the state's path, when it has to be saved after all of it. */
export function areDropped(
  log: readonly LogEntry[],
  times: number,
  state: string,
): boolean {
  const dropped = log.flatMap((entry, i) => (entry.dropped ? [i] : []));
  if (dropped.length < times) return false;
  return (
    state === "" ||
    log
      .slice((dropped.at(-1) ?? 0) + 1)
      .some(
        ({ method, request }) =>
          method === "PUT" && request.split("?")[0]?.endsWith(state),
      )
  );
}

/** Server-side apply makes an object by a patch. */
const verbs: Readonly<Record<Command, readonly string[]>> = {
  deploy: ["create", "patch"],
  destroy: ["delete"],
};

function watchCluster(
  { workloads }: Lab,
  { command }: KillPoint,
  resource: string,
): () => boolean {
  const log = () => readAudit(auditLogOf(workloads?.name ?? ""));
  const from = log().length;
  return () =>
    log()
      .slice(from)
      .some(
        ({ verb, objectRef }) =>
          verbs[command].includes(verb) && objectRef?.resource === resource,
      );
}
