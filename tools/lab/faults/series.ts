import { importsOf } from "../steps/imports";
import { type Lab } from "../lab";
import { textTable } from "../../operate/cli/table";
import { type Report, Stop, failureOf } from "../report";
import { logOf } from "../steps/steps";
import { type SynthesizedStack } from "../terraform/synthesized";
import { adoptionsFrom } from "./adopt";
import { attempt } from "./attempt";
import { killAt } from "./kill";
import { type KillPoint } from "./points";
import { type Imports, findOwnerless, unlockAll } from "./recover";

/** What became of one kill. */
export interface KilledRun {
  readonly point: KillPoint;
  /** Program that was killed. */
  readonly victim: string;
  /** Stacks whose lock `terraform force-unlock` took away. */
  readonly unlocked: readonly string[];
  /** What AWS had made and no state speaks of. */
  readonly lost: readonly string[];
  /** What of it was imported, before the next run or because the next run found it in its way. */
  imported: number;
  /** The next run came further. */
  recovered: boolean;
}

/** Runs of one command, each killed at its point, and the last one to its end. */
export interface Series {
  readonly lab: Lab;
  readonly stacks: readonly SynthesizedStack[];
  readonly points: readonly KillPoint[];
  readonly imports: Imports;
}

/** How often a run may stop at something in its way that can be imported. */
const tries = 4;

/**
 * @param done Gets every kill as it happens.
 * @throws Stop when a run does not come to its point or to its end: the report says why.
 */
export async function killEach(
  series: Series,
  done: KilledRun[],
): Promise<void> {
  const { points } = series;
  for (const [i, point] of points.entries()) {
    const step = `${point.command}-${i + 1}`;
    await comeTo(series, done.at(-1), step, (name) =>
      killAt(series.lab, series.stacks, point, name),
    );
    done.push(await takeStock(series, point));
  }
  const command = points[0]?.command ?? "deploy";
  await comeTo(series, done.at(-1), `${command}-end`, async (name) => {
    const result = await attempt(series.lab, command, name);
    return result.code === 0 ? undefined : result;
  });
}

/** Repeats a run until it comes to its point, as the runbook says: what is in its way is imported. */
async function comeTo(
  { lab, stacks, imports }: Series,
  last: KilledRun | undefined,
  step: string,
  run: (
    step: string,
  ) => Promise<{ code: number; lines: readonly string[] } | undefined>,
): Promise<void> {
  for (let n = 1; n <= tries; n += 1) {
    const name = n === 1 ? step : `${step}-again-${n - 1}`;
    const ended = await run(name);
    if (ended === undefined) {
      if (last) last.recovered = true;
      return;
    }
    const found = adoptionsFrom(ended.lines, stacks, lab.hostedZoneId);
    const added = imports.add(found);
    if (last) last.imported += added;
    lab.report.progress(
      `in its way, and imported: ${found.map(({ to }) => to).join(", ") || "nothing"}`,
    );
    if (added === 0) {
      lab.report.check(
        step,
        false,
        failureOf(logOf(lab, name), ended) ?? "it ended before its point",
      );
      throw new Stop();
    }
  }
  lab.report.check(step, false, `not after ${tries} runs`);
  throw new Stop();
}

/** After a kill: locks, and what nobody knows of. */
async function takeStock(
  { lab, stacks, imports }: Series,
  point: KillPoint,
): Promise<KilledRun> {
  const unlocked = await unlockAll(lab, stacks);
  const { objects, adoptions } = await findOwnerless(lab, stacks);
  const destroys = point.command === "destroy";
  const imported = destroys ? 0 : imports.add(adoptions);
  if (!destroys && point.stack === "workloads") await takeInWorkloads(lab);
  lab.report.progress(
    `killed: force-unlock of ${unlocked.join(", ") || "nothing"}, ${objects.length} without owner${objects.length > 0 ? `: ${objects.join(", ")}` : ""}, ${imported} imported`,
  );
  const kubectl = point.stack === "workloads" && lab.workloads?.translation;
  const victim = kubectl ? "kubectl" : point.victim;
  return { point, victim, unlocked, lost: objects, imported, recovered: false };
}

/** What Terraform had made in the cluster: `npm run imports`, and the commands that it prints. */
async function takeInWorkloads(lab: Lab): Promise<void> {
  if (lab.workloads?.chartRepository === undefined) return;
  for (const command of await importsOf(lab, "killed"))
    await lab.workloads.cluster.kubectl(command.split(" ").slice(1));
}

/** The table of all kills, and whether each was recovered from. */
export function reportKills(
  report: Report,
  kills: readonly KilledRun[],
  wanted: number,
): void {
  const rows = kills.map(
    ({ point, victim, unlocked, lost, imported, recovered }) => [
      `${point.command} ${point.stack}`,
      point.when,
      victim,
      unlocked.join(", ") || "-",
      String(lost.length),
      String(imported),
      recovered ? "yes" : "NO",
    ],
  );
  console.log(
    `\n${textTable(["killed", "when", "SIGKILL to", "lock left", "lost", "imported", "recovered"], rows)}\n`,
  );
  const recovered = kills.filter((one) => one.recovered).length;
  report.check(
    "killed runs",
    recovered === wanted,
    `${recovered} of ${wanted} recovered`,
  );
}
