import { formatProblems } from "../../../modules/lib/problem";
import {
  type PlannedStack,
  type StackPlan,
  type WaitingStack,
} from "./plan-target";

/** The columns of a plan. */
export const PLAN_HEADS = [
  ...["stack", "created", "changed", "replaced", "destroyed"],
  "what it means",
];

/** The row of a stack. */
export function planRow(plan: StackPlan): string[] {
  switch (plan.state) {
    case "planned": {
      const { stack, created, updated, replaced, destroyed } = plan;
      return [
        stack,
        ...[created, updated, replaced, destroyed].map(String),
        meaningInWords(plan),
      ];
    }
    case "waits":
      return [plan.stack, "–", "–", "–", "–", `waits for ${plan.waitsFor}`];
    default:
      return [plan.stack, "–", "–", "–", "–", `${plan.state}: see below`];
  }
}

function meaningInWords(plan: PlannedStack): string {
  const { changes, changed, meanings, plannedWith } = plan;
  const what =
    meanings.length > 0
      ? meanings.map(({ text }) => text)
      : [
          changes.length > 0
            ? "in place"
            : changed
              ? "outputs only"
              : "nothing",
        ];
  const producers = plannedWith.map(({ stack }) => stack).join(", ");
  return [
    ...what,
    ...(producers === ""
      ? []
      : [
          `planned with what ${producers} ${plannedWith.length === 1 ? "puts" : "put"} out now`,
        ]),
  ].join("; ");
}

/** What stands beneath the table: for each stack what its row has no room for. */
export const planDetails = (plans: readonly StackPlan[]): string[] =>
  plans.flatMap((plan) => {
    switch (plan.state) {
      case "planned":
        return detailsOf(plan);
      case "waits":
        return [waitingSentence(plan)];
      default:
        return [
          formatProblems(`plan of ${plan.stack}`, plan.problems).trimEnd(),
        ];
    }
  });

const detailsOf = ({
  stack,
  meanings,
  plannedWith,
}: PlannedStack): string[] => [
  ...meanings.map(({ text, addresses }) =>
    [`${stack} ${text}`, ...addresses.map((address) => `  ${address}`)].join(
      "\n",
    ),
  ),
  ...plannedWith
    .filter(({ changedOutputs }) => changedOutputs.length > 0)
    .map(
      ({ stack: producer, changedOutputs }) =>
        `${stack} may still change otherwise: ${producer} will put out another ${changedOutputs.join(", ")}, known after its apply.`,
    ),
];

function waitingSentence({
  stack,
  waitsFor,
  missing,
  neverDeployed,
}: WaitingStack): string {
  return neverDeployed
    ? `${stack} waits for ${waitsFor}, which was never deployed: it can be planned after that, and \`deploy\` does both in their order.`
    : `${stack} waits for ${waitsFor}, which does not put out ${missing.join(", ")} yet: it was last deployed with other settings, by an older version, or not to its end. \`deploy\` does both in their order.`;
}
