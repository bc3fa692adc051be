import { type Scalar } from "../settings-file";
import { type RotatableSecret } from "./rotatable";

/** One step of a rotation. Each may be done twice. */
export type Step =
  | { readonly do: "write"; readonly key: string; readonly value: Scalar }
  | { readonly do: "put"; readonly secretName: string }
  | { readonly do: "deploy"; readonly stack: string; readonly why: string }
  | { readonly do: "check"; readonly what: "arrived" | "retired" };

/** A step, and what holds if the rotation is left before it. */
export interface PlannedStep {
  readonly step: Step;
  /** Unset: as before the rotation. */
  readonly meanwhile?: string;
}

/**
 * What is done to give a secret another value, in this order.
 *
 * @param to The version that is written; of no use to a secret of the operator.
 */
export function stepsFor(secret: RotatableSecret, to: number): PlannedStep[] {
  const deploys = (meanwhile: string): PlannedStep[] =>
    secret.stacks.map((stack, index) => ({
      step: { do: "deploy", stack, why: whyOf(secret, stack) },
      ...(index > 0 && { meanwhile }),
    }));
  if (secret.kind === "operator")
    return [
      { step: { do: "put", secretName: secret.secretName } },
      ...deploys(OLD_IN_USE).map((one) => ({ ...one, meanwhile: OLD_IN_USE })),
      { step: { do: "check", what: "arrived" } },
    ];
  const write = (key: string, value: Scalar): PlannedStep => ({
    step: { do: "write", key, value },
  });
  if (secret.store?.kind !== "redis")
    return [
      write(secret.setting, to),
      ...deploys(secret.interrupts),
      { step: { do: "check", what: "arrived" } },
    ];
  const update = secret.setting.replace(/[^.]+$/, "authUpdate");
  return [
    write(update, "ROTATE"),
    write(secret.setting, to),
    ...deploys(BOTH),
    { step: { do: "check", what: "arrived" }, meanwhile: BOTH },
    { ...write(update, "SET"), meanwhile: BOTH },
    {
      step: {
        do: "deploy",
        stack: secret.stacks[0] ?? "data",
        why: "takes the old password out of Redis",
      },
      meanwhile: BOTH,
    },
    { step: { do: "check", what: "retired" } },
  ];
}

const BOTH = "Redis takes the old password and the new one";
const OLD_IN_USE =
  "the new value is stored, and what runs still has the one before";

/** What a deploy of a stack does for the rotation. */
function whyOf(secret: RotatableSecret, stack: string): string {
  if (secret.kind === "operator") return "writes the value into the cluster";
  if (stack !== "data" && secret.stacks.includes("data"))
    return "gives the password to what runs in the cluster";
  const made = "generates the password";
  if (secret.store !== undefined) return `${made}, and gives it to the store`;
  return stack === "data" ? made : `${made}, and gives it to who reads it`;
}

/** A step in words. */
export function shownStep(step: Step): string {
  switch (step.do) {
    case "write":
      return `write ${step.key}: ${String(step.value)} into the settings file`;
    case "put":
      return `store the value as a new version of ${step.secretName}`;
    case "deploy":
      return `deploy ${step.stack}: ${step.why}`;
    case "check":
      return step.what === "arrived"
        ? "check that the new value is everywhere, and what reads it runs"
        : "check that the old password is retired";
  }
}
