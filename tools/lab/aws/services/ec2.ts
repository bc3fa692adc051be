import {
  type XmlElement,
  childrenOf,
  editXml,
  xmlElements,
  xmlTexts,
} from "../xml";
import { ec2Call } from "../client";
import {
  type Answer,
  type Call,
  type Forward,
  type EmulatedService,
  formOf,
  plainListOf,
} from "./call";
import { type World } from "./world";

/** What moto forgets or adds: each would be a change in every plan. */
export function ec2Service({ moto }: World): EmulatedService {
  /** Descriptions of rules that name another group, by rule id: moto does not give them back. */
  const descriptions = new Map<string, string>();

  const authorize = async (call: Call, forward: Forward): Promise<Answer> => {
    const answer = await forward();
    const text = formOf(call).get("IpPermissions.1.Groups.1.Description");
    const rules = xmlTexts(answer.body.toString("utf8"), "securityGroupRuleId");
    if (text !== null) for (const rule of rules) descriptions.set(rule, text);
    return answer;
  };

  return {
    service: "ec2",
    errors: "query",
    operations: [
      { name: "AuthorizeSecurityGroupIngress", answer: authorize },
      { name: "AuthorizeSecurityGroupEgress", answer: authorize },
      {
        name: "ModifySecurityGroupRules",
        answer: (call, forward) => {
          const form = formOf(call);
          const rule = form.get("SecurityGroupRule.1.SecurityGroupRuleId");
          const text = form.get(
            "SecurityGroupRule.1.SecurityGroupRule.Description",
          );
          if (rule !== null && text !== null && descriptions.has(rule))
            descriptions.set(rule, text);
          return forward();
        },
      },
      {
        name: "DescribeSecurityGroupRules",
        answer: (_call, forward) =>
          edited(forward, (element) => {
            const description = descriptions.get(
              String(element.securityGroupRuleId),
            );
            if (description !== undefined) element.description = description;
          }),
      },
      {
        name: "DeleteNatGateway",
        // AWS takes its network interface away with it.
        answer: async (call, forward) => {
          const gateways = await ec2Call(moto, "DescribeNatGateways", {
            "NatGatewayId.1": formOf(call).get("NatGatewayId") ?? "",
          });
          const answer = await forward();
          for (const NetworkInterfaceId of xmlTexts(
            gateways,
            "networkInterfaceId",
          ))
            await ec2Call(moto, "DeleteNetworkInterface", {
              NetworkInterfaceId,
            });
          return answer;
        },
      },
      {
        name: "ModifyVpcEndpoint",
        // A route table that is added gets the route to the endpoint: moto forgets it, and then cannot delete the endpoint.
        answer: async (call, forward) => {
          const form = formOf(call);
          const endpoint = form.get("VpcEndpointId") ?? "";
          const answer = await forward();
          const tables = await ec2Call(moto, "DescribeRouteTables");
          const list = xmlElements(tables).find(
            ({ gatewayId }) => gatewayId === endpoint,
          )?.destinationPrefixListId;
          if (typeof list === "string")
            for (const RouteTableId of plainListOf(form, "AddRouteTableId"))
              await ec2Call(moto, "CreateRoute", {
                RouteTableId,
                DestinationPrefixListId: list,
                GatewayId: endpoint,
              });
          return answer;
        },
      },
      {
        name: "DescribeLaunchTemplates",
        // Their tags, which moto keeps from the day they were made.
        answer: async (_call, forward) => {
          const answer = await forward();
          const ids = xmlTexts(
            answer.body.toString("utf8"),
            "launchTemplateId",
          );
          const tags = await tagsOf(moto, ids);
          return edited(
            () => Promise.resolve(answer),
            (element) => {
              const item = tags.get(String(element.launchTemplateId));
              if (item !== undefined) element.tagSet = { item };
            },
          );
        },
      },
      {
        name: "DescribeLaunchTemplateVersions",
        // Tags of the template itself, which moto puts among those of its instances.
        answer: (_call, forward) =>
          edited(forward, (element) => {
            element.item &&= childrenOf(element.item).filter(
              (item) => (item as XmlElement).resourceType !== "launch-template",
            );
          }),
      },
    ],
  };
}

/** Tags of resources as moto knows them now, by id. */
async function tagsOf(
  moto: World["moto"],
  ids: readonly string[],
): Promise<Map<string, XmlElement[]>> {
  const found = ids.map(async (id) => {
    const xml = await ec2Call(moto, "DescribeTags", {
      "Filter.1.Name": "resource-id",
      "Filter.1.Value.1": id,
    });
    const keys = xmlTexts(xml, "key");
    const values = xmlTexts(xml, "value");
    const tags = keys.map((key, i) => ({ key, value: values[i] ?? "" }));
    return [id, tags] as const;
  });
  return new Map(await Promise.all(found));
}

async function edited(
  forward: Forward,
  edit: (element: XmlElement) => void,
): Promise<Answer> {
  const answer = await forward();
  const xml = editXml(answer.body.toString("utf8"), edit);
  return { ...answer, body: Buffer.from(xml) };
}
