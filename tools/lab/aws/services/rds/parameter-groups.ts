import { type Xml } from "../../xml";
import {
  type Answer,
  type Operation,
  AwsError,
  formOf,
  listOf,
  queryAnswer,
} from "../call";
import { chosen, need, setTags } from "../query-store";
import { type DbParameterGroup, type DbStore } from "./store";
import { type World, arnIn } from "../world";

const notFound = "DBParameterGroupNotFound";

/** Parameters that a reboot brings into force; AWS refuses to apply them at once. */
const staticParameters = new Set([
  "max_connections",
  "rds.logical_replication",
  "shared_buffers",
  "shared_preload_libraries",
]);

export function dbParameterGroupOperations(
  world: World,
  store: DbStore,
): Operation[] {
  const groups = store.parameterGroups;
  const named = (form: URLSearchParams): DbParameterGroup =>
    need(groups, form.get("DBParameterGroupName"), notFound);
  return [
    {
      name: "CreateDBParameterGroup",
      answer: (call) => create(world, store, formOf(call)),
    },
    {
      name: "DescribeDBParameterGroups",
      answer: (call) =>
        queryAnswer("DescribeDBParameterGroups", {
          DBParameterGroups: {
            DBParameterGroup: chosen(
              groups,
              formOf(call).get("DBParameterGroupName"),
              notFound,
            ).map(shown),
          },
        }),
    },
    {
      name: "DescribeDBParameters",
      answer: (call) => {
        const form = formOf(call);
        const { parameters } = named(form);
        // What AWS itself has set is not kept here.
        const asked = form.get("Source") ?? "user";
        return queryAnswer("DescribeDBParameters", {
          Parameters: {
            Parameter: asked === "user" ? [...parameters].map(asShown) : [],
          },
        });
      },
    },
    {
      name: "ModifyDBParameterGroup",
      answer: (call) => {
        const form = formOf(call);
        const group = named(form);
        for (const one of requested(form)) {
          refuseStatic(one);
          group.parameters.set(one.name, one);
        }
        return queryAnswer("ModifyDBParameterGroup", {
          DBParameterGroupName: group.name,
        });
      },
    },
    {
      name: "ResetDBParameterGroup",
      answer: (call) => {
        const form = formOf(call);
        const group = named(form);
        if (form.get("ResetAllParameters") === "true") group.parameters.clear();
        for (const { name } of requested(form)) group.parameters.delete(name);
        return queryAnswer("ResetDBParameterGroup", {
          DBParameterGroupName: group.name,
        });
      },
    },
    {
      name: "DeleteDBParameterGroup",
      answer: (call) => {
        const { name } = named(formOf(call));
        for (const { form } of store.instances.values())
          if (form.get("DBParameterGroupName") === name)
            throw new AwsError(
              "InvalidDBParameterGroupState",
              "One or more database instances are still members of this parameter group, so the group cannot be deleted",
            );
        groups.delete(name);
        return queryAnswer("DeleteDBParameterGroup", {});
      },
    },
  ];
}

function create(world: World, store: DbStore, form: URLSearchParams): Answer {
  const name = form.get("DBParameterGroupName") ?? "";
  if (store.parameterGroups.has(name))
    throw new AwsError("DBParameterGroupAlreadyExists", name);
  const group: DbParameterGroup = {
    name,
    arn: arnIn(world, "rds", `pg:${name}`),
    family: form.get("DBParameterGroupFamily") ?? "",
    description: form.get("Description") ?? "",
    parameters: new Map(),
  };
  store.parameterGroups.set(name, group);
  setTags(store.tags, group.arn, form);
  return queryAnswer("CreateDBParameterGroup", {
    DBParameterGroup: shown(group),
  });
}

interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly method: string;
}

const requested = (form: URLSearchParams): Parameter[] =>
  listOf(form, "Parameters.Parameter").map((one) => ({
    name: one.ParameterName ?? "",
    value: one.ParameterValue ?? "",
    method: one.ApplyMethod ?? "immediate",
  }));

function refuseStatic({ name, method }: Parameter): void {
  if (staticParameters.has(name) && method === "immediate")
    throw new AwsError(
      "InvalidParameterCombination",
      `cannot use immediate apply method for static parameter: ${name}`,
    );
}

const asShown = ([name, { value, method }]: [
  string,
  { value: string; method: string },
]): Xml => ({
  ParameterName: name,
  ParameterValue: value,
  ApplyMethod: method,
  ApplyType: staticParameters.has(name) ? "static" : "dynamic",
  Source: "user",
  IsModifiable: true,
});

const shown = ({ name, arn, family, description }: DbParameterGroup): Xml => ({
  DBParameterGroupName: name,
  DBParameterGroupArn: arn,
  DBParameterGroupFamily: family,
  Description: description,
});
