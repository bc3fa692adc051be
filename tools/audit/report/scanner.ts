import { type ScanResult, stackSum } from "../checkov/result";
import { type Suppression } from "../exceptions";
import { type StackJson } from "../graph";
import { matchesPattern } from "../pattern";
import { type Table, distinct, lines } from "./table";

/** What a row says of a stack, or of a check, that nobody explained. */
export const NOT_RUN = "scanner not run";
export const NO_ENTRY = "NO ENTRY";

type Scan = ScanResult["scans"][number];

/** What checkov found in these very stacks, with the entries of the register. A scan of any other JSON proves nothing here. */
export function scannerTable(
  environment: string,
  stacks: Readonly<Record<string, StackJson>>,
  covers: readonly Suppression[],
  result: ScanResult | undefined,
): Table {
  const found = Object.entries(stacks).map(([stack, json]) => {
    const sum = stackSum(json);
    const mine = result?.scans.filter((scan) => scan.stack === stack) ?? [];
    return {
      stack,
      scan: mine.find((scan) => scan.sum === sum),
      isStale: mine.some(({ name }) => name === environment),
    };
  });
  const scanned = found.flatMap(({ scan }) => scan ?? []);
  const rows = found.flatMap(({ stack, scan }) => rowsOf(stack, scan, covers));
  const open = rows.filter(([, , , verdict]) => verdict === NO_ENTRY);
  const missing = found.filter(({ scan }) => scan === undefined);
  const names = (some: readonly { stack: string }[]) =>
    some.map(({ stack }) => stack).join(", ");
  const ran =
    result === undefined
      ? ""
      : `checkov ${result.version} ran on ${result.day} at commit ${result.commit.slice(0, 12)}`;
  return {
    id: "scanner",
    title: "Checkov",
    note: `What checkov found in the JSON of each stack; it reads no policy that is a text. A scan counts for the very JSON that it read: sum in scanner.json is SHA-256 of it without the block terraform. npm run checkov -- ${environment} makes it.`,
    columns: ["Check", "Stack", "Path", "Verdict", "Entry", "Asks"],
    rows,
    summary: [
      ...(scanned.length === 0
        ? []
        : [
            `${ran} over ${names(scanned)}: ${rows.filter(([check]) => check !== "").length} checks failed, ${open.length} of them without an entry of the register.`,
          ]),
      ...(missing.length === 0
        ? []
        : [`checkov did not run over this JSON of ${names(missing)}.`]),
    ],
    look: [
      ...open.map(
        ([check = "", , path = ""]) =>
          `${check} of checkov's fails at ${path}, and no exception names it.`,
      ),
      ...[missing.filter(({ isStale }) => isStale)]
        .filter((stale) => stale.length > 0)
        .map(
          (stale) =>
            `${ran}, over another JSON of ${names(stale)} than this one: run it again.`,
        ),
    ],
  };
}

function rowsOf(
  stack: string,
  scan: Scan | undefined,
  covers: readonly Suppression[],
): string[][] {
  if (scan === undefined) return [["", stack, "", NOT_RUN, "", ""]];
  if (scan.failed.length === 0)
    return [["", stack, "", "nothing failed", "", ""]];
  return scan.failed.map(({ check, path, asks = "" }) => {
    const entries = covers
      .filter(
        ({ rule, paths }) =>
          rule === check && paths.some((one) => matchesPattern(one, path)),
      )
      .map(({ id }) => id);
    return [
      check,
      stack,
      path,
      entries.length === 0 ? NO_ENTRY : "excepted",
      lines(distinct(entries)),
      asks,
    ];
  });
}
