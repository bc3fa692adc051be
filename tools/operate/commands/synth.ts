import { loadSettings } from "../../../modules/load";
import { displayPath } from "../../../modules/lib/project-file";
import { reportOf, synthesize } from "../../../modules/synthesize";
import {
  type Outcome,
  forAll,
  openAll,
  problemCount,
  reportsOf,
} from "../all/environments";
import { ALL_OPTIONS, isAll } from "../all/options";
import { type Call, type Command, type ExitCode } from "../cli/command";
import { groupedNotes } from "../synth/notes";
import { openSettings } from "../target";

/** What a synth has written, and said. */
interface Written {
  /** The settings file. */
  readonly source: string;
  readonly outdir: string;
  readonly stacks: readonly string[];
  readonly notes: readonly string[];
}

export const synth: Command = {
  name: "synth",
  takes: "[environment]",
  summary: "writes the JSON of all stacks: of one environment, or of all",
  options: { all: ALL_OPTIONS.all },
  details:
    "An environment that is named, and each with --all, is written to cdktf.out/<environment>, or to CDKTF_OUTPUT. Without a name it is as when the CLI calls the app: the environment of ENVIRONMENT, or the only one there is, written to CDKTF_OUTDIR, or to cdktf.out.",
  run: (call) => (isAll(call) ? synthAll(call) : synthOne(call)),
};

function synthOne({
  positionals: [named],
  variables,
  terminal,
}: Call): Promise<ExitCode> {
  const written = reported(() =>
    named === undefined
      ? write(loadSettings(variables), variables.CDKTF_OUTDIR ?? "cdktf.out")
      : opened(openSettings(named, variables)),
  );
  for (const note of written.notes) terminal.print(`Note: ${note}`);
  terminal.result(written);
  return Promise.resolve(0);
}

async function synthAll({ variables, terminal }: Call): Promise<ExitCode> {
  const environments = openAll(variables, openSettings);
  const outcomes = await terminal.progress(
    `Synthesizing ${environments.length} environments`,
    (say) =>
      forAll(environments, 1, async (settings, environment) => {
        say(environment);
        // What shows the progress has no other chance: a synth gives none.
        await new Promise(setImmediate);
        return reported(() => opened(settings));
      }),
  );
  terminal.table(["environment", "stacks", "written to"], outcomes.map(rowOf));
  const notes = outcomes.flatMap(({ environment, ...one }) =>
    one.report === undefined ? { environment, notes: one.value.notes } : [],
  );
  for (const note of groupedNotes(notes)) terminal.print(note);
  const reports = reportsOf(outcomes);
  if (reports !== "") terminal.print(`\n${reports}`);
  terminal.result(
    outcomes.map(({ environment, ...one }) =>
      one.report === undefined
        ? { environment, ...one.value }
        : { environment, problems: one.report.problems },
    ),
  );
  return reports === "" ? 0 : 1;
}

const rowOf = ({ environment, ...one }: Outcome<Written>): string[] =>
  one.report === undefined
    ? [
        environment,
        String(one.value.stacks.length),
        displayPath(one.value.outdir),
      ]
    : [environment, problemCount(one.report), "nothing"];

type Opened = ReturnType<typeof openSettings>;

const opened = (settings: Opened): Written => write(settings, settings.outdir);

function write(
  settings: Pick<Opened, "settings" | "source" | "notices">,
  outdir: string,
): Written {
  const notes: string[] = [];
  const stacks = synthesize(settings, (note) => notes.push(note), outdir);
  return { source: settings.source, outdir, stacks, notes };
}

/** @throws ProblemReport of what a reader can mend. */
function reported<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw reportOf(error) ?? error;
  }
}
