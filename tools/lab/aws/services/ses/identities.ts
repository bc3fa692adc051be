import {
  type Answer,
  type Call,
  type Operation,
  AwsError,
  jsonAnswer,
  jsonOf,
} from "../call";
import {
  type Document,
  type Documents,
  type SesTags,
  type Tag,
  need,
} from "./store";
import { type World, arnIn, nextId } from "../world";

export function identityOperations(world: World, tags: SesTags): Operation[] {
  const identities: Documents = new Map();
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
  tags: SesTags,
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
