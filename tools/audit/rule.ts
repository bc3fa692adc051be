import { type Graph, type Subject } from "./graph";
import { type Statement, allowed, namesOf, statementsOf } from "./policies";
import { at, companionsOf, first, isOn, numberOf, referred } from "./reading";

/** True or false for the whole, or the parts that break the rule: statements, containers, variables. */
type Verdict = boolean | readonly string[];

/** What of a subject satisfies a rule, and the test of it. */
export interface Check {
  /** Attributes that decide, for the reader. */
  readonly attributes: readonly string[];
  readonly holds: (subject: Subject, graph: Graph) => Verdict;
  /** The same in Terraform's language, over a plan of the subject's stack; undefined where a plan does not show it. */
  readonly condition?: (subject: Subject, graph: Graph) => string | undefined;
}

/** One sentence about every subject of some types, with the names that scanners and benchmarks have for it. */
export interface Rule extends Check {
  /** The subject, as its file is named, and a word: `rds/backups`. */
  readonly id: string;
  readonly sentence: string;
  /** checkov `CKV…`, trivy `AWS-…` and `KSV-…`, `CIS-EKS …`, `prowler …`, `KICS …`, `cdk-nag …`. Empty: a rule of our own. */
  readonly externalIds: readonly string[];
  readonly types: readonly string[];
  /** Of these types, the ones that the sentence is about; of the others nothing is said. Default: all. */
  readonly about?: (subject: Subject, graph: Graph) => boolean;
}

/** A rule as its file has it: one of our own has no other names. */
export type WrittenRule = Omit<Rule, "externalIds"> &
  Partial<Pick<Rule, "externalIds">>;

/** A test of the values at a path. What Terraform itself keeps, and no provider, is in no plan. */
const planned =
  (path: string, test: (values: string) => string) =>
  ({ address }: Subject): string | undefined =>
    path.startsWith("lifecycle.") ? undefined : test(valuesAt(address, path));

/** All values at a path, as `at` reads them: a block may be an object, a list or a set. */
const valuesAt = (address: string, path: string): string => {
  const [start = "", ...steps] = path.split(".");
  return steps.reduce(
    (nodes, step) => listed(`[for o in ${nodes} : try(o.${step}, [])]`),
    listed(`[${address}.${start}]`),
  );
};

const listed = (values: string): string =>
  `[for v in flatten(${values}) : v if v != null]`;

/** The attribute is still the one of a resource of this stack that it refers to. */
function sameAs(
  { address, body }: Subject,
  path: string,
  type: string,
): string | undefined {
  const [, reference] =
    /^\$\{(\w+\.[\w-]+\.\w+)\}$/.exec(String(first(body, path))) ?? [];
  return reference?.startsWith(`${type}.`)
    ? `try(${valuesAt(address, path)}[0] == ${reference}, false)`
    : undefined;
}

/** All of them, where all can be said. */
const both = (...some: readonly (string | undefined)[]): string | undefined =>
  some.includes(undefined)
    ? undefined
    : some.map((one) => `(${one})`).join(" && ");

/** The attribute is true. */
export const on = (path: string): Check => ({
  attributes: [path],
  holds: ({ body }) => isOn(first(body, path)),
  condition: planned(
    path,
    (values) => `try(tostring(${values}[0]) == "true", false)`,
  ),
});

/** The attribute is not true: absent counts as false. */
export const off = (path: string): Check => ({
  attributes: [path],
  holds: ({ body }) => !at(body, path).some(isOn),
  condition: planned(
    path,
    (values) => `alltrue([for v in ${values} : tostring(v) != "true"])`,
  ),
});

/** The attribute is written, and false: for defaults of AWS that are true. */
export const offInWriting = (path: string): Check => ({
  attributes: [path],
  holds: ({ body }) => {
    const value = first(body, path);
    return value === false || value === "false";
  },
  condition: planned(
    path,
    (values) => `try(tostring(${values}[0]) == "false", false)`,
  ),
});

/** The attribute has one of these values. */
export const oneOf = (path: string, ...wanted: readonly unknown[]): Check => ({
  attributes: [path],
  holds: ({ body }) => wanted.includes(first(body, path)),
  condition: planned(
    path,
    (values) =>
      `try(contains(${JSON.stringify(wanted.map(String))}, tostring(${values}[0])), false)`,
  ),
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
  condition: planned(
    path,
    (values) => `try(tonumber(${values}[0]) >= ${least}, false)`,
  ),
});

/** The list is exactly these values, in any order. */
export const exactly = (path: string, ...wanted: readonly string[]): Check => ({
  attributes: [path],
  holds: ({ body }) =>
    JSON.stringify(at(body, path).map(String).sort()) ===
    JSON.stringify([...wanted].sort()),
  condition: planned(
    path,
    (values) =>
      `jsonencode(sort([for v in ${values} : tostring(v)])) == jsonencode(${JSON.stringify([...wanted].sort())})`,
  ),
});

const KEY_ARN = /^arn:aws[\w-]*:kms:[\w-]+:\d{12}:key\/[\w-]+$/;

/** The attribute names a customer managed key: one of ours, or the ARN of another; no alias of AWS. */
export const customerKey = (path: string): Check => ({
  attributes: [path],
  holds: (subject, graph) =>
    referred(graph, subject, path, "aws_kms_key").length > 0 ||
    KEY_ARN.test(String(first(subject.body, path))),
  condition: (subject) => sameAs(subject, path, "aws_kms_key"),
});

/** The attribute refers to a resource of a type. */
export const refersTo = (path: string, type: string): Check =>
  check(
    path,
    (subject, graph) => referred(graph, subject, path, type).length > 0,
  );

/** No statement of the policy allows this; findings name the statement. */
export const allowsNone = (
  breaks: (statement: Statement, subject: Subject, graph: Graph) => boolean,
): Check =>
  check("policy", (subject, graph) =>
    namesOf(
      allowed(statementsOf(subject)).filter((one) =>
        breaks(one, subject, graph),
      ),
    ),
  );

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
  condition: (subject, graph) => {
    const found = companionsOf(graph, subject, type, path)
      .filter(({ stack }) => stack === subject.stack)
      .map((one) =>
        both(
          sameAs(one, path, subject.type),
          check === undefined ? "true" : check.condition?.(one, graph),
        ),
      )
      .filter((one) => one !== undefined);
    return found.length === 0 ? undefined : found.join(" || ");
  },
});

/** All of several checks. */
export const all = (...checks: readonly Check[]): Check => ({
  attributes: checks.flatMap(({ attributes }) => attributes),
  holds: (subject, graph) =>
    checks.every(({ holds }) => passes(holds(subject, graph))),
  condition: (subject, graph) =>
    both(...checks.map(({ condition }) => condition?.(subject, graph))),
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
