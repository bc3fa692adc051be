import { type Operation, AwsError, jsonAnswer, jsonOf } from "../call";

export type Document = Record<string, unknown>;
export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** Documents of one kind by name. */
export type Documents = Map<string, Document>;

export function need(documents: Documents, name = ""): Document {
  const document = documents.get(name);
  if (!document)
    throw new AwsError("NotFoundException", `${name} does not exist.`, 404);
  return document;
}

/** By ARN. */
export type SesTags = Map<string, Tag[]>;

export function tagOperations(tags: SesTags): Operation[] {
  const path = "/v2/email/tags";
  return [
    {
      name: "ListTagsForResource",
      route: `GET ${path}`,
      answer: ({ query }) =>
        jsonAnswer({ Tags: tags.get(query.get("ResourceArn") ?? "") ?? [] }),
    },
    {
      name: "TagResource",
      route: `POST ${path}`,
      answer: (call) => {
        const { ResourceArn, Tags } = jsonOf(call) as {
          ResourceArn: string;
          Tags: Tag[];
        };
        const added = new Set(Tags.map(({ Key }) => Key));
        const kept = (tags.get(ResourceArn) ?? []).filter(
          ({ Key }) => !added.has(Key),
        );
        tags.set(ResourceArn, [...kept, ...Tags]);
        return jsonAnswer({});
      },
    },
    {
      name: "UntagResource",
      route: `DELETE ${path}`,
      answer: ({ query }) => {
        const arn = query.get("ResourceArn") ?? "";
        const gone = new Set(query.getAll("TagKeys"));
        tags.set(
          arn,
          (tags.get(arn) ?? []).filter(({ Key }) => !gone.has(Key)),
        );
        return jsonAnswer({});
      },
    },
  ];
}
