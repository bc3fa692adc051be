import { type Operation, AwsError, jsonAnswer, jsonOf } from "../call";
import {
  type Document,
  type Documents,
  type SesTags,
  type Tag,
  need,
} from "./store";
import { type World, arnIn } from "../world";

/** Last part of the path of each option, and the field it is stored in. */
const options = {
  "delivery-options": "DeliveryOptions",
  "reputation-options": "ReputationOptions",
  sending: "SendingOptions",
  "suppression-options": "SuppressionOptions",
  "tracking-options": "TrackingOptions",
  "vdm-options": "VdmOptions",
};

export function configurationSetOperations(
  world: World,
  tags: SesTags,
): Operation[] {
  const sets: Documents = new Map();
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
