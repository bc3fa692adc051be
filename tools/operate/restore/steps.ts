import { type Terminal } from "../cli/terminal";
import { type RestoreRecord, removeRecord, writeRecord } from "./record";

/** What a step is given. */
export interface StepContext {
  readonly record: RestoreRecord;
  /** Says how far it is. */
  readonly say: (text: string) => void;
  /** Notes something for later steps, at once. Nothing secret. */
  readonly note: (key: string, value: string) => void;
}

/** One step of a restore. */
export interface Step {
  /** Unique in its restore. */
  readonly id: string;
  /** What it does, as the plan shows it. */
  readonly does: string;
  /** It may have been interrupted before: what is done already it leaves. It ends when a look shows that it is done. */
  readonly run: (context: StepContext) => Promise<void>;
}

/**
 * Runs the steps that the record does not have yet, and notes each as it ends. When all are done the record goes.
 *
 * @throws what a step throws: the record then says where to go on.
 */
export async function runSteps(
  steps: readonly Step[],
  started: RestoreRecord,
  { terminal, file }: { readonly terminal: Terminal; readonly file: string },
): Promise<void> {
  let record = started;
  const keep = (change: Partial<RestoreRecord>): void => {
    record = { ...record, ...change };
    writeRecord(file, record);
  };
  keep({});
  for (const [index, step] of steps.entries()) {
    const text = `${index + 1}/${steps.length} ${step.does}`;
    if (record.done.includes(step.id)) {
      terminal.print(`${text}: done before`);
      continue;
    }
    await terminal.progress(text, (say) =>
      step.run({
        record,
        say,
        note: (key, value) => {
          keep({ facts: { ...record.facts, [key]: value } });
        },
      }),
    );
    keep({ done: [...record.done, step.id] });
  }
  removeRecord(file);
}
