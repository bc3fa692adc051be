import { type AcceptedRisk, showExposure } from "../accepted-risks";
import { type Exception } from "../exceptions";
import { type Exposure } from "../exposures";
import { type Finding } from "../evaluate";
import { matchesPattern } from "../pattern";
import { type Suppression, coversFinding } from "../exceptions";
import { type Table, distinct, lines } from "./table";

const OPERATOR = ["Owner", "Approver", "Approved"];

const NOTE =
  "Owner, approver and date are the operator's to fill, in docs/registers.";

/** Entries of the exceptions register that stand for something in this environment. */
export const exceptionsTable = (
  register: readonly Exception[],
  findings: readonly Finding[],
  covers: readonly Suppression[],
): Table => ({
  id: "exceptions",
  title: "Exceptions",
  note: `Rules that resources break on purpose, here. ${NOTE}`,
  columns: [
    ...["Id", "Rule", "Also known as", "Where", "Reason", "Control", "Proof"],
    ...["Expires", ...OPERATOR],
  ],
  rows: register.flatMap((entry) => {
    const mine = covers.filter(({ id }) => id === entry.id);
    const covered = findings.filter(
      (finding) =>
        !finding.passed && mine.some((cover) => coversFinding(cover, finding)),
    );
    return covered.length === 0
      ? []
      : [
          [
            entry.id,
            lines(distinct(covered.map(({ rule }) => rule.id))),
            lines(entry.scanners),
            lines(distinct(covered.map(whereOf))),
            entry.reason,
            entry.control,
            lines(entry.proof),
            entry.expires,
            entry.owner,
            entry.approver,
            entry.approved,
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
  return {
    id: "risks",
    title: "Accepted risks",
    note: `Hops without TLS, open doors, third-party code and images, derived from the JSON, config.yml and the charts' values. Severity is ours, for what is left after the control. ${NOTE}`,
    columns: [
      ...["Id", "Found here", "What", "Reason", "Control", "Proof", "Severity"],
      ...["Expires", ...OPERATOR],
    ],
    rows: [
      ...accepted,
      ...open.map((one) => ["NONE", one, ...Array<string>(9).fill("")]),
    ],
  };
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
  entry.owner,
  entry.approver,
  entry.approved,
];
