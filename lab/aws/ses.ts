import {
  type Answer,
  type Call,
  type Operation,
  type ServiceGaps,
  AwsError,
  jsonAnswer,
  jsonOf,
} from "./call";
import { type World, arnIn, nextId } from "./world";

type Document = Record<string, unknown>;
interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** Documents of one kind by name. */
type Documents = Map<string, Document>;

function need(documents: Documents, name = ""): Document {
  const document = documents.get(name);
  if (!document)
    throw new AwsError("NotFoundException", `${name} does not exist.`, 404);
  return document;
}

/** SES version 2, wholly the lab's own: moto has no MAIL FROM, and answers configuration sets in a wrong shape (LAB-C5). */
export function sesGaps(world: World): ServiceGaps {
  const identities: Documents = new Map();
  const sets: Documents = new Map();
  const tags = new Map<string, Tag[]>();
  return {
    service: "ses",
    errors: "json",
    operations: [
      ...identityOperations(world, identities, tags),
      ...configurationSetOperations(world, sets, tags),
      ...tagOperations(tags),
    ],
  };
}

function identityOperations(
  world: World,
  identities: Documents,
  tags: Map<string, Tag[]>,
): Operation[] {
  const path = "/v2/email/identities";
  /** `PUT …/{id}/<part>` merges its body into a part of the identity. */
  const put = (
    name: string,
    part: string,
    merge: (input: Document) => Document,
  ): Operation => ({
    name,
    route: `PUT ${path}/{id}/${part}`,
    answer: (call) => {
      Object.assign(
        need(identities, call.params.id),
        merge(jsonOf(call) as Document),
      );
      return jsonAnswer({});
    },
  });
  return [
    {
      name: "CreateEmailIdentity",
      route: `POST ${path}`,
      answer: (call) => createIdentity(world, identities, tags, call),
    },
    {
      name: "ListEmailIdentities",
      route: `GET ${path}`,
      answer: () =>
        jsonAnswer({
          EmailIdentities: [...identities.keys()].map((IdentityName) => ({
            IdentityName,
          })),
        }),
    },
    {
      name: "GetEmailIdentity",
      route: `GET ${path}/{id}`,
      answer: ({ params }) =>
        jsonAnswer({
          ...need(identities, params.id),
          Tags: tags.get(identityArn(world, params.id)),
        }),
    },
    {
      name: "DeleteEmailIdentity",
      route: `DELETE ${path}/{id}`,
      answer: ({ params }) => {
        need(identities, params.id);
        identities.delete(params.id ?? "");
        return jsonAnswer({});
      },
    },
    put("PutEmailIdentityMailFromAttributes", "mail-from", (input) => ({
      MailFromAttributes: { ...input, MailFromDomainStatus: "SUCCESS" },
    })),
    put(
      "PutEmailIdentityConfigurationSetAttributes",
      "configuration-set",
      (input) => ({
        ConfigurationSetName: input.ConfigurationSetName,
      }),
    ),
    put("PutEmailIdentityFeedbackAttributes", "feedback", (input) => ({
      FeedbackForwardingStatus: input.EmailForwardingEnabled ?? false,
    })),
  ];
}

const identityArn = (world: World, name = ""): string =>
  arnIn(world, "ses", `identity/${name}`);

function createIdentity(
  world: World,
  identities: Documents,
  tags: Map<string, Tag[]>,
  call: Call,
): Answer {
  const input = jsonOf(call) as {
    EmailIdentity: string;
    ConfigurationSetName?: string;
    Tags?: Tag[];
    DkimSigningAttributes?: { NextSigningKeyLength?: string };
  };
  const name = input.EmailIdentity;
  if (identities.has(name))
    throw new AwsError(
      "AlreadyExistsException",
      `Email identity ${name} already exist.`,
    );
  const length =
    input.DkimSigningAttributes?.NextSigningKeyLength ?? "RSA_2048_BIT";
  const identity: Document = {
    IdentityType: "DOMAIN",
    VerifiedForSendingStatus: true,
    VerificationStatus: "SUCCESS",
    FeedbackForwardingStatus: true,
    ConfigurationSetName: input.ConfigurationSetName,
    DkimAttributes: {
      SigningEnabled: true,
      Status: "SUCCESS",
      SigningAttributesOrigin: "AWS_SES",
      CurrentSigningKeyLength: length,
      NextSigningKeyLength: length,
      // New ones for every identity, as on AWS.
      Tokens: [nextId(32), nextId(32), nextId(32)],
    },
    MailFromAttributes: { BehaviorOnMxFailure: "USE_DEFAULT_VALUE" },
    Policies: {},
  };
  identities.set(name, identity);
  tags.set(identityArn(world, name), input.Tags ?? []);
  return jsonAnswer(identity);
}

/** Last part of the path of each option, and the field it is stored in. */
const options = {
  "delivery-options": "DeliveryOptions",
  "reputation-options": "ReputationOptions",
  sending: "SendingOptions",
  "suppression-options": "SuppressionOptions",
  "tracking-options": "TrackingOptions",
  "vdm-options": "VdmOptions",
};

function configurationSetOperations(
  world: World,
  sets: Documents,
  tags: Map<string, Tag[]>,
): Operation[] {
  const path = "/v2/email/configuration-sets";
  const arnOf = (name = "") => arnIn(world, "ses", `configuration-set/${name}`);
  return [
    {
      name: "CreateConfigurationSet",
      route: `POST ${path}`,
      answer: (call) => {
        const { Tags, ...set } = jsonOf(call) as Document & { Tags?: Tag[] };
        const name = String(set.ConfigurationSetName);
        if (sets.has(name))
          throw new AwsError(
            "AlreadyExistsException",
            `Configuration set ${name} already exists.`,
          );
        sets.set(name, {
          SendingOptions: { SendingEnabled: true },
          ReputationOptions: { ReputationMetricsEnabled: false },
          ...set,
        });
        tags.set(arnOf(name), Tags ?? []);
        return jsonAnswer({});
      },
    },
    {
      name: "ListConfigurationSets",
      route: `GET ${path}`,
      answer: () => jsonAnswer({ ConfigurationSets: [...sets.keys()] }),
    },
    {
      name: "GetConfigurationSet",
      route: `GET ${path}/{name}`,
      answer: ({ params }) =>
        jsonAnswer({
          ...need(sets, params.name),
          Tags: tags.get(arnOf(params.name)),
        }),
    },
    {
      name: "DeleteConfigurationSet",
      route: `DELETE ${path}/{name}`,
      answer: ({ params }) => {
        need(sets, params.name);
        sets.delete(params.name ?? "");
        return jsonAnswer({});
      },
    },
    ...Object.entries(options).map(([part, field]): Operation => ({
      name: `PutConfigurationSet${field}`,
      route: `PUT ${path}/{name}/${part}`,
      answer: (call) => {
        need(sets, call.params.name)[field] = jsonOf(call);
        return jsonAnswer({});
      },
    })),
  ];
}

function tagOperations(tags: Map<string, Tag[]>): Operation[] {
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
