import { type AcceptedRisk, showExposure } from "../accepted-risks";
import { type Exception } from "../exceptions";
import { type Exposure } from "../exposures";
import { type Finding } from "../evaluate";
import { matchesPattern } from "../pattern";
import { type Suppression, coversFinding } from "../exceptions";
import { type Table, distinct, lines } from "./table";

const OPERATOR = ["Owner", "Approver", "Approved"];

/** In the place of an owner, an approver and a day that the register leaves empty. */
export const NOBODY = "nobody yet";

/** Days before its end at which an entry has to be looked at. */
const SOON = 90;

const NOTE =
  "The text of an entry is that of all environments, so that it may name what is not here. Owner, approver and date are the operator's to fill, in docs/registers.";

/** Entries of the exceptions register that stand for something in this environment. */
export const exceptionsTable = (
  register: readonly Exception[],
  findings: readonly Finding[],
  covers: readonly Suppression[],
  day: string,
): Table =>
  judged(day, {
    id: "exceptions",
    title: "Exceptions",
    note: `Rules that resources break on purpose, here; “in a plan”: checkov does not see it in JSON. ${NOTE}`,
    columns: [
      ...["Id", "Rule", "Also known as", "Where", "Reason", "Control", "Proof"],
      ...["Expires", ...OPERATOR],
    ],
    rows: register.flatMap((entry) => {
      const mine = covers.filter(({ id }) => id === entry.id);
      const covered = findings.filter(
        (finding) =>
          !finding.passed &&
          mine.some((cover) => coversFinding(cover, finding)),
      );
      return covered.length === 0
        ? []
        : [
            [
              entry.id,
              lines(
                distinct(covered.map(({ rule }) => rule.id)).map((id) =>
                  mine.some(({ rule, plan }) => plan && rule === id)
                    ? `${id}, in a plan`
                    : id,
                ),
              ),
              lines(entry.scanners),
              lines(distinct(covered.map(whereOf))),
              entry.reason,
              entry.control,
              lines(entry.proof),
              entry.expires,
              ...acceptedBy(entry),
            ],
          ];
    }),
  });

const whereOf = ({ subject, part }: Finding): string =>
  part === undefined ? subject.path : `${subject.path} (${part})`;

/** What no scanner reports: what is derived from the JSON, with the entry that accepts it. */
export const risksTable = (
  register: readonly AcceptedRisk[],
  exposures: readonly Exposure[],
  day: string,
): Table => {
  const found = exposures.map(showExposure);
  const accepted = register.flatMap((entry) => {
    const mine = found.filter((one) =>
      entry.covers.some((pattern) => matchesPattern(pattern, one)),
    );
    return mine.length === 0 ? [] : [riskRow(entry, mine)];
  });
  const open = found.filter(
    (one) =>
      !register.some(({ covers }) =>
        covers.some((pattern) => matchesPattern(pattern, one)),
      ),
  );
  return judged(day, {
    id: "risks",
    title: "Known risks",
    note: `Hops without TLS, open doors, roles without a boundary, third-party code and images, derived from the JSON, config.yml and the charts' values. Severity is ours, for what is left after the control. ${NOTE}`,
    columns: [
      ...["Id", "Found here", "What", "Reason", "Control", "Proof", "Severity"],
      ...["Expires", ...OPERATOR],
    ],
    rows: [
      ...accepted,
      ...open.map((one) => ["NONE", one, ...Array<string>(9).fill("")]),
    ],
  });
};

const riskRow = (entry: AcceptedRisk, found: readonly string[]): string[] => [
  entry.id,
  lines(found),
  entry.what,
  entry.reason,
  entry.control,
  lines(entry.proof),
  entry.severity,
  entry.expires,
  ...acceptedBy(entry),
];

const acceptedBy = (
  one: Pick<Exception, "owner" | "approver" | "approved">,
): string[] =>
  [one.owner, one.approver, one.approved].map((text) => text || NOBODY);

/** The table with how many of its entries nobody has accepted, and which end soon. */
function judged(day: string, table: Table): Table {
  const at = (name: string): number => table.columns.indexOf(name);
  const ids = (wanted: (row: readonly string[]) => boolean): string[] =>
    table.rows.filter(wanted).map(([id = ""]) => id);
  const last = new Date(Date.parse(day) + SOON * 86_400_000)
    .toISOString()
    .slice(0, 10);
  const ends = table.rows
    .map((row) => row[at("Expires")] ?? "")
    .filter(Boolean);
  const open = ids(
    (row) => row[at("Approver")] === NOBODY || row[at("Approved")] === NOBODY,
  );
  const soon = ids(
    (row) => row[at("Expires")] !== "" && (row[at("Expires")] ?? "") <= last,
  );
  const none = table.rows.filter(([id]) => id === "NONE");
  const what = table.title.toLowerCase();
  return {
    ...table,
    summary: [
      `${table.rows.length} ${what}: ${open.length === 0 ? "each is accepted by somebody" : `${open.length} are accepted by nobody yet`}.${ends.length === 0 ? "" : ` The first ends on ${ends.sort()[0] ?? ""}, the last on ${ends.sort().at(-1) ?? ""}.`}`,
    ],
    look: [
      ...none.map(([, found = ""]) => `No entry accepts ${found}.`),
      ...(open.length === 0 ? [] : [`Nobody has accepted ${open.join(", ")}.`]),
      ...(soon.length === 0
        ? []
        : [`Until ${last} these end: ${soon.join(", ")}.`]),
    ],
  };
}
