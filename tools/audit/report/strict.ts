import { type InventoryEntry } from "./inventory";
import { NOBODY } from "./registers";
import { type Table, rowsOf } from "./table";

/**
 * What a strict audit fails for: rules broken outside of the register, exceptions and risks that stand here and are accepted by
 * nobody or have expired, versions whose support has ended.
 *
 * @param today Such as `2026-11-29`: an entry has expired on its day, a version is supported until the end of its last one.
 */
export function strictFailures(
  tables: readonly Table[],
  inventory: readonly InventoryEntry[],
  today: string,
): string[] {
  const rows = (id: string) =>
    tables.filter((table) => table.id === id).flatMap(rowsOf);
  const accepted = ["exceptions", "risks"].flatMap(rows);
  return [
    ...inventory.flatMap(({ subject, failed }) =>
      failed.map((rule) => `${rule}: broken by ${subject.path}`),
    ),
    ...accepted.flatMap(({ Id, Approver, Approved, Expires = "", ...row }) => {
      if (Id === "NONE") return [`no entry for ${row["Found here"] ?? ""}`];
      return [
        ...(Approver === NOBODY || Approved === NOBODY
          ? [`${Id}: accepted by nobody`]
          : []),
        ...(Expires <= today ? [`${Id}: expired on ${Expires}`] : []),
      ];
    }),
    ...["versions", "images"].flatMap(rows).flatMap((row) => {
      const { What, Image, Version = "", "Support ends": end = "" } = row;
      return /^\d{4}-/.test(end) && end < today
        ? [
            `${Image ?? `${What} ${Version}`}: support ended on ${end.slice(0, 10)}`,
          ]
        : [];
    }),
  ];
}
