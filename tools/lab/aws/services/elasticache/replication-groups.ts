import {
  type Answer,
  type Operation,
  AwsError,
  formOf,
  plainListOf,
  queryAnswer,
} from "../call";
import { type CacheStore, type ReplicationGroup } from "./store";
import { changeConnections, firstPassword } from "./connections";
import { chosen, setTags } from "../query-store";
import { memberIds, shown, shownMember } from "./descriptions";
import { refuseFailoverAlone } from "./replicas";
import { keepSnapshot, restoredForm } from "./snapshots";
import { type World, arnIn } from "../world";

const notFound = "ReplicationGroupNotFoundFault";
const securityGroups = "SecurityGroupIds.SecurityGroupId";

export function replicationGroupOperations(
  world: World,
  store: CacheStore,
): Operation[] {
  const groups = store.replicationGroups;
  const named = (form: URLSearchParams): ReplicationGroup[] =>
    chosen(groups, form.get("ReplicationGroupId"), notFound);
  return [
    {
      name: "CreateReplicationGroup",
      answer: (call) => create(world, store, formOf(call)),
    },
    {
      name: "DescribeReplicationGroups",
      answer: (call) =>
        queryAnswer("DescribeReplicationGroups", {
          ReplicationGroups: {
            ReplicationGroup: named(formOf(call)).map((one) =>
              shown(world, one),
            ),
          },
        }),
    },
    {
      name: "ModifyReplicationGroup",
      answer: (call) => {
        const form = formOf(call);
        const [group] = named(form);
        if (group) {
          refuseFailoverAlone(group, form);
          changeConnections(group, form);
        }
        for (const [key, value] of form) group?.form.set(key, value);
        const ids = plainListOf(form, securityGroups);
        if (group && ids.length > 0) group.securityGroupIds = ids;
        return queryAnswer("ModifyReplicationGroup", {
          ReplicationGroup: group && shown(world, group),
        });
      },
    },
    {
      name: "LabDescribePasswordHashes",
      answer: (call) =>
        queryAnswer("LabDescribePasswordHashes", {
          PasswordHashes: {
            PasswordHash: named(formOf(call)).flatMap(
              ({ passwords }) => passwords,
            ),
          },
        }),
    },
    {
      name: "DeleteReplicationGroup",
      answer: (call) => {
        const form = formOf(call);
        const [group] = named(form);
        const name = form.get("FinalSnapshotIdentifier");
        if (group && name !== null) keepSnapshot(world, store, name, group);
        groups.delete(group?.id ?? "");
        return queryAnswer("DeleteReplicationGroup", {
          ReplicationGroup: group && shown(world, group),
        });
      },
    },
    {
      name: "DescribeCacheClusters",
      answer: (call) =>
        queryAnswer("DescribeCacheClusters", {
          CacheClusters: {
            CacheCluster: membersOf(
              store,
              formOf(call).get("CacheClusterId"),
            ).map(({ group, member }) => shownMember(world, group, member)),
          },
        }),
    },
  ];
}

function create(
  world: World,
  store: CacheStore,
  form: URLSearchParams,
): Answer {
  const id = form.get("ReplicationGroupId") ?? "";
  if (store.replicationGroups.has(id))
    throw new AwsError("ReplicationGroupAlreadyExists", id);
  chosen(
    store.subnetGroups,
    form.get("CacheSubnetGroupName"),
    "CacheSubnetGroupNotFoundFault",
  );
  const group: ReplicationGroup = {
    id,
    arn: arnIn(world, "elasticache", `replicationgroup:${id}`),
    form: restoredForm(store, form),
    securityGroupIds: plainListOf(form, securityGroups),
    passwords: firstPassword(form),
  };
  store.replicationGroups.set(id, group);
  for (const member of memberIds(group))
    setTags(store.tags, arnIn(world, "elasticache", `cluster:${member}`), form);
  setTags(store.tags, group.arn, form);
  return queryAnswer("CreateReplicationGroup", {
    ReplicationGroup: shown(world, group),
  });
}

function membersOf(
  store: CacheStore,
  wanted: string | null,
): { group: ReplicationGroup; member: string }[] {
  const members = [...store.replicationGroups.values()].flatMap((group) =>
    memberIds(group).map((member) => ({ group, member })),
  );
  if (wanted === null) return members;
  const found = members.filter(({ member }) => member === wanted);
  if (found.length === 0)
    throw new AwsError("CacheClusterNotFound", `${wanted} not found.`, 404);
  return found;
}
