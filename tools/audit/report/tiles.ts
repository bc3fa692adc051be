import { type InventoryEntry } from "./inventory";
import { type Tile } from "./page/cover";
import { NOBODY } from "./registers";
import { NOT_RUN, NO_ENTRY } from "./scanner";
import { type Table } from "./table";

/** The figures of the first page, from the tables that are there. */
export function tilesOf(
  tables: readonly Table[],
  inventory: readonly InventoryEntry[],
): Tile[] {
  const broken = inventory.flatMap(({ failed }) => failed).length;
  const cells = (id: string, column: string): string[] | undefined => {
    const table = tables.find((one) => one.id === id);
    const at = table?.columns.indexOf(column) ?? -1;
    return table?.rows.map((row) => row[at] ?? "");
  };
  const looks = (id: string): number =>
    tables.find((table) => table.id === id)?.look?.length ?? 0;
  const tile = (
    table: string,
    values: readonly string[] | undefined,
    label: string,
    verdict: Tile["verdict"],
  ): Tile[] =>
    values === undefined
      ? []
      : [{ value: String(values.length), label, verdict, table }];
  const unaccepted = (cells("exceptions", "Approver") ?? []).filter(
    (approver) => approver === NOBODY,
  );
  const high = cells("risks", "Severity")?.filter((one) => one === "high");
  const inState = cells("secrets", "In state of")?.filter(
    (states) => states !== "none",
  );
  const met = cells("cis", "Met");
  const unmet = met?.filter((text) => text.startsWith("NOT MET"));
  return [
    {
      value: String(broken),
      label: "rules broken that no exception names",
      verdict: broken === 0 ? "good" : "bad",
      table: "rules",
    },
    ...tile(
      "exceptions",
      cells("exceptions", "Id"),
      `exceptions, ${unaccepted.length} accepted by nobody`,
      unaccepted.length > 0 ? "warn" : "good",
    ),
    ...tile(
      "risks",
      cells("risks", "Id"),
      `known risks, ${high?.length ?? 0} of high severity`,
      (high?.length ?? 0) > 0 ? "warn" : "plain",
    ),
    ...tile(
      "cis",
      unmet,
      `of ${met?.length ?? 0} items of CIS EKS not met and not excepted; not met by exception: ${met?.filter((text) => text.includes("exceptions")).length ?? 0}`,
      (unmet?.length ?? 0) > 0 ? "warn" : "good",
    ),
    ...scannerTile(cells("scanner", "Verdict")),
    ...tile(
      "secrets",
      inState,
      "secrets whose value is in a state",
      (inState?.length ?? 0) > 0 ? "warn" : "good",
    ),
    ...["images", "versions"].flatMap((id) =>
      cells(id, id === "images" ? "Image" : "Version") === undefined
        ? []
        : [
            {
              value: String(looks(id)),
              label: `${id} to look at`,
              verdict: looks(id) > 0 ? ("warn" as const) : ("good" as const),
              table: id,
            },
          ],
    ),
  ];
}

/** Failed checks that no exception names, or that nobody asked. */
function scannerTile(verdicts: readonly string[] | undefined): Tile[] {
  if (verdicts === undefined) return [];
  const isMissing = verdicts.includes(NOT_RUN);
  const open = verdicts.filter((one) => one === NO_ENTRY).length;
  return [
    {
      value: isMissing && open === 0 ? "not run" : String(open),
      label: isMissing
        ? "scanner: checkov did not read all of this JSON"
        : "checks of checkov's failed that no exception names",
      verdict: open > 0 ? "bad" : isMissing ? "warn" : "good",
      table: "scanner",
    },
  ];
}
