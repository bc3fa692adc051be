import { type Audited } from "../../../../tools/audit/report/audited";
import { type Audit, auditOf } from "../../../../tools/audit/report/files";
import {
  type TracedStacks,
  synthesizeTraced,
} from "../../../../tools/audit/report/synth";
import {
  type Table,
  rowsOf as tableRows,
} from "../../../../tools/audit/report/table";
import { type WaveSettings as Settings } from "../../../../modules/wave/settings/schema";

/** An audit that forgets nothing: git and files of the run are replaced by words. */
export interface Sample extends Audit {
  readonly synthesized: TracedStacks;
  /** Rows of a table as objects. */
  readonly rows: (id: string) => Record<string, string>[];
}

/** Audits settings as `npm run audit` does. */
export function auditSample(
  settings: Settings,
  synthesized = synthesizeTraced(settings),
  more: Partial<Audited> = {},
): Sample {
  const audit = auditOf({
    environment: "sample",
    source: "settings/sample.yaml",
    text: "name: sample\n",
    settings,
    synthesized,
    commit: {
      id: "abc123",
      date: "2026-01-02T03:04:05Z",
      repository: "https://example.com/wave",
      changes: [],
    },
    day: "2026-01-02",
    lock: "{}",
    ...more,
  });
  return {
    ...audit,
    synthesized,
    rows: (id) => rowsOf(audit.tables.find((table) => table.id === id)),
  };
}

/** Rows as objects, for words in a test. */
export function rowsOf(table: Table | undefined): Record<string, string>[] {
  if (table === undefined) throw new Error("no such table");
  return tableRows(table);
}
