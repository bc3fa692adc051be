import { type AwsPartition, partitionOf } from "./aws-partition";

/** Services that settings turn on, and that not every partition has. Those that every environment needs are in all three. */
export type OptionalService = "ses" | "wafv2";

/** The endpoint metadata of the AWS SDKs (botocore 1.43, `endpoints.json`). */
const PARTITIONS: Readonly<Record<OptionalService, readonly AwsPartition[]>> = {
  ses: ["aws", "aws-us-gov"],
  wafv2: ["aws", "aws-us-gov", "aws-cn"],
};

/** Regions of partitions with SES that had no endpoint of it, in the same metadata. */
export const REGIONS_WITHOUT_SES: readonly string[] = [
  "ap-east-1",
  "ap-east-2",
  "ap-southeast-4",
  "ap-southeast-6",
  "ap-southeast-7",
  "eu-south-2",
  "mx-central-1",
];

/** Whether the partition of a region has a service. */
export const hasService = (service: OptionalService, region: string): boolean =>
  PARTITIONS[service].includes(partitionOf(region));
