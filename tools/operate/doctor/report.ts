import { type Terminal } from "../cli/terminal";
import { type Finding, type Outcome, type Severity } from "./check";

/** What `--json` says. */
export interface Report {
  readonly environment: string;
  /** What would stop a deploy first. */
  readonly findings: readonly Finding[];
  readonly passed: readonly string[];
  /** What nobody knows by this run. */
  readonly notAsked: readonly {
    readonly about: string;
    readonly why: string;
  }[];
}

/** The outcomes of all checks, each finding once. */
export function reportOf(
  environment: string,
  outcomes: readonly Outcome[],
): Report {
  const findings = outcomes.flatMap((one) =>
    one.state === "found" ? one.findings : [],
  );
  const of = (severity: Severity): Finding[] =>
    findings.filter((finding) => finding.severity === severity);
  return {
    environment,
    findings: distinct([...of("stops"), ...of("know")]),
    passed: outcomes
      .filter(({ state }) => state === "passed")
      .map(({ about }) => about),
    notAsked: outcomes.flatMap((one) =>
      one.state === "not asked" ? [{ about: one.about, why: one.why }] : [],
    ),
  };
}

const distinct = (findings: readonly Finding[]): Finding[] => [
  ...new Map(
    findings.map((finding) => [`${finding.path} ${finding.found}`, finding]),
  ).values(),
];

/** Whether something was found that a deploy would fail at. */
export const stopsDeploy = ({ findings }: Report): boolean =>
  findings.some(({ severity }) => severity === "stops");

const TITLES: Readonly<Record<Severity, string>> = {
  stops: "What would stop a deploy:",
  know: "To know:",
};

/** The report for people. */
export function printReport(terminal: Terminal, report: Report): void {
  const { findings, passed, notAsked } = report;
  for (const severity of ["stops", "know"] as const) {
    const rows = findings.filter((finding) => finding.severity === severity);
    if (rows.length === 0) continue;
    terminal.print(TITLES[severity]);
    terminal.table(
      ["setting", "found", "fix"],
      rows.map(({ path, found, fix }) => [path, found, fix]),
    );
    terminal.print("");
  }
  if (notAsked.length > 0) {
    terminal.print("Not asked, so not known:");
    terminal.table(
      ["check", "why"],
      notAsked.map(({ about, why }) => [about, why]),
    );
    terminal.print("");
  }
  const stops = findings.filter(({ severity }) => severity === "stops").length;
  terminal.print(
    `${passed.length} checks passed, ${stops} findings stop a deploy, ${findings.length - stops} are to know, ${notAsked.length} checks were not asked.`,
  );
}
