import { xmlTexts, type Xml } from "../../xml";
import { ec2Call } from "../../client";
import {
  type Operation,
  AwsError,
  formOf,
  plainListOf,
  queryAnswer,
} from "../call";
import { chosen, need, setTags } from "../query-store";
import { type DbStore, type DbSubnet, type DbSubnetGroup } from "./store";
import { type World, arnIn } from "../world";

const notFound = "DBSubnetGroupNotFoundFault";

export function dbSubnetGroupOperations(
  world: World,
  store: DbStore,
): Operation[] {
  const groups = store.subnetGroups;
  const nameOf = (form: URLSearchParams) => form.get("DBSubnetGroupName");
  return [
    {
      name: "CreateDBSubnetGroup",
      answer: async (call) => {
        const form = formOf(call);
        const name = nameOf(form) ?? "";
        if (groups.has(name))
          throw new AwsError("DBSubnetGroupAlreadyExists", name);
        const group: DbSubnetGroup = {
          name,
          arn: arnIn(world, "rds", `subgrp:${name}`),
          description: form.get("DBSubnetGroupDescription") ?? "",
          ...(await placesOf(world, form)),
        };
        groups.set(name, group);
        setTags(store.tags, group.arn, form);
        return queryAnswer("CreateDBSubnetGroup", {
          DBSubnetGroup: shownSubnetGroup(group),
        });
      },
    },
    {
      name: "DescribeDBSubnetGroups",
      answer: (call) =>
        queryAnswer("DescribeDBSubnetGroups", {
          DBSubnetGroups: {
            DBSubnetGroup: chosen(groups, nameOf(formOf(call)), notFound).map(
              shownSubnetGroup,
            ),
          },
        }),
    },
    {
      name: "ModifyDBSubnetGroup",
      answer: async (call) => {
        const form = formOf(call);
        const group = need(groups, nameOf(form), notFound);
        Object.assign(group, await placesOf(world, form));
        group.description =
          form.get("DBSubnetGroupDescription") ?? group.description;
        return queryAnswer("ModifyDBSubnetGroup", {
          DBSubnetGroup: shownSubnetGroup(group),
        });
      },
    },
    {
      name: "DeleteDBSubnetGroup",
      answer: (call) => {
        const { name } = need(groups, nameOf(formOf(call)), notFound);
        for (const { id, form } of store.instances.values())
          if (form.get("DBSubnetGroupName") === name)
            throw new AwsError(
              "InvalidDBSubnetGroupStateFault",
              `Cannot delete the subnet group '${name}' because at least one database instance: ${id} is still using it.`,
            );
        groups.delete(name);
        return queryAnswer("DeleteDBSubnetGroup", {});
      },
    },
  ];
}

/** VPC and zones of the subnets of a request. @throws AwsError for fewer than two zones. */
async function placesOf(
  world: World,
  form: URLSearchParams,
): Promise<{ vpcId: string; subnets: readonly DbSubnet[] }> {
  const ids = plainListOf(form, "SubnetIds.SubnetIdentifier");
  const xml = await ec2Call(
    world.moto,
    "DescribeSubnets",
    Object.fromEntries(ids.map((id, i) => [`SubnetId.${i + 1}`, id])),
  );
  const zones = xmlTexts(xml, "availabilityZone");
  const subnets = xmlTexts(xml, "subnetId").map((id, i) => ({
    id,
    zone: zones[i] ?? "",
  }));
  if (new Set(zones).size < 2)
    throw new AwsError(
      "DBSubnetGroupDoesNotCoverEnoughAZs",
      "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Add subnets to cover at least 2 AZs.",
    );
  return { vpcId: xmlTexts(xml, "vpcId")[0] ?? "", subnets };
}

export function shownSubnetGroup(group: DbSubnetGroup): {
  readonly [element: string]: Xml;
} {
  return {
    DBSubnetGroupName: group.name,
    DBSubnetGroupDescription: group.description,
    DBSubnetGroupArn: group.arn,
    VpcId: group.vpcId,
    SubnetGroupStatus: "Complete",
    Subnets: {
      Subnet: group.subnets.map(({ id, zone }) => ({
        SubnetIdentifier: id,
        SubnetAvailabilityZone: { Name: zone },
        SubnetStatus: "Active",
      })),
    },
    SupportedNetworkTypes: { member: ["IPV4"] },
  };
}
