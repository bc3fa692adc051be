import { type Xml } from "../../xml";
import {
  type Answer,
  type Operation,
  AwsError,
  formOf,
  listOf,
  plainListOf,
  queryAnswer,
} from "../call";
import { keepLogGroups } from "./log-groups";
import { chosen, need, setTags } from "../query-store";
import { change } from "./modify";
import {
  refuseBadDeletion,
  refuseBadInstance,
  refuseBadPassword,
} from "./refusals";
import { restoreOperations } from "./restore";
import { keepSnapshot } from "./snapshots";
import { shownInstance } from "./descriptions";
import {
  type DbInstance,
  type DbStore,
  dropDeleted,
  makeBusy,
  needAvailable,
  passwordHash,
} from "./store";
import { type World, arnIn, nextId } from "../world";

const notFound = "DBInstanceNotFound";

export function dbInstanceOperations(
  world: World,
  store: DbStore,
): Operation[] {
  const named = (form: URLSearchParams): DbInstance => {
    dropDeleted(store);
    return need(store.instances, form.get("DBInstanceIdentifier"), notFound);
  };
  const shown = (instance: DbInstance): Xml =>
    shownInstance(
      world,
      store.tags,
      instance,
      need(
        store.subnetGroups,
        instance.form.get("DBSubnetGroupName") ?? null,
        "DBSubnetGroupNotFoundFault",
      ),
    );
  const answer = (action: string, instance: DbInstance): Answer =>
    queryAnswer(action, { DBInstance: shown(instance) });
  return [
    {
      name: "CreateDBInstance",
      answer: async (call) => {
        const instance = create(world, store, formOf(call));
        await keepLogGroups(world, instance);
        return answer("CreateDBInstance", instance);
      },
    },
    {
      name: "DescribeDBInstances",
      answer: (call) => {
        dropDeleted(store);
        return queryAnswer("DescribeDBInstances", {
          DBInstances: {
            DBInstance: wanted(store, formOf(call)).map(shown),
          },
        });
      },
    },
    {
      name: "ModifyDBInstance",
      answer: (call) => {
        const form = formOf(call);
        const instance = named(form);
        needAvailable(instance);
        change(store, instance, form);
        makeBusy(instance, "modifying");
        return answer("ModifyDBInstance", instance);
      },
    },
    {
      name: "DeleteDBInstance",
      answer: async (call) => {
        const form = formOf(call);
        const instance = named(form);
        needAvailable(instance);
        refuseBadDeletion(instance, form);
        const snapshot = form.get("FinalDBSnapshotIdentifier");
        if (snapshot !== null)
          keepSnapshot(world, store, { name: snapshot, of: instance });
        makeBusy(instance, "deleting");
        // A database that is shut down writes its last lines.
        await keepLogGroups(world, instance);
        return answer("DeleteDBInstance", instance);
      },
    },
    ...restoreOperations(
      store,
      async (form, { passwordHash }) => {
        const instance = create(world, store, form, passwordHash);
        await keepLogGroups(world, instance);
        return instance;
      },
      (instance) => shown(instance) as object,
    ),
    {
      // No operation of AWS: how the lab proves that an instance and its secret agree.
      name: "LabDescribePasswordHash",
      answer: (call) =>
        queryAnswer("LabDescribePasswordHash", {
          PasswordHash: named(formOf(call)).passwordHash,
        }),
    },
  ];
}

function create(
  world: World,
  store: DbStore,
  form: URLSearchParams,
  passwordOfPast?: string,
): DbInstance {
  dropDeleted(store);
  if (passwordOfPast === undefined)
    refuseBadPassword(form.get("MasterUserPassword") ?? "");
  refuseBadInstance(store, form);
  const id = form.get("DBInstanceIdentifier") ?? "";
  const instance: DbInstance = {
    id,
    resourceId: `db-${nextId(26).toUpperCase()}`,
    arn: arnIn(world, "rds", `db:${id}`),
    createdAt: new Date(),
    form: new Map(
      [...form].filter(([field]) => field !== "MasterUserPassword"),
    ),
    pending: new Map(),
    securityGroupIds: plainListOf(
      form,
      "VpcSecurityGroupIds.VpcSecurityGroupId",
    ),
    logTypes: plainListOf(form, "EnableCloudwatchLogsExports.member"),
    passwordHash:
      passwordOfPast ?? passwordHash(form.get("MasterUserPassword") ?? ""),
  };
  makeBusy(instance, "creating");
  store.instances.set(id, instance);
  setTags(store.tags, instance.arn, form);
  return instance;
}

/** The instance of a name or of a resource id, by which the provider asks; all of them without either. */
function wanted(store: DbStore, form: URLSearchParams): DbInstance[] {
  const ids = listOf(form, "Filters.Filter")
    .filter(({ Name }) => Name === "dbi-resource-id")
    .map((filter) => filter["Values.Value.1"]);
  if (ids.length === 0)
    return chosen(store.instances, form.get("DBInstanceIdentifier"), notFound);
  const found = [...store.instances.values()].filter(({ resourceId }) =>
    ids.includes(resourceId),
  );
  if (found.length === 0)
    throw new AwsError(notFound, `${ids.join()} not found.`, 404);
  return found;
}
