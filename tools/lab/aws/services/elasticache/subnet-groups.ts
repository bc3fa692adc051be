import { xmlTexts, type Xml } from "../../xml";
import { ec2Call } from "../../client";
import {
  type Answer,
  type Operation,
  AwsError,
  formOf,
  plainListOf,
  queryAnswer,
} from "../call";
import { zonesOf } from "./descriptions";
import { zonesOfSubnets } from "./replicas";
import { type CacheStore, type SubnetGroup } from "./store";
import { chosen, setTags } from "../query-store";
import { type World, arnIn } from "../world";

const subnetList = "SubnetIds.SubnetIdentifier";

export function subnetGroupOperations(
  world: World,
  store: CacheStore,
): Operation[] {
  const groups = store.subnetGroups;
  const code = "CacheSubnetGroupNotFoundFault";
  return [
    {
      name: "CreateCacheSubnetGroup",
      answer: (call) => create(world, store, formOf(call)),
    },
    {
      name: "DescribeCacheSubnetGroups",
      answer: (call) =>
        queryAnswer("DescribeCacheSubnetGroups", {
          CacheSubnetGroups: {
            CacheSubnetGroup: chosen(
              groups,
              formOf(call).get("CacheSubnetGroupName"),
              code,
            ).map(shown),
          },
        }),
    },
    {
      name: "ModifyCacheSubnetGroup",
      answer: async (call) => {
        const form = formOf(call);
        for (const group of chosen(
          groups,
          form.get("CacheSubnetGroupName"),
          code,
        )) {
          const subnetIds = plainListOf(form, subnetList);
          if (subnetIds.length > 0) {
            await refuseSubnetsInUse(world, store, group.name, subnetIds);
            group.subnetIds = subnetIds;
          }
          group.description =
            form.get("CacheSubnetGroupDescription") ?? group.description;
        }
        return queryAnswer("ModifyCacheSubnetGroup", {});
      },
    },
    {
      name: "DeleteCacheSubnetGroup",
      answer: (call) => {
        const name = formOf(call).get("CacheSubnetGroupName") ?? "";
        const used = [...store.replicationGroups.values()].some(
          ({ form }) => form.get("CacheSubnetGroupName") === name,
        );
        if (used)
          throw new AwsError(
            "CacheSubnetGroupInUse",
            "The subnet group is in use by a cache cluster.",
          );
        if (!groups.delete(name)) throw new AwsError(code, name, 404);
        return queryAnswer("DeleteCacheSubnetGroup", {});
      },
    },
  ];
}

/** The zones of the nodes keep their subnets. */
async function refuseSubnetsInUse(
  world: World,
  store: CacheStore,
  name: string,
  subnetIds: readonly string[],
): Promise<void> {
  const zones = await zonesOfSubnets(world, subnetIds);
  for (const group of store.replicationGroups.values()) {
    if (group.form.get("CacheSubnetGroupName") !== name) continue;
    const left = zonesOf(world.moto.region, group).find(
      (zone) => !zones.includes(zone),
    );
    if (left !== undefined)
      throw new AwsError(
        "SubnetInUse",
        `The subnet of ${left} is in use by a cache node.`,
      );
  }
}

const describeSubnets = (world: World, ids: readonly string[]) =>
  ec2Call(
    world.moto,
    "DescribeSubnets",
    Object.fromEntries(ids.map((id, i) => [`SubnetId.${i + 1}`, id])),
  );

async function create(
  world: World,
  store: CacheStore,
  form: URLSearchParams,
): Promise<Answer> {
  const name = form.get("CacheSubnetGroupName") ?? "";
  if (store.subnetGroups.has(name))
    throw new AwsError("CacheSubnetGroupAlreadyExists", name);
  const subnetIds = plainListOf(form, subnetList);
  const subnets = await describeSubnets(world, subnetIds);
  const group: SubnetGroup = {
    name,
    arn: arnIn(world, "elasticache", `subnetgroup:${name}`),
    vpcId: xmlTexts(subnets, "vpcId")[0] ?? "",
    description: form.get("CacheSubnetGroupDescription") ?? "",
    subnetIds,
  };
  store.subnetGroups.set(name, group);
  setTags(store.tags, group.arn, form);
  return queryAnswer("CreateCacheSubnetGroup", {
    CacheSubnetGroup: shown(group),
  });
}

function shown(group: SubnetGroup): Xml {
  return {
    CacheSubnetGroupName: group.name,
    CacheSubnetGroupDescription: group.description,
    VpcId: group.vpcId,
    ARN: group.arn,
    Subnets: {
      Subnet: group.subnetIds.map((SubnetIdentifier) => ({ SubnetIdentifier })),
    },
  };
}
