import { graphOf } from "../../../../tools/audit/graph";
import { personalDataTable } from "../../../../tools/audit/report/personal-data";
import { synthesize } from "../../../../tools/audit/synthesized";
import { currentSettings, exampleSettings } from "../../../support/settings";
import { rowsOf } from "./audits";

const tableOf = (
  stacks: ReturnType<typeof synthesize>,
  change: (text: string) => string = (text) => text,
) =>
  personalDataTable(
    graphOf(JSON.parse(change(JSON.stringify(stacks))) as typeof stacks),
  );
const current = synthesize(currentSettings());

test("records of requests are where the line keeps them, and end by nobody", () => {
  const paths = (stacks: typeof current) =>
    rowsOf(tableOf(stacks))
      .filter(({ Data = "" }) => Data.startsWith("records of requests"))
      .map(({ Path }) => Path);
  expect(paths(current)).toEqual([
    "data/postgres/instance/Default",
    "data/redis/replication-group/Default",
  ]);
  expect(paths(synthesize(exampleSettings()))).toEqual([
    "data/redis/replication-group/Default",
    "workloads/volume-surreal-pv",
  ]);
  expect(tableOf(current).look).toContain(
    "data/postgres/instance/Default keeps data of people until somebody removes it.",
  );
});

test("how long it stays is what the JSON says", () => {
  const row = (table: ReturnType<typeof tableOf>, path: string) =>
    rowsOf(table).find(({ Path }) => Path === path)?.Kept;
  const REDIS = "data/redis/replication-group/Default";
  const LOGS = "data/buckets/logs/Default";
  expect(row(tableOf(current), REDIS)).toMatch(/^36h/);
  expect(row(tableOf(current), LOGS)).toMatch(/^365 days/);
  const changed = tableOf(current, (text) =>
    text
      .replaceAll('"expiration":[{"days":365}]', '"expiration":[]')
      .replaceAll('duration: \\"36h\\"', 'duration: \\"12h\\"')
      .replaceAll('duration: \\\\\\"36h\\\\\\"', 'duration: \\\\\\"12h\\\\\\"'),
  );
  expect(row(changed, REDIS)).toMatch(/^12h/);
  expect(changed.look).toContain(
    `${LOGS} keeps data of people until somebody removes it.`,
  );
});
