import { type Xml } from "../../xml";
import { type Operation, AwsError, formOf, listOf, queryAnswer } from "../call";
import { type CacheStore, type ParameterGroup } from "./store";
import { chosen, setTags } from "../query-store";
import { type World, arnIn } from "../world";

const notFound = "CacheParameterGroupNotFound";

export function parameterGroupOperations(
  world: World,
  store: CacheStore,
): Operation[] {
  const groups = store.parameterGroups;
  const named = (form: URLSearchParams): ParameterGroup[] =>
    chosen(groups, form.get("CacheParameterGroupName"), notFound);
  return [
    {
      name: "CreateCacheParameterGroup",
      answer: (call) => {
        const form = formOf(call);
        const name = form.get("CacheParameterGroupName") ?? "";
        if (groups.has(name))
          throw new AwsError("CacheParameterGroupAlreadyExists", name);
        const group: ParameterGroup = {
          name,
          arn: arnIn(world, "elasticache", `parametergroup:${name}`),
          family: form.get("CacheParameterGroupFamily") ?? "",
          description: form.get("Description") ?? "",
          parameters: new Map(),
        };
        groups.set(name, group);
        setTags(store.tags, group.arn, form);
        return queryAnswer("CreateCacheParameterGroup", {
          CacheParameterGroup: shown(group),
        });
      },
    },
    {
      name: "DescribeCacheParameterGroups",
      answer: (call) =>
        queryAnswer("DescribeCacheParameterGroups", {
          CacheParameterGroups: {
            CacheParameterGroup: named(formOf(call)).map(shown),
          },
        }),
    },
    {
      name: "DescribeCacheParameters",
      answer: (call) => {
        const [group] = named(formOf(call));
        return queryAnswer("DescribeCacheParameters", {
          Parameters: {
            Parameter: [...(group?.parameters ?? [])].map(
              ([ParameterName, ParameterValue]) => ({
                ParameterName,
                ParameterValue,
                Source: "user",
                DataType: "string",
                IsModifiable: true,
              }),
            ),
          },
        });
      },
    },
    {
      name: "ModifyCacheParameterGroup",
      answer: (call) => {
        const form = formOf(call);
        const [group] = named(form);
        for (const { ParameterName = "", ParameterValue = "" } of listOf(
          form,
          "ParameterNameValues.ParameterNameValue",
        ))
          group?.parameters.set(ParameterName, ParameterValue);
        return queryAnswer("ModifyCacheParameterGroup", {
          CacheParameterGroupName: group?.name,
        });
      },
    },
    {
      name: "DeleteCacheParameterGroup",
      answer: (call) => {
        const name = formOf(call).get("CacheParameterGroupName") ?? "";
        const used = [...store.replicationGroups.values()].some(
          ({ form }) => form.get("CacheParameterGroupName") === name,
        );
        if (used)
          throw new AwsError(
            "InvalidCacheParameterGroupState",
            "One or more cache clusters are still members of this parameter group.",
          );
        if (!groups.delete(name)) throw new AwsError(notFound, name, 404);
        return queryAnswer("DeleteCacheParameterGroup", {});
      },
    },
  ];
}

function shown(group: ParameterGroup): Xml {
  return {
    CacheParameterGroupName: group.name,
    CacheParameterGroupFamily: group.family,
    Description: group.description,
    IsGlobal: false,
    ARN: group.arn,
  };
}
