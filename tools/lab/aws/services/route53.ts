import { awsRequest, xmlTexts } from "../client";
import { type ServiceGaps, AwsError } from "./call";
import { type World } from "./world";

/**
 * Record sets. Moto refuses to create one again that was deleted, and does not refuse one that exists with another value; AWS
 * does the opposite.
 */
export function route53Gaps({ moto }: World): ServiceGaps {
  const path = "/2013-04-01/hostedzone";

  const existing = async (zone = ""): Promise<Set<string>> => {
    const xml = await awsRequest(moto, "route53", {
      method: "GET",
      path: `${path}/${zone}/rrset`,
    });
    const types = xmlTexts(xml, "Type");
    return new Set(
      xmlTexts(xml, "Name").map((name, i) => keyOf(name, types[i])),
    );
  };

  return {
    service: "route53",
    errors: "query",
    operations: [
      {
        name: "ChangeResourceRecordSets",
        route: `POST ${path}/{zone}/rrset`,
        answer: async ({ params, body }, forward) => {
          const xml = body.toString("utf8");
          const there = await existing(params.zone);
          for (const { name, type } of creations(xml))
            if (there.has(keyOf(name, type)))
              throw new AwsError(
                "InvalidChangeBatch",
                `Tried to create resource record set [name='${name}', type='${type}'] but it already exists`,
              );
          return forward(
            Buffer.from(
              xml.replaceAll(createAction, "<Action>UPSERT</Action>"),
            ),
          );
        },
      },
    ],
  };
}

const createAction = "<Action>CREATE</Action>";

const keyOf = (name: string, type = ""): string =>
  `${name.replace(/\.$/, "").toLowerCase()} ${type}`;

function creations(xml: string): { name: string; type: string }[] {
  return [...xml.matchAll(/<Change>.*?<\/Change>/gs)]
    .map(([change]) => change)
    .filter((change) => change.includes(createAction))
    .map((change) => ({
      name: xmlTexts(change, "Name")[0] ?? "",
      type: xmlTexts(change, "Type")[0] ?? "",
    }));
}
