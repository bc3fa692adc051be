import { type Suppression, isCovered } from "../exceptions";
import { type Graph, type Subject } from "../graph";
import { type Finding } from "../evaluate";
import { coversFinding } from "../exceptions";
import {
  type SettingsMap,
  keysOf,
  settingNote,
} from "../../settings-map/settings-map";
import { type Settings } from "../../../modules/schema";
import { type Source, showFrame, sourceOf } from "./source";
import { type Table, distinct, lines } from "./table";
import { type Trace } from "./trace";

/** A resource with what is known of it. */
export interface InventoryEntry {
  readonly subject: Subject;
  /** Left out where the JSON alone is read. */
  readonly source?: Source;
  /** Class of the construct, or the type where the JSON alone is read. */
  readonly made: string;
  readonly passed: readonly string[];
  /** Ids of the register, for the rules it breaks on purpose. */
  readonly exceptions: readonly string[];
  /** Rules that it breaks and no entry covers. */
  readonly failed: readonly string[];
}

/**
 * Every resource and every ephemeral block of all stacks, with the line that made it.
 *
 * @param traces undefined: the JSON alone is read, and no line is known.
 * @throws Error for a resource without a line in traces.
 */
export function inventoryOf(
  graph: Graph,
  traces: ReadonlyMap<string, Trace> | undefined,
  findings: readonly Finding[],
  covers: readonly Suppression[],
): InventoryEntry[] {
  const bySubject = new Map<Subject, Finding[]>();
  for (const finding of findings)
    bySubject.set(finding.subject, [
      ...(bySubject.get(finding.subject) ?? []),
      finding,
    ]);
  return graph.subjects.filter(isMade).map((subject) => {
    const verdict = judged(bySubject.get(subject) ?? [], covers);
    if (traces === undefined)
      return { subject, made: subject.type, ...verdict };
    const trace = traces.get(subject.path);
    if (trace === undefined)
      throw new Error(`${subject.path}: nobody noted where it is made`);
    const source = sourceOf(trace, subject.path);
    return { subject, source, made: trace.made, ...verdict };
  });
}

/** Providers and back ends are settings of Terraform, and data sources change nothing. */
const isMade = ({ type }: Subject): boolean =>
  !/^(provider|backend|data)\./.test(type);

function judged(findings: readonly Finding[], covers: readonly Suppression[]) {
  const broken = findings.filter(({ passed }) => !passed);
  const ids = (some: readonly Finding[]): string[] =>
    distinct(some.map(({ rule }) => rule.id)).sort();
  const brokenIds = ids(broken);
  const passed = ids(findings).filter((id) => !brokenIds.includes(id));
  return {
    passed,
    exceptions: distinct(
      broken.flatMap((finding) =>
        covers
          .filter((cover) => coversFinding(cover, finding))
          .map(({ id }) => id),
      ),
    ).sort(),
    failed: ids(broken.filter((finding) => !isCovered(covers, finding))),
  };
}

/** One row a resource. `known` is left out where the JSON alone is read. */
export const inventoryTable = (
  entries: readonly InventoryEntry[],
  known?: { readonly map: SettingsMap; readonly settings: Settings },
): Table => ({
  id: "resources",
  title: "Resources",
  note: `Every resource and ephemeral block, with the call that makes it. Data sources, which change nothing, are in the JSON only.${known ? ` ${settingNote(known.map)}` : ""}`,
  columns: [
    ...["Stack", "Address", "Path", "Class", "Source", "Called from"],
    ...["Setting", "Rules passed", "Exceptions", "Rules broken"],
  ],
  rows: entries.map(({ subject, source, made, ...entry }) => [
    subject.stack,
    subject.address,
    subject.path,
    made,
    source === undefined ? "" : showFrame(source.at),
    lines((source?.from ?? []).map(showFrame)),
    lines(known ? keysOf(known.map, subject.path, known.settings) : []),
    lines(entry.passed),
    lines(entry.exceptions),
    lines(entry.failed),
  ]),
});
