import { type Suppression, isCovered } from "../exceptions";
import { type Finding } from "../evaluate";
import { type Rule } from "../rule";
import { type Table, distinct, lines } from "./table";

/** Every rule with what it says about this environment. */
export const rulesTable = (
  rules: readonly Rule[],
  findings: readonly Finding[],
  covers: readonly Suppression[],
  asked: ReadonlySet<string>,
): Table => ({
  id: "rules",
  title: "Rules",
  note: "Rules of this project, with the names that scanners and benchmarks have for the same question. What checkov found is in table scanner.",
  columns: [
    ...["Rule", "Says", "Also known as", "Decided by", "Judged", "Broken"],
    ...["Of these excepted", "By Terraform"],
  ],
  rows: rules.map((rule) => {
    const mine = findings.filter((finding) => finding.rule === rule);
    const broken = mine.filter(({ passed }) => !passed);
    return [
      rule.id,
      rule.sentence,
      lines(rule.externalIds),
      lines(rule.attributes),
      count(mine),
      count(broken),
      count(broken.filter((finding) => isCovered(covers, finding))),
      asked.has(rule.id) ? "yes" : "not re-run by Terraform",
    ];
  }),
});

const count = (findings: readonly Finding[]): string =>
  String(distinct(findings.map(({ subject }) => subject.path)).length);
