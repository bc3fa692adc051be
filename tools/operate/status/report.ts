import { type Terminal } from "../cli/terminal";
import { type Answer, type Row, type Standing, counted } from "./part";

/** What `--json` says. */
export interface Report {
  readonly environment: string;
  /** Whether anything stands. */
  readonly deployed: boolean;
  readonly parts: readonly Answer[];
}

const rowsOf = ({ parts }: Report, standing?: Standing): Row[] =>
  parts
    .flatMap(({ rows }) => rows)
    .filter((row) => standing === undefined || row.standing === standing);

/** Whether somebody should act. */
export const isWrong = (report: Report): boolean =>
  rowsOf(report, "wrong").length > 0;

const MARKS: Readonly<Record<Standing, string>> = {
  fine: "",
  know: "to know",
  wrong: "WRONG",
};

/** For people: what is wrong first. */
export function printReport(terminal: Terminal, report: Report): void {
  const order: Standing[] = ["wrong", "know", "fine"];
  terminal.table(
    ["", "what", "found"],
    [
      ...order.flatMap((standing) =>
        rowsOf(report, standing).map(({ what, found }) => [
          MARKS[standing],
          what,
          found,
        ]),
      ),
      ...report.parts.flatMap(({ part, notAsked }) =>
        notAsked === undefined ? [] : [["not asked", part, notAsked]],
      ),
    ],
  );
  terminal.print(`\n${summary(report)}`);
}

/** One line. */
export function summary(report: Report): string {
  const { environment, deployed, parts } = report;
  if (!deployed)
    return `${environment} is not deployed: nothing of it stands. \`npx wave-eks deploy ${environment}\` makes it.`;
  const wrong = rowsOf(report, "wrong");
  const notAsked = parts.filter((one) => one.notAsked !== undefined);
  return [
    wrong.length === 0
      ? `${environment}: nothing is wrong`
      : `${environment}: ${counted(wrong.length, "thing")} wrong`,
    `${rowsOf(report, "know").length} to know`,
    `${rowsOf(report, "fine").length} fine`,
    ...(notAsked.length === 0
      ? []
      : [`${notAsked.map(({ part }) => part).join(", ")} not asked`]),
  ].join(", ");
}

/** A row of the table of all environments. */
export const lineOf = (report: Report): string[] => {
  const wrong = rowsOf(report, "wrong");
  const notAsked = report.parts.filter((one) => one.notAsked !== undefined);
  return [
    report.environment,
    !report.deployed ? "not deployed" : wrong.length > 0 ? "WRONG" : "fine",
    [
      ...wrong.map(({ what, found }) => `${what}: ${found}`),
      ...(notAsked.length === 0
        ? []
        : [`not asked: ${notAsked.map(({ part }) => part).join(", ")}`]),
    ].join("; "),
  ];
};
