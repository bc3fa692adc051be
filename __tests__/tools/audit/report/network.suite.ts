import { graphOf } from "../../../../tools/audit/graph";
import { networkTable } from "../../../../tools/audit/report/network";
import { synthesize } from "../../../../tools/audit/synthesized";
import { currentSettings } from "../../../support/settings";
import { rowsOf } from "./audits";

const stacks = synthesize(currentSettings());

const tableAfter = (change: (text: string) => string = (text) => text) =>
  networkTable(
    graphOf(JSON.parse(change(JSON.stringify(stacks))) as typeof stacks),
  );

test("everything to and from Wave is one block, the first, and its sentences", () => {
  const table = tableAfter();
  const rows = rowsOf(table);
  const ofWave = rows.filter(({ Subject }) => Subject === "pods of wave/wave");
  expect(rows.slice(0, ofWave.length)).toEqual(ofWave);
  expect(
    new Set(ofWave.map(({ Direction, Port }) => `${Direction} ${Port}`)),
  ).toEqual(
    new Set([
      ...["in 9090", "out 53", "out 80", "out 443", "out 6379", "out 5432"],
      // Its own node.
      "out all",
    ]),
  );
  // No rule of the JSON: EKS makes it.
  expect(rows).toContainEqual(
    expect.objectContaining({
      From: "control plane, nodes and pods of its group",
      To: "0.0.0.0/0",
      Direction: "out",
    }),
  );
  expect(table.summary).toHaveLength(3);
  expect(table.summary?.[1]).toContain(
    "go its own node, what listens there at any port; ",
  );
  expect(table.summary?.[0]).toContain(
    "its node (the kubelet, and pods on the node's network) on tcp 9090",
  );
});

test("a way that a policy loses is gone from block and sentence", () => {
  const table = tableAfter((text) =>
    text.replaceAll(
      '"port":"80","protocol":"TCP"',
      '"port":"81","protocol":"TCP"',
    ),
  );
  expect(table.summary?.[1]).not.toMatch(/tcp 80;/);
  expect(table.summary?.[1]).toMatch(/tcp 81;/);
});

test("a probe that is gone is no way of the kubelet", () => {
  const table = tableAfter((text) => text.replaceAll('"http_get"', '"exec_"'));
  expect(
    rowsOf(table).filter(({ From = "" }) => From.includes("the kubelet")),
  ).toEqual([]);
});
