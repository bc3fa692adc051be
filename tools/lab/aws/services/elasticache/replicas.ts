import { ec2Call } from "../../client";
import { xmlTexts } from "../../xml";
import { type Operation, AwsError, formOf, queryAnswer } from "../call";
import { chosen } from "../query-store";
import { type World } from "../world";
import { nodesOf, shown, zonesOf } from "./descriptions";
import { type CacheStore, type ReplicationGroup } from "./store";

const ZONE = "PreferredCacheClusterAZs.AvailabilityZone";

/** Zones of some subnets, or of all of a subnet group. */
export const zonesOfSubnets = async (
  world: World,
  ids: readonly string[],
): Promise<string[]> =>
  xmlTexts(
    await ec2Call(
      world.moto,
      "DescribeSubnets",
      Object.fromEntries(ids.map((id, i) => [`SubnetId.${i + 1}`, id])),
    ),
    "availabilityZone",
  );

/** Replicas come and go by calls of their own. */
export function replicaOperations(
  world: World,
  store: CacheStore,
): Operation[] {
  const change =
    (
      apply: (
        group: ReplicationGroup,
        replicas: number,
      ) => Promise<void> | void,
    ): Operation["answer"] =>
    async (call) => {
      const form = formOf(call);
      const [group] = chosen(
        store.replicationGroups,
        form.get("ReplicationGroupId"),
        "ReplicationGroupNotFoundFault",
      );
      if (group) {
        await apply(group, Number(form.get("NewReplicaCount")));
        group.form.set(
          "NumCacheClusters",
          String(Number(form.get("NewReplicaCount")) + 1),
        );
      }
      return queryAnswer(call.action ?? "", {
        ReplicationGroup: group && shown(world, group),
      });
    };
  return [
    {
      name: "IncreaseReplicaCount",
      answer: change((group, replicas) => add(world, store, group, replicas)),
    },
    { name: "DecreaseReplicaCount", answer: change(remove) },
  ];
}

/** A new one stands in a subnet of the group, in a zone that has none if there is one. */
async function add(
  world: World,
  store: CacheStore,
  group: ReplicationGroup,
  replicas: number,
): Promise<void> {
  const name = group.form.get("CacheSubnetGroupName") ?? "";
  const { subnetIds = [] } = store.subnetGroups.get(name) ?? {};
  const zones = await zonesOfSubnets(world, subnetIds);
  const taken = zonesOf(world.moto.region, group);
  while (taken.length < replicas + 1) {
    const zone = zones.find((one) => !taken.includes(one)) ?? zones[0] ?? "";
    taken.push(zone);
    group.form.set(`${ZONE}.${taken.length}`, zone);
  }
}

/** "Redis OSS (cluster mode disabled): if Multi-AZ is enabled, 1" says the API of the smallest number. */
function remove({ form }: ReplicationGroup, replicas: number): void {
  if (replicas === 0 && form.get("AutomaticFailoverEnabled") === "true")
    throw new AwsError(
      "InvalidParameterValue",
      "A replication group with automatic failover keeps at least one replica.",
    );
  for (let at = replicas + 2; form.delete(`${ZONE}.${at}`); at++);
}

/** Somebody has to take over, and from another node. */
export function refuseFailoverAlone(
  group: ReplicationGroup,
  form: URLSearchParams,
): void {
  const becomes = (key: string): boolean =>
    (form.get(key) ?? group.form.get(key)) === "true";
  const failover = becomes("AutomaticFailoverEnabled");
  if (failover && nodesOf(group) < 2)
    throw new AwsError(
      "InvalidParameterValue",
      "A replication group needs a replica for automatic failover.",
    );
  if (becomes("MultiAZEnabled") && !failover)
    throw new AwsError(
      "InvalidParameterCombination",
      "Multi-AZ needs automatic failover.",
    );
}
