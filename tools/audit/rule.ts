import { type Graph, type Subject } from "./graph";
import { at, companionsOf, first, isOn, numberOf, referred } from "./reading";

/** True or false for the whole, or the parts that break the rule: statements, containers, variables. */
export type Verdict = boolean | readonly string[];

/** What of a subject satisfies a rule, and the test of it. */
export interface Check {
  /** Attributes that decide, for the reader. */
  readonly attributes: readonly string[];
  readonly holds: (subject: Subject, graph: Graph) => Verdict;
}

/** One sentence about every subject of some types, with the names that scanners and benchmarks have for it. */
export interface Rule extends Check {
  /** The subject, as its file is named, and a word: `rds/backups`. */
  readonly id: string;
  readonly sentence: string;
  /** checkov `CKV…`, trivy `AWS-…` and `KSV-…`, `CIS-EKS …`, `prowler …`, `KICS …`, `cdk-nag …`. Empty: a rule of our own. */
  readonly externalIds: readonly string[];
  readonly types: readonly string[];
}

/** The attribute is true. */
export const on = (path: string): Check => ({
  attributes: [path],
  holds: ({ body }) => isOn(first(body, path)),
});

/** The attribute is not true: absent counts as false. */
export const off = (path: string): Check => ({
  attributes: [path],
  holds: ({ body }) => !at(body, path).some(isOn),
});

/** The attribute is written, and false: for defaults of AWS that are true. */
export const offInWriting = (path: string): Check => ({
  attributes: [path],
  holds: ({ body }) => {
    const value = first(body, path);
    return value === false || value === "false";
  },
});

/** The attribute has one of these values. */
export const oneOf = (path: string, ...values: readonly unknown[]): Check => ({
  attributes: [path],
  holds: ({ body }) => values.includes(first(body, path)),
});

/** The attribute is set. */
export const present = (path: string): Check => ({
  attributes: [path],
  holds: ({ body }) => at(body, path).some((value) => value !== ""),
});

/** The attribute is not set. */
export const absent = (path: string): Check => ({
  attributes: [path],
  holds: ({ body }) => at(body, path).length === 0,
});

/** The attribute is a number of at least this. */
export const atLeast = (path: string, least: number): Check => ({
  attributes: [path],
  holds: ({ body }) => numberOf(first(body, path)) >= least,
});

/** The list is exactly these values, in any order. */
export const exactly = (path: string, ...values: readonly string[]): Check => ({
  attributes: [path],
  holds: ({ body }) =>
    JSON.stringify(at(body, path).map(String).sort()) ===
    JSON.stringify([...values].sort()),
});

const KEY_ARN = /^arn:aws[\w-]*:kms:[\w-]+:\d{12}:key\/[\w-]+$/;

/** The attribute names a customer managed key: one of ours, or the ARN of another; no alias of AWS. */
export const customerKey = (path: string): Check => ({
  attributes: [path],
  holds: (subject, graph) =>
    referred(graph, subject, path, "aws_kms_key").length > 0 ||
    KEY_ARN.test(String(first(subject.body, path))),
});

/** Another resource refers to this one, and passes a check itself. */
export const companion = (
  type: string,
  path: string,
  check?: Check,
): Check => ({
  attributes: [
    `${type}.${path}`,
    ...(check?.attributes ?? []).map((name) => `${type}.${name}`),
  ],
  holds: (subject, graph) =>
    companionsOf(graph, subject, type, path).some(
      (one) => check === undefined || passes(check.holds(one, graph)),
    ),
});

/** All of several checks. */
export const all = (...checks: readonly Check[]): Check => ({
  attributes: checks.flatMap(({ attributes }) => attributes),
  holds: (subject, graph) =>
    checks.every(({ holds }) => passes(holds(subject, graph))),
});

/** A check that is written out. */
export const check = (
  attributes: string | readonly string[],
  holds: Check["holds"],
): Check => ({
  attributes: typeof attributes === "string" ? [attributes] : attributes,
  holds,
});

/** Never true: for what no resource of the type can have. */
export const never = (): Check => ({ attributes: [], holds: () => false });

/** Whether a verdict is good. */
export const passes = (verdict: Verdict): boolean =>
  typeof verdict === "boolean" ? verdict : verdict.length === 0;
