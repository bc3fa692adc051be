import { type Graph, type Subject } from "./graph";
import { type Rule } from "./rule";
import { rules } from "./rules";

/** What one rule says of one subject, or of a part of it. */
export interface Finding {
  readonly rule: Rule;
  readonly subject: Subject;
  /** Statement, container or variable, where a rule looks at several. */
  readonly part?: string;
  readonly passed: boolean;
}

/** All findings of all rules over all stacks: pure, in the order of the rules. */
export function evaluate(
  graph: Graph,
  judged: readonly Rule[] = rules,
): Finding[] {
  return judged.flatMap((rule) =>
    rule.types.flatMap((type) =>
      (graph.byType.get(type) ?? [])
        .filter((subject) => rule.about?.(subject, graph) ?? true)
        .flatMap((subject) => findingsOf(rule, subject, graph)),
    ),
  );
}

/** The findings that failed. */
export const failuresOf = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ passed }) => !passed);

function findingsOf(rule: Rule, subject: Subject, graph: Graph): Finding[] {
  const verdict = rule.holds(subject, graph);
  if (typeof verdict === "boolean") return [{ rule, subject, passed: verdict }];
  if (verdict.length === 0) return [{ rule, subject, passed: true }];
  return verdict.map((part) => ({ rule, subject, part, passed: false }));
}
