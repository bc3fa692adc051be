import { laneOf } from "../../../modules/core/versions/lanes";
import { leftOvers } from "../../../tools/lab/steps/left-overs";
import { Report, table } from "../../../tools/lab/report";

afterEach(() => jest.restoreAllMocks());

test("the table has the stacks line by line, and a dash for what was not looked at", () => {
  expect(
    table([
      {
        line: "classic",
        stack: "network",
        resources: 60,
        seconds: 31,
        changes: 0,
        leftOvers: 0,
      },
      { line: "lite", stack: "network", resources: 58, seconds: 30 },
      { line: "classic", stack: "data", resources: 46, seconds: 66 },
    ]),
  ).toBe(
    [
      "line     stack    resources  seconds  changes in 2nd plan  left-overs",
      "classic  network  60         31       0                    0",
      "classic  data     46         66       -                    -",
      "lite     network  58         30       -                    -",
    ].join("\n"),
  );
});

test("lines share one report, and each says its name", () => {
  const said: string[] = [];
  jest.spyOn(console, "log").mockImplementation((text: string) => {
    said.push(text.replace(/^\[ *\d+ s\] /, ""));
  });
  const report = new Report();
  report.of("classic").check("deploy", true);
  report.of("lite").check("deploy", false, "why");
  report.of("lite").skip("workloads", "no cluster");
  expect(said).toEqual([
    "classic: ok deploy",
    "lite: FAILED deploy: why",
    "lite: SKIPPED workloads: no cluster",
  ]);
  expect(report.failed).toBe(true);
  report.printSummary();
  expect(said.at(-2)).toBe("FAILED lite: deploy: why");
  expect(said.at(-1)).toMatch(/^\nlab: 1 passed, 1 failed, 1 skipped in \d+ s/);
});

test("left-overs are what was not there before, by kind and id", () => {
  expect(
    leftOvers(
      [{ kind: "vpc", id: "a" }],
      [
        { kind: "vpc", id: "a" },
        { kind: "subnet", id: "a" },
      ],
    ),
  ).toEqual([{ kind: "subnet", id: "a" }]);
});

test("a run says its lane and its program, and its record has them", () => {
  const said: string[] = [];
  jest.spyOn(console, "log").mockImplementation((text: string) => {
    said.push(text);
  });
  const report = new Report();
  const program = {
    product: "OpenTofu",
    version: "1.12.6",
    path: "/usr/bin/tofu",
  } as const;
  report.ranWith(laneOf({ LANE: "living" }), program);
  expect(said.join()).toContain(
    "lane living: cdktn with OpenTofu 1.12.6 (/usr/bin/tofu)",
  );
  expect(report.record()).toMatchObject({
    lane: "living",
    program: "OpenTofu 1.12.6",
  });
});
