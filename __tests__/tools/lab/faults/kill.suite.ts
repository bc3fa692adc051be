import { areDropped } from "../../../../tools/lab/faults/kill";
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
const dropped = entry({ dropped: true });
const save = entry({
  method: "PUT",
  request: `/bucket${state}?x-id=PutObject`,
});

test.each([
  ["all answers are dropped", [dropped, dropped], "", true],
  ["one is not yet", [dropped, entry({})], "", false],
  ["the state was saved after them", [dropped, dropped, save], state, true],
  ["the state was saved too early", [dropped, save, dropped], state, false],
])("a run is at its point when %s", (_, log, wanted, reached) => {
  expect(areDropped(log, 2, wanted)).toBe(reached);
});

test("six points of a deploy, one of them only with Helm, and five of a destroy, in the order in which the stacks come and go", () => {
  const stacks = (points: readonly KillPoint[]) =>
    points.map(({ stack }) => stack);
  expect(stacks(deployPoints)).toEqual([
    "network",
    "network",
    "data",
    "identity",
    "workloads",
    "workloads",
  ]);
  expect(stacks(destroyPoints)).toEqual(
    stacks(deployPoints.filter(({ byHelm }) => byHelm !== true)).reverse(),
  );
});

test("both ways to die are injected, in a deploy and in a destroy", () => {
  for (const points of [deployPoints, destroyPoints])
    expect(new Set(points.map(({ victim }) => victim))).toEqual(
      new Set(["terraform", "cdktf"]),
    );
});
