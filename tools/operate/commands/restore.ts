import { nearest } from "../../../modules/lib/nearest";
import { displayPath } from "../../../modules/lib/project-file";
import { ProblemReport } from "../../../modules/lib/problem";
import { checkCaller } from "../aws/caller";
import { sentenceOf } from "../aws/errors";
import { type Command, isGiven, textOption } from "../cli/command";
import { duration, type Terminal } from "../cli/terminal";
import {
  type RestoreRecord,
  readRecord,
  recordFile,
  stampOf,
} from "../restore/record";
import { runSteps } from "../restore/steps";
import {
  type RecoveryPoint,
  type RestorePlan,
  type Store,
} from "../restore/store";
import { storesOf } from "../restore/stores";
import { openTarget } from "../target";

export const restore: Command = {
  name: "restore",
  takes: "<environment> <store>",
  summary:
    "brings a store back to a state of the past, step by step; an interrupted one goes on where it was",
  options: {
    list: {
      type: "boolean",
      help: "shows the recovery points, and does nothing",
    },
    from: {
      type: "string",
      value: "<point>",
      help: "a recovery point as --list shows it; `latest`; for PostgreSQL also a moment such as 2026-01-31T12:00:00Z",
    },
    image: {
      type: "string",
      value: "<image>",
      help: "image with the programs of PostgreSQL, where the cluster reaches no public registry",
    },
    yes: { type: "boolean", help: "asks nothing, as in a pipeline" },
  },
  details:
    "Stores: postgres, surrealdb (classic), redis, efs, emg-postgres, emg-efs, delivery-redis, as the environment has them. What is there is kept first. Deleted objects and older versions in S3: docs/runbook.md.",
  run: async (call) => {
    const { terminal } = call;
    const target = openTarget(call.positionals[0], call.variables);
    const stores = storesOf({
      target,
      terminal,
      image: textOption(call, "image"),
    });
    const store = chosen(stores, call.positionals[1], target.source);
    await checkCaller(target);
    const points = await store.points();
    if (isGiven(call, "list")) {
      list(store, points, terminal);
      return 0;
    }
    const file = recordFile(target, store.name);
    const record = recordFor(store, points, {
      file,
      wanted: textOption(call, "from"),
    });
    const plan = await store.plan(record);
    show(store, record, plan, terminal);
    const question = `Restore ${store.what} of ${target.environment} (account ${target.settings.accountId}) to ${record.from}?`;
    if (!isGiven(call, "yes") && !(await terminal.confirm(question, "--yes")))
      return 1;
    try {
      await runSteps(plan.steps, record, { terminal, file });
    } catch (error) {
      terminal.print(`Stopped: ${sentenceOf(error)}`);
      const { done = [] } = readRecord(file) ?? {};
      if (plan.steps.some(({ id }) => id === "start") && done.includes("stop"))
        terminal.print("What uses the store is scaled to 0 until then.");
      terminal.print(
        `Mend that, and run it again: it goes on where it was. To give it up, delete ${displayPath(file)}, and look at what the steps that ended have made.`,
      );
      terminal.result({
        store: store.name,
        from: record.from,
        restored: false,
      });
      return 1;
    }
    terminal.print(`Restored ${store.what} to ${record.from}. ${plan.then}`);
    terminal.result({ store: store.name, from: record.from, restored: true });
    return 0;
  },
};

function chosen(
  stores: readonly Store[],
  named: string | undefined,
  source: string,
): Store {
  const names = stores.map(({ name }) => name);
  const found = stores.find(({ name }) => name === named);
  if (found) return found;
  const near = nearest(named ?? "", names);
  throw new ProblemReport(source, [
    {
      path: "<store>",
      given: named === undefined ? "none" : `"${named}"`,
      allowed:
        names.length === 0
          ? "none: the environment has no store with a past"
          : names.join(", "),
      fix: near === undefined ? "name one of them" : `did you mean ${near}?`,
    },
  ]);
}

/** Goes on with the restore that was interrupted, or begins one. */
function recordFor(
  store: Store,
  points: readonly RecoveryPoint[],
  { file, wanted }: { readonly file: string; readonly wanted?: string },
): RestoreRecord {
  const begun = readRecord(file);
  if (begun !== undefined) {
    if (wanted === undefined || wanted === begun.from) return begun;
    throw new ProblemReport("restore", [
      {
        path: "--from",
        given: `${wanted}, and a restore from ${begun.from} was interrupted after ${begun.done.length} steps`,
        allowed: begun.from,
        fix: `finish it without --from, or delete ${displayPath(file)}, and look at what it has made`,
      },
    ]);
  }
  return {
    from: pointOf(store, points, wanted),
    stamp: stampOf(new Date()),
    done: [],
    facts: {},
  };
}

function pointOf(
  store: Store,
  points: readonly RecoveryPoint[],
  wanted: string | undefined,
): string {
  if (wanted !== undefined && wanted !== "latest") return wanted;
  const newest = points.find(({ usable }) => usable);
  if (wanted === "latest" && newest !== undefined) return newest.id;
  throw new ProblemReport("restore", [
    {
      path: wanted === undefined ? "--from" : `store ${store.name}`,
      given:
        wanted === undefined
          ? "none"
          : `no recovery point that can be used (${points.length} in all)`,
      allowed: `latest, or a recovery point${store.takesTime ? ", or a moment such as 2026-01-31T12:00:00Z" : ""}`,
      fix: "`--list` shows what there is",
    },
  ]);
}

function list(
  store: Store,
  points: readonly RecoveryPoint[],
  terminal: Terminal,
): void {
  terminal.print(`${store.what}:`);
  if (points.length === 0) terminal.print("There is no recovery point.");
  else
    terminal.table(
      ["Recovery point", "Age", "Size", "State"],
      points.map(({ id, at, size, state }) => [id, ageOf(at), size, state]),
    );
  if (store.takesTime)
    terminal.print(
      "Besides, every moment within the days of its backups: --from 2026-01-31T12:00:00Z",
    );
  terminal.result({ store: store.name, points });
}

/** `3 d 4 h`, or for less than two days as durations are said. */
function ageOf(at: Date): string {
  const seconds = Math.max(0, (Date.now() - at.getTime()) / 1000);
  const hours = Math.floor(seconds / 3600);
  if (hours < 1) return duration(seconds);
  return hours < 48
    ? `${hours} h`
    : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

function show(
  store: Store,
  { from, done }: RestoreRecord,
  { steps, interrupts, loses }: RestorePlan,
  terminal: Terminal,
): void {
  terminal.print(`${store.what}, back to ${from}:`);
  for (const [index, { id, does }] of steps.entries())
    terminal.print(
      `  ${index + 1}. ${does}${done.includes(id) ? " (done before)" : ""}`,
    );
  terminal.print(`Interrupts: ${interrupts}`);
  terminal.print(`Loses: ${loses}`);
}
