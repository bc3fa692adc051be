/** One thing the reader has to mend, said so that no source code is needed to mend it. */
export interface Problem {
  /** Settings path (`network.zones`), or file and key (`manifests/wave/classic/config.yml: wave.build.repo`). */
  readonly path: string;
  /** What was found there. */
  readonly given: string;
  /** What may stand there. */
  readonly allowed: string;
  /** What to do. */
  readonly fix: string;
}

/** All problems of one run. Thrown before anything is written. */
export class ProblemReport extends Error {
  constructor(
    /** What was read, such as `settings/prod.yaml`. */
    readonly source: string,
    readonly problems: readonly Problem[],
  ) {
    super(formatProblems(source, problems));
    this.name = "ProblemReport";
  }
}

/** The report as printed: one block per problem, in the order of the settings file. */
export function formatProblems(
  source: string,
  problems: readonly Problem[],
): string {
  const count =
    problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const blocks = problems.map(
    ({ path, given, allowed, fix }) =>
      `  ${path}\n    given    ${given}\n    allowed  ${allowed}\n    fix      ${fix}`,
  );
  return `${source}: ${count}\n\n${blocks.join("\n\n")}\n`;
}
