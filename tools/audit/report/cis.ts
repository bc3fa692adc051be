import { type Suppression, coversFinding } from "../exceptions";
import { type Finding } from "../evaluate";
import { type Graph, ofType } from "../graph";
import { CIS_EKS_1_8_0, type CisItem } from "./cis-items";
import { podSecurityLevels } from "./pod-makers";
import { type Table, distinct, lines } from "./table";

/** An item with what this environment shows of it. */
interface CisVerdict {
  readonly item: CisItem;
  /** `proved` and `excepted`: by rules. `absent`: nothing here that it is about. `open`: broken, and no entry says why. */
  readonly state:
    ("proved" | "excepted") | ("absent" | "open" | "image" | "duty");
  /** Rules that name the item, with how many resources they hold for. */
  readonly proof: readonly string[];
  readonly exceptions: readonly string[];
}

/** Judges all items by the findings of the rules that name them. */
export const cisVerdicts = (
  findings: readonly Finding[],
  covers: readonly Suppression[],
): CisVerdict[] =>
  CIS_EKS_1_8_0.map((item) => {
    if (item.by !== "code")
      return {
        item,
        state: item.by === "ami" ? "image" : "duty",
        proof: item.by === "ami" ? proofOf(imageFindings(findings)) : [],
        exceptions: [],
      };
    const { checks = [] } = item;
    const about = findings.filter(
      ({ rule }) =>
        rule.externalIds.includes(`CIS-EKS ${item.id}`) ||
        checks.includes(rule.id),
    );
    const broken = about.filter(({ passed }) => !passed);
    const entries = broken.map((finding) =>
      covers.filter((cover) => coversFinding(cover, finding)),
    );
    const state =
      about.length === 0
        ? "absent"
        : entries.some((found) => found.length === 0)
          ? "open"
          : broken.length > 0
            ? "excepted"
            : "proved";
    return {
      item,
      state,
      proof: [
        ...proofOf(about.filter(({ rule }) => !checks.includes(rule.id))),
        ...(about.length === 0 ? [] : checks).map(
          (check) => `checkov's ${check}, where table scanner says that it ran`,
        ),
      ],
      exceptions: distinct(entries.flat().map(({ id }) => id)).sort(),
    };
  });

/** How many items are met by whom. */
const cisCounts = (verdicts: readonly CisVerdict[]) => ({
  byCode: verdicts.filter(
    ({ state }) => state === "proved" || state === "excepted",
  ).length,
  byAmi: verdicts.filter(({ state }) => state === "image").length,
  byOperator: verdicts.filter(({ state }) => state === "duty").length,
  absent: verdicts.filter(({ state }) => state === "absent").length,
  unexplained: verdicts.filter(({ state }) => state === "open").length,
});

const imageFindings = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ rule }) => rule.id === "nodes/node-image");

/** The rule, what decides in brackets, and for how many resources it holds: `… (key): 1 of 1`. */
function proofOf(findings: readonly Finding[]): string[] {
  const byRule = new Map<Finding["rule"], Finding[]>();
  for (const finding of findings)
    byRule.set(finding.rule, [...(byRule.get(finding.rule) ?? []), finding]);
  return [...byRule].map(([{ id, attributes }, found]) => {
    const subjects = distinct(found.map(({ subject }) => subject.path));
    const broken = distinct(
      found.filter(({ passed }) => !passed).map(({ subject }) => subject.path),
    );
    const what = attributes.length === 0 ? "" : ` (${attributes.join(", ")})`;
    const not = broken.length === 0 ? "" : `, not ${broken.join(", ")}`;
    return `${id}${what}: ${subjects.length - broken.length} of ${subjects.length}${not}`;
  });
}

const STATES: Readonly<Record<CisVerdict["state"], string>> = {
  proved: "by code",
  excepted: "by code, with exceptions",
  absent: "nothing of the kind is made here",
  open: "NOT MET",
  image: "by node image",
  duty: "operator's duty",
};

/** One row an item. */
export const cisTable = (
  verdicts: readonly CisVerdict[],
  graph: Graph,
): Table => {
  const { byCode, byAmi, byOperator, absent, unexplained } =
    cisCounts(verdicts);
  return {
    id: "cis",
    title: "CIS Amazon EKS Benchmark 1.8.0",
    note: `${byCode} of ${verdicts.length} items by code, ${byAmi} by Amazon's node image, ${byOperator} by the operator, ${absent} about nothing that is made here, ${unexplained} unexplained. Each proof names a rule, the attributes that decide, and for how many resources it holds, or a check of checkov's beside it. What Amazon's image sets, kube-bench run --targets node --benchmark eks-1.8.0 proves on a living node; a rule keeps the image unchanged. A self-assessment; whether checkov ran says table scanner.`,
    summary: admissionSentences(graph),
    columns: ["Item", "Asks", "Met", "Proof", "Exceptions", "Note"],
    rows: verdicts.map(({ item, state, proof, exceptions }) => [
      item.id,
      item.asks,
      STATES[state],
      lines(proof),
      lines(exceptions),
      item.note,
    ]),
  };
};

/** What each namespace enforces, and in which charts put pods though none of ours says what is let in. */
function admissionSentences(graph: Graph): string[] {
  const levels = podSecurityLevels(graph);
  const others = distinct(
    ofType(graph, "helm_release").map(({ body }) => String(body.namespace)),
  ).filter((name) => !levels.has(name));
  return [
    ...[...levels].map(
      ([name, level]) =>
        `Namespace ${name} enforces ${level}: ${level === "restricted" ? "4.2.1 to 4.2.5 are met there" : level === "baseline" ? "4.2.1 to 4.2.4 are met there, 4.2.5 is not" : "4.2.1 to 4.2.5 are not met there"}.`,
    ),
    ...others.map(
      (name) =>
        `Charts run in namespace ${name}, for which the JSON sets no level: without one every pod is let in.`,
    ),
  ];
}
