import { partitionOf } from "../../lib/aws-partition";
import { type Problem } from "../../lib/problem";
import { type Rule, when } from "../../settings/rule";
import { type DeliverySettings } from "../settings/schema";
import { missing } from "./stores";

type Statement = NonNullable<
  DeliverySettings["delivery"]["services"][number]["role"]
>["statements"][number];

/** Actions that no resource narrows (AWS, Service Authorization Reference). */
const WITHOUT_RESOURCE =
  /^(cloudwatch:(GetMetricData|ListMetrics|PutMetricData)|dynamodb:ListTables|ec2:Describe[A-Za-z]+|ecr:GetAuthorizationToken|kms:ListAliases|s3:ListAllMyBuckets|sns:ListTopics|sqs:ListQueues|ssm:DescribeParameters|sts:GetCallerIdentity|tag:GetResources|xray:Put(TelemetryRecords|TraceSegments))$/;

/** An ARN of everything that a service has. */
const EVERYTHING = /^(\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:\**)$/;

/** Lists of `delivery.stores`, by the word that a resource begins with. */
const LISTS = {
  bucket: "buckets",
  table: "tables",
  queue: "queues",
  topic: "topics",
} as const;

/** Every statement of the services' roles and of their workflows. */
export const statements: Rule<DeliverySettings> = (settings) =>
  settings.delivery.services.flatMap(({ role, ci }, index) =>
    Object.entries({ role, ci }).flatMap(([key, of]) =>
      (of?.statements ?? []).flatMap((statement, at) =>
        statementProblems(
          `delivery.services[${index}].${key}.statements[${at}]`,
          statement,
          settings,
        ),
      ),
    ),
  );

const statementProblems = (
  path: string,
  { actions, resources }: Statement,
  settings: DeliverySettings,
): Problem[] => [
  ...actions.flatMap((action, index) =>
    when(/:\*+$/.test(action), () => ({
      path: `${path}.actions[${index}]`,
      given: `"${action}"`,
      allowed: "actions by their names; with a * at the end of some: s3:Get*",
      fix: "write what the service calls",
    })),
  ),
  ...resources.flatMap((resource, index) => [
    ...resourceProblems(`${path}.resources[${index}]`, resource, settings),
    ...when(
      EVERYTHING.test(resource) &&
        !actions.every((action) => WITHOUT_RESOURCE.test(action)),
      () => ({
        path: `${path}.resources[${index}]`,
        given: `"${resource}", for ${actions.filter((action) => !WITHOUT_RESOURCE.test(action)).join(", ")}`,
        allowed: "resources by name: * with actions only that take none",
        fix: "write the ARNs, or stores such as bucket/<name>/*; put actions that take none into a statement of their own",
      }),
    ),
  ]),
];

function resourceProblems(
  path: string,
  resource: string,
  { region, delivery: { stores } }: DeliverySettings,
): Problem[] {
  const partition = partitionOf(region);
  const [, given] = /^arn:([^:]+):/.exec(resource) ?? [];
  if (given !== undefined)
    return when(given !== partition, () => ({
      path,
      given: `"${resource}", of partition ${given}`,
      allowed: `an ARN of partition ${partition}`,
      fix: `write the one of partition ${partition}`,
    }));
  const [, kind, name = "", part = ""] =
    /^(bucket|table|queue|topic)\/([^/]+)(\/.+)?$/.exec(resource) ?? [];
  if (kind === undefined) return [];
  const list = LISTS[kind as keyof typeof LISTS];
  const known = stores[list].map((store) => `${kind}/${store.name}${part}`);
  if (!known.includes(resource))
    return [missing(path, resource, known, `delivery.stores.${list}`)];
  return when(part !== "" && (kind === "queue" || kind === "topic"), () => ({
    path,
    given: `"${resource}"`,
    allowed: `${kind}/${name}: nothing is below it`,
    fix: `write ${kind}/${name}`,
  }));
}
