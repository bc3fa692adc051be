import { editXml, xmlElements, xmlTexts } from "../xml";
import { awsRequest } from "../client";
import { type EmulatedService, AwsError } from "./call";
import { type World } from "./world";

/**
 * Record sets. Moto refuses to create one again that was deleted, and does not refuse one that exists with another value; AWS
 * does the opposite.
 */
export function route53Service({ moto }: World): EmulatedService {
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
          for (const { Name, Type } of creations(xml))
            if (there.has(keyOf(Name, Type)))
              throw new AwsError(
                "InvalidChangeBatch",
                `Tried to create resource record set [name='${Name}', type='${Type}'] but it already exists`,
              );
          const upserts = editXml(xml, (element) => {
            if (element.Action === "CREATE") element.Action = "UPSERT";
          });
          return forward(Buffer.from(upserts));
        },
      },
    ],
  };
}

const keyOf = (name: string, type = ""): string =>
  `${name.replace(/\.$/, "").toLowerCase()} ${type}`;

/** The records that a batch of changes creates. */
const creations = (xml: string): RecordSet[] =>
  xmlElements(xml)
    .filter(({ Action }) => Action === "CREATE")
    .map(({ ResourceRecordSet }) => ResourceRecordSet as RecordSet);

interface RecordSet {
  readonly Name: string;
  readonly Type: string;
}
