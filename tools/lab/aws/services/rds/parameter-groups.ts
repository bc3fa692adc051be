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

/** What RDS itself sets for a family, as far as we set it too. */
const defaultsOf = ({ family }: DbParameterGroup): Map<string, string> =>
  new Map([
    ["rds.force_ssl", Number(family.replace("postgres", "")) >= 15 ? "1" : "0"],
  ]);

/** Without a source all: those that somebody set, and those that have their default, which wait for a reboot. */
function parametersOf(group: DbParameterGroup, source: string | null): Xml[] {
  const user = [...group.parameters].map(asShown);
  const system = [...defaultsOf(group)]
    .filter(([name]) => !group.parameters.has(name))
    .map(([name, value]) => ({
      ...asShown([name, { value, method: "pending-reboot" }]),
      Source: "system",
    }));
  if (source === null) return [...user, ...system];
  return source === "user" ? user : source === "system" ? system : [];
}

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
        return queryAnswer("DescribeDBParameters", {
          Parameters: {
            Parameter: parametersOf(named(form), form.get("Source")),
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
          // A value that is the default already changes nothing, and is nobody's.
          if (defaultsOf(group).get(one.name) === one.value)
            group.parameters.delete(one.name);
          else group.parameters.set(one.name, one);
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
]) => ({
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
