import { dnsSuffixOf, partitionOf } from "../lib/aws-partition";
import { type PolicyStatement, readPolicy } from "../lib/policy";
import { escapeTemplate } from "../lib/terraform-escape";
import { type DeliverySettings } from "./settings/schema";
import { storeArn } from "./store-arn";

type Statements = NonNullable<
  DeliverySettings["delivery"]["services"][number]["role"]
>["statements"];

/** Services that hold the stores: they use the key for who uses the store. */
const SERVICES: Readonly<Record<string, string>> = {
  bucket: "s3",
  table: "dynamodb",
  queue: "sqs",
  topic: "sns",
};

/** Statements of the settings, in which stores stand by name, and the use of their key where they name one. */
export function statementsOf(
  settings: DeliverySettings,
  statements: Statements,
  keyArn: string,
): PolicyStatement[] {
  const { region } = settings;
  const named = statements.flatMap(({ resources }) => resources);
  const services = Object.keys(SERVICES)
    .filter((kind) => named.some((one) => one.startsWith(`${kind}/`)))
    .map((kind) => `${SERVICES[kind]}.${region}.${dnsSuffixOf(region)}`);
  const own = statements.map(
    ({ actions, resources, conditions }): PolicyStatement => ({
      Effect: "Allow",
      Action: actions,
      Resource: resources.map((one) => storeArn(settings, one)),
      Condition: conditions,
    }),
  );
  // Variables of IAM, `${aws:username}`, are no expressions of Terraform.
  const escaped = JSON.parse(escapeTemplate(JSON.stringify(own))) as typeof own;
  return services.length === 0
    ? escaped
    : [
        ...escaped,
        ...readPolicy("delivery/store-key.json", partitionOf(region), {
          KEY_ARN: keyArn,
          SERVICES: services,
        }).Statement,
      ];
}
