/** What a plan does with resources, the worst first. */
export const kinds = ["destroyed", "replaced", "changed", "made"] as const;
export type Kind = (typeof kinds)[number];

/** Resources of one type with which a plan does the same. */
export interface ChangeGroup {
  readonly kind: Kind;
  readonly type: string;
  readonly addresses: readonly string[];
  /** Attributes that change; of a replacement those that ask for it. */
  readonly attributes: readonly string[];
}

type Values = Readonly<Record<string, unknown>>;

/** The part of a plan's JSON that is read. */
interface PlanJson {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly type: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly before: Values | null;
      readonly after: Values | null;
      readonly after_unknown?: Values;
      readonly replace_paths?: readonly (readonly (string | number)[])[];
    };
  }[];
}

type Change = NonNullable<PlanJson["resource_changes"]>[number]["change"];

/** What a plan changes, as `terraform show -json` writes it: by kind, type and attributes. No values, which may be secret. */
export function groupChanges(json: string): ChangeGroup[] {
  const { resource_changes: all = [] } = JSON.parse(json) as PlanJson;
  const groups = new Map<string, ChangeGroup & { addresses: string[] }>();
  for (const { type, address, change } of all) {
    const kind = kindOf(change.actions);
    if (kind === undefined) continue;
    const attributes = attributesOf(kind, change);
    const key = [kind, type, ...attributes].join();
    const group = groups.get(key) ?? { kind, type, attributes, addresses: [] };
    group.addresses.push(address);
    groups.set(key, group);
  }
  return kinds.flatMap((kind) =>
    [...groups.values()]
      .filter((group) => group.kind === kind)
      .sort((a, b) => a.type.localeCompare(b.type)),
  );
}

/** @returns undefined for what stays as it is, or is only read. */
function kindOf(actions: readonly string[]): Kind | undefined {
  const creates = actions.includes("create");
  if (actions.includes("delete")) return creates ? "replaced" : "destroyed";
  if (creates) return "made";
  return actions.includes("update") ? "changed" : undefined;
}

function attributesOf(kind: Kind, change: Change): string[] {
  const { before, after, after_unknown: unknown = {}, replace_paths } = change;
  if (kind === "made" || kind === "destroyed") return [];
  if (kind === "replaced")
    return unique((replace_paths ?? []).map((path) => dotted(path)));
  const names = Object.keys({ ...before, ...after, ...unknown });
  const changed = names.filter(
    (name) =>
      isUnknown(unknown[name]) ||
      JSON.stringify(before?.[name] ?? null) !==
        JSON.stringify(after?.[name] ?? null),
  );
  // With the provider's default tags it repeats what `tags` says.
  return unique(changed.filter((name) => name !== "tags_all"));
}

/** Without the numbers of lists. */
const dotted = (path: readonly (string | number)[]): string =>
  path.filter((part) => typeof part === "string").join(".");

const unique = (texts: readonly string[]): string[] =>
  [...new Set(texts)].sort();

/** `after_unknown` has the shape of the value, and `true` where nobody knows it yet. */
function isUnknown(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return value === true;
  return Object.values(value).some(isUnknown);
}

/** How many resources of a kind. */
export const countOf = (groups: readonly ChangeGroup[], kind: Kind): number =>
  groups
    .filter((group) => group.kind === kind)
    .reduce((sum, { addresses }) => sum + addresses.length, 0);

/** What is printed today and was not before: an older version may have said more in the same sentence. */
export const newNotices = (
  today: readonly string[],
  before: readonly string[],
): string[] =>
  today.filter(
    (notice) =>
      !before.some((older) => older.startsWith(notice.replace(/\.$/, ""))),
  );
