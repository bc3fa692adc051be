import { partitionOf } from "../lib/aws-partition";
import { type DeliverySettings } from "./settings/schema";

type Stores = DeliverySettings["delivery"]["stores"];

/** Whole name of a bucket, unique among all of AWS. */
export const bucketNameOf = (
  { environment, accountId }: DeliverySettings,
  { name, physicalName }: Stores["buckets"][number],
): string => physicalName ?? `${name}-${environment}-${accountId}`;

/** Whole name of a table, queue or topic, as services count on it. */
export const storeNameOf = (
  { environment }: DeliverySettings,
  { name, fifo = false }: { readonly name: string; readonly fifo?: boolean },
): string => `${name}-${environment}${fifo ? ".fifo" : ""}`;

/** ARN of a store, or of a part of it: of `bucket/<name>/*`, `table/<name>/index/*`, `queue/<name>`. Of an ARN or `*` itself. */
export function storeArn(
  settings: DeliverySettings,
  reference: string,
): string {
  const [, kind, name, part = ""] =
    /^(bucket|table|queue|topic)\/([^/]+)(\/.*)?$/.exec(reference) ?? [];
  if (kind === undefined) return reference;
  const { buckets, tables, queues, topics } = settings.delivery.stores;
  const { region, accountId } = settings;
  const find = <T extends { readonly name: string }>(
    stores: readonly T[],
  ): T => {
    const store = stores.find((one) => one.name === name);
    if (store === undefined)
      throw new Error(`no store ${reference}: rules ask for it`);
    return store;
  };
  const arn = (
    service: string,
    resource: string,
    place = `${region}:${accountId}`,
  ) => `arn:${partitionOf(region)}:${service}:${place}:${resource}${part}`;
  if (kind === "bucket")
    return arn("s3", bucketNameOf(settings, find(buckets)), ":");
  if (kind === "table")
    return arn("dynamodb", `table/${storeNameOf(settings, find(tables))}`);
  return kind === "queue"
    ? arn("sqs", storeNameOf(settings, find(queues)))
    : arn("sns", storeNameOf(settings, find(topics)));
}
