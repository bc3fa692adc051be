import { type Lab, onLine } from "../lab";
import { type LabRecord } from "../report";
import { type DestroyedLine } from "../steps/steps";
import {
  type Commit,
  type OlderLine,
  bringOlder,
  findCommit,
  headCommit,
  linesOf,
} from "./older";
import { type LineUpgrade, keepUpgrade } from "./page";
import { upgradeFrom } from "./upgrade";

/** A run from an older version: what it is about, and what it has found so far. */
export interface FromRun {
  readonly commit: Commit;
  readonly lines: readonly OlderLine[];
  /** The commit that is upgraded to, all digits. */
  readonly to: string;
  readonly upgrades: LineUpgrade[];
}

/** Command line of the lab, as far as it is read here. */
interface Flags {
  readonly from?: string;
  readonly line?: string;
  readonly record: boolean;
  readonly [other: string]: string | boolean | undefined;
}

/** @returns undefined without `--from`. @throws Error, before anything is written, when it cannot be run as it is given. */
export function chooseFrom({
  from,
  line,
  record,
  ...flags
}: Flags): FromRun | undefined {
  if (from === undefined) return undefined;
  const others = Object.keys(flags).filter((name) => flags[name] === true);
  const lines = linesOf({ from, line, record, others });
  const commit = findCommit(from, lines);
  return { commit, lines, to: headCommit(), upgrades: [] };
}

/** The lines one after the other: they are of one environment. @returns those that have ended. */
export async function runFrom(
  lab: Lab,
  { commit, lines, upgrades }: FromRun,
): Promise<DestroyedLine[]> {
  const version = await bringOlder(commit, process.env, (text) => {
    lab.report.progress(text);
  });
  if (!lab.stacks.includes("workloads"))
    lab.report.skip(
      "workloads",
      "an older version of it is deployed by Terraform alone: a cluster, or its Kubernetes and Helm providers are missing",
    );
  const all: DestroyedLine[] = [];
  for (const line of lines) {
    const own = withoutTranslation(onLine(lab, line));
    const { upgrade, ended } = await upgradeFrom(own, line, version);
    upgrades.push(upgrade);
    all.push(ended);
  }
  return all;
}

/** Where Terraform does not deploy `workloads`, nothing does: the objects that kubectl sends are those of today. */
const withoutTranslation = (lab: Lab): Lab =>
  lab.stacks.includes("workloads") ? lab : { ...lab, workloads: undefined };

/** Writes the page. @returns its file. */
export const keepFrom = (
  { commit, to, upgrades }: FromRun,
  run: LabRecord,
): string => keepUpgrade({ from: commit, to, run, lines: upgrades });
