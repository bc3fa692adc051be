import { leftOvers } from "../../lab/left-overs";
import { table } from "../../lab/report";

test("the table has one line a stack, and a dash for what was not looked at", () => {
  expect(
    table([
      {
        stack: "network",
        resources: 60,
        seconds: 31,
        changes: 0,
        leftOvers: 0,
      },
      { stack: "data", resources: 46, seconds: 66 },
    ]),
  ).toBe(
    [
      "stack    resources  seconds  changes in 2nd plan  left-overs",
      "-------  ---------  -------  -------------------  ----------",
      "network  60         31       0                    0",
      "data     46         66       -                    -",
    ].join("\n"),
  );
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
