import {
  type Report,
  isWrong,
  lineOf,
  printReport,
  summary,
} from "../../../../tools/operate/status/report";
import { recordedTerminal } from "../../../support/terminal";

describe("the report", () => {
  const report: Report = {
    environment: "prod",
    deployed: true,
    parts: [
      {
        part: "stacks",
        rows: [
          { what: "stack network", found: "3 resources", standing: "fine" },
        ],
      },
      {
        part: "alarms",
        rows: [{ what: "alarm b", found: "5 > 1", standing: "wrong" }],
      },
      { part: "pods", rows: [], notAsked: "not allowed" },
    ],
  };

  test("shows what is wrong first, and what was not asked as such", () => {
    const terminal = recordedTerminal({ columns: 80 });
    printReport(terminal, report);
    const lines = terminal.printed
      .join("\n")
      .split("\n")
      .map((line) => line.trim().split(/ {2,}/)[0]);
    expect(lines.slice(1, 4)).toEqual(["WRONG", "stack network", "not asked"]);
    expect(terminal.printed.at(-1)).toContain(
      "prod: 1 thing wrong, 0 to know, 1 fine, pods not asked",
    );
    expect(isWrong(report)).toBe(true);
    expect(lineOf(report)).toEqual([
      "prod",
      "WRONG",
      "alarm b: 5 > 1; not asked: pods",
    ]);
  });

  test("of an environment that was never deployed says so", () => {
    const never = { ...report, deployed: false, parts: [] };
    expect(summary(never)).toContain("prod is not deployed");
    expect(isWrong(never)).toBe(false);
    expect(lineOf(never)[1]).toBe("not deployed");
  });
});
