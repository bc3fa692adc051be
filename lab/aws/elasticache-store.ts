import {
  type Operation,
  type Xml,
  AwsError,
  formOf,
  listOf,
  plainListOf,
  queryAnswer,
} from "./call";

export interface ParameterGroup {
  readonly name: string;
  readonly arn: string;
  readonly family: string;
  readonly description: string;
  readonly parameters: Map<string, string>;
}

export interface SubnetGroup {
  readonly name: string;
  readonly arn: string;
  readonly vpcId: string;
  description: string;
  subnetIds: string[];
}

/** A replication group as its request came, changed by later requests. */
export interface ReplicationGroup {
  readonly id: string;
  readonly arn: string;
  readonly form: Map<string, string>;
  securityGroupIds: string[];
}

export interface CacheStore {
  readonly parameterGroups: Map<string, ParameterGroup>;
  readonly subnetGroups: Map<string, SubnetGroup>;
  readonly replicationGroups: Map<string, ReplicationGroup>;
  readonly snapshots: Map<string, Xml>;
  /** By ARN. */
  readonly tags: Map<string, Map<string, string>>;
}

/** The named one, or all when no name is given. @throws AwsError with `code` when there is none of that name. */
export function chosen<T>(
  map: ReadonlyMap<string, T>,
  name: string | null,
  code: string,
): T[] {
  if (name === null) return [...map.values()];
  const one = map.get(name);
  if (one === undefined) throw new AwsError(code, `${name} not found.`, 404);
  return [one];
}

export function setTags(
  store: CacheStore,
  arn: string,
  form: URLSearchParams,
): void {
  const tags = store.tags.get(arn) ?? new Map<string, string>();
  for (const { Key = "", Value = "" } of listOf(form, "Tags.Tag"))
    tags.set(Key, Value);
  store.tags.set(arn, tags);
}

export function tagOperations(store: CacheStore): Operation[] {
  const shown = (action: string, arn: string) =>
    queryAnswer(action, {
      TagList: {
        Tag: [...(store.tags.get(arn) ?? [])].map(([Key, Value]) => ({
          Key,
          Value,
        })),
      },
    });
  return [
    {
      name: "ListTagsForResource",
      answer: (call) =>
        shown("ListTagsForResource", formOf(call).get("ResourceName") ?? ""),
    },
    {
      name: "AddTagsToResource",
      answer: (call) => {
        const form = formOf(call);
        const arn = form.get("ResourceName") ?? "";
        setTags(store, arn, form);
        return shown("AddTagsToResource", arn);
      },
    },
    {
      name: "RemoveTagsFromResource",
      answer: (call) => {
        const form = formOf(call);
        const arn = form.get("ResourceName") ?? "";
        for (const key of plainListOf(form, "TagKeys.member"))
          store.tags.get(arn)?.delete(key);
        return shown("RemoveTagsFromResource", arn);
      },
    },
  ];
}
