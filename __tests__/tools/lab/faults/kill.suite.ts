import { isHeld } from "../../../../tools/lab/faults/kill";
import {
  type KillPoint,
  deployPoints,
  destroyPoints,
} from "../../../../tools/lab/faults/points";
import { type LogEntry } from "../../../../tools/lab/aws/request-log";

const entry = (change: Partial<LogEntry>): LogEntry => ({
  time: "2026-01-01T00:00:00.000Z",
  service: "eks",
  operation: "CreateCluster",
  method: "POST",
  status: 200,
  by: "lab",
  request: "/clusters",
  ...change,
});
const state = "/wave/lab/network.tfstate";
const held = entry({ held: true });
const save = entry({
  method: "PUT",
  request: `/bucket${state}?x-id=PutObject`,
});

test.each([
  ["all answers are withheld", [held, held], "", true],
  ["one is not yet", [held, entry({})], "", false],
  ["the state was saved after them", [held, held, save], state, true],
  ["the state was saved too early", [held, save, held], state, false],
])("FIG-09: a run is at its point when %s", (_, log, wanted, reached) => {
  expect(isHeld(log, 2, wanted)).toBe(reached);
});

test("FIG-09: five points of a deploy and five of a destroy, in the order in which the stacks come and go", () => {
  const stacks = (points: readonly KillPoint[]) =>
    points.map(({ stack }) => stack);
  expect(stacks(deployPoints)).toEqual([
    "network",
    "network",
    "data",
    "identity",
    "workloads",
  ]);
  expect(stacks(destroyPoints)).toEqual([...stacks(deployPoints)].reverse());
});

test("FIG-09: both ways to die are rehearsed, in a deploy and in a destroy", () => {
  for (const points of [deployPoints, destroyPoints])
    expect(new Set(points.map(({ victim }) => victim))).toEqual(
      new Set(["terraform", "cdktf"]),
    );
});
