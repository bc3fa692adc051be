import { type Table } from "../../../../tools/audit/report/table";
import { tilesOf } from "../../../../tools/audit/report/tiles";

const table = (
  id: string,
  columns: readonly string[],
  ...rows: readonly (readonly string[])[]
): Table => ({ id, title: id, note: "", columns, rows });

const tileOf = (...tables: readonly Table[]) => {
  const [last] = tables;
  return tilesOf(tables, []).find((tile) => tile.table === last?.id);
};

test("an exception is counted until somebody has accepted it", () => {
  const exceptions = (...approvers: readonly string[]) =>
    tileOf(
      table(
        "exceptions",
        ["Id", "Approver"],
        ...approvers.map((approver, at) => [`EXC-0${at}`, approver]),
      ),
    );
  expect(exceptions("Ann", "nobody yet")).toMatchObject({
    value: "2",
    label: "exceptions, 1 accepted by nobody",
    verdict: "warn",
  });
  expect(exceptions("Ann", "Ben")).toMatchObject({ verdict: "good" });
});

test("an item of the benchmark that nothing meets is not one that is excepted", () => {
  const met = (...verdicts: readonly string[]) =>
    tileOf(
      table("cis", ["Item", "Met"], ...verdicts.map((text) => ["1.1", text])),
    );
  expect(met("by code", "by code, with exceptions", "NOT MET")).toMatchObject({
    value: "1",
    label:
      "of 3 items of CIS EKS not met and not excepted; not met by exception: 1",
    verdict: "warn",
  });
});

test("what a table does not have has no tile", () => {
  expect(tilesOf([], []).map(({ table: id }) => id)).toEqual(["rules"]);
});
