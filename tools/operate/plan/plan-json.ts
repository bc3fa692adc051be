/** What a plan does with one resource. */
export type Action = "create" | "update" | "replace" | "delete" | "forget";

/** Values of a resource, or of a part of it. */
export type Values = Readonly<Record<string, unknown>>;

/** A change of a plan, as `terraform show -json` prints it. */
interface PlannedChange {
  readonly actions: readonly string[];
  readonly before: Values | null;
  readonly after: Values | null;
  /** `true` where a value is known after the apply. */
  readonly after_unknown?: unknown;
}

/** The part of a plan's JSON that is read here. It holds values of secrets: print none of it. */
export interface PlanJson {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly mode: string;
    readonly type: string;
    readonly change: PlannedChange;
  }[];
  readonly output_changes?: Readonly<
    Record<string, { readonly actions: readonly string[] }>
  >;
  readonly prior_state?: {
    readonly values?: { readonly outputs?: Values };
  };
}

/** One resource that a plan changes. */
export interface Change {
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  /** Empty for something new. */
  readonly before: Values;
  /** Empty for what goes. */
  readonly after: Values;
  /** Of the same shape as `after`: `true` where a value is known after the apply. */
  readonly unknown: unknown;
}

/** Resources that a plan changes, without those that it only reads. */
export function changesOf({ resource_changes: all = [] }: PlanJson): Change[] {
  return all.flatMap(({ address, mode, type, change }) => {
    const action = actionOf(change.actions);
    if (mode !== "managed" || action === undefined) return [];
    return [
      {
        address,
        type,
        action,
        before: change.before ?? {},
        after: change.after ?? {},
        unknown: change.after_unknown,
      },
    ];
  });
}

function actionOf(actions: readonly string[]): Action | undefined {
  if (actions.length > 1) return "replace";
  const [action] = actions;
  return action === "create" ||
    action === "update" ||
    action === "delete" ||
    action === "forget"
    ? action
    : undefined;
}

/** How many resources a plan makes, changes in place, makes anew and removes. */
export interface Counts {
  readonly created: number;
  readonly updated: number;
  readonly replaced: number;
  readonly destroyed: number;
}

export function countsOf(changes: readonly Pick<Change, "action">[]): Counts {
  const count = (wanted: Action): number =>
    changes.filter(({ action }) => action === wanted).length;
  return {
    created: count("create"),
    updated: count("update"),
    replaced: count("replace"),
    destroyed: count("delete"),
  };
}

/** Names of the outputs that a plan changes. */
export const changedOutputs = ({
  output_changes: outputs = {},
}: PlanJson): string[] =>
  Object.entries(outputs)
    .filter(([, { actions }]) => actions.join() !== "no-op")
    .map(([name]) => name);

/** Names of the outputs that a stack has now. */
export const presentOutputs = ({ prior_state: state }: PlanJson): string[] =>
  Object.keys(state?.values?.outputs ?? {});

/** The value at a path, such as `["spec", 0, "template"]`; undefined where there is none. */
export const valueAt = (
  value: unknown,
  path: readonly (string | number)[],
): unknown =>
  path.reduce<unknown>(
    (part, key) =>
      typeof part === "object" && part !== null
        ? (part as Record<string | number, unknown>)[key]
        : undefined,
    value,
  );

/** Whether an attribute, or something in it, is another one after the apply, or may be. */
export const differs = (
  { before, after, unknown }: Pick<Change, "before" | "after" | "unknown">,
  path: readonly (string | number)[],
): boolean =>
  hasUnknown(unknownAt(unknown, path)) ||
  JSON.stringify(valueAt(before, path)) !==
    JSON.stringify(valueAt(after, path));

/** A whole that is unknown has unknown parts. */
const unknownAt = (
  unknown: unknown,
  path: readonly (string | number)[],
): unknown =>
  path.reduce<unknown>(
    (part, key) => (part === true ? true : valueAt(part, [key])),
    unknown,
  );

const hasUnknown = (part: unknown): boolean =>
  part === true ||
  (typeof part === "object" &&
    part !== null &&
    Object.values(part).some(hasUnknown));
