import {
  type Operation,
  AwsError,
  formOf,
  listOf,
  plainListOf,
  queryAnswer,
} from "./call";

/** Tags by ARN. */
export type TagStore = Map<string, Map<string, string>>;

/** The named one, or all when no name is given. @throws AwsError with `code` when there is none of that name. */
export function chosen<T>(
  map: ReadonlyMap<string, T>,
  name: string | null,
  code: string,
): T[] {
  if (name === null) return [...map.values()];
  return [need(map, name, code)];
}

/** The named one. @throws AwsError with `code` when there is none of that name. */
export function need<T>(
  map: ReadonlyMap<string, T>,
  name: string | null,
  code: string,
): T {
  const one = map.get(name ?? "");
  if (one === undefined)
    throw new AwsError(code, `${name ?? "nothing"} not found.`, 404);
  return one;
}

/** Adds the tags of a request to what an ARN has. */
export function setTags(
  store: TagStore,
  arn: string,
  form: URLSearchParams,
): void {
  const tags = store.get(arn) ?? new Map<string, string>();
  for (const { Key = "", Value = "" } of listOf(form, "Tags.Tag"))
    tags.set(Key, Value);
  store.set(arn, tags);
}

/** Tags as the query services write them. */
export const tagList = (store: TagStore, arn: string) => ({
  Tag: [...(store.get(arn) ?? [])].map(([Key, Value]) => ({ Key, Value })),
});

/** The three tag operations that ElastiCache and RDS share. */
export function tagOperations(store: TagStore): Operation[] {
  const shown = (action: string, arn: string) =>
    queryAnswer(action, { TagList: tagList(store, arn) });
  const arnOf = (form: URLSearchParams) => form.get("ResourceName") ?? "";
  return [
    {
      name: "ListTagsForResource",
      answer: (call) => shown("ListTagsForResource", arnOf(formOf(call))),
    },
    {
      name: "AddTagsToResource",
      answer: (call) => {
        const form = formOf(call);
        setTags(store, arnOf(form), form);
        return shown("AddTagsToResource", arnOf(form));
      },
    },
    {
      name: "RemoveTagsFromResource",
      answer: (call) => {
        const form = formOf(call);
        for (const key of plainListOf(form, "TagKeys.member"))
          store.get(arnOf(form))?.delete(key);
        return shown("RemoveTagsFromResource", arnOf(form));
      },
    },
  ];
}
